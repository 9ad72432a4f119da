#include "harness/port/run_ports.h"
