#include "harness/port/port_message.h"

#include <gtest/gtest.h>
