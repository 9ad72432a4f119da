#include "harness/port/port_manifest.h"

#include <gtest/gtest.h>
