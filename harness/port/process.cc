#include "harness/port/process.h"
