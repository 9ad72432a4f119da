#include "harness/port/find_ports.h"

#include <gtest/gtest.h>
