#include "harness/port/port_message.h"
