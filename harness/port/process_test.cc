#include "harness/port/process.h"

#include <gtest/gtest.h>
