#include "harness/port/find_ports.h"
