#include "harness/port/prepare_port.h"

#include <gtest/gtest.h>
