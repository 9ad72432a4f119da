#include "harness/port/run_ports.h"

#include <gtest/gtest.h>
