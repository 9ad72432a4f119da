#include "harness/port/conversation.h"

#include <gtest/gtest.h>
