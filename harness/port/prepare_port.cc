#include "harness/port/prepare_port.h"
