#include "harness/port/line_reader.h"

#include <gtest/gtest.h>
