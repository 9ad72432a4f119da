#include "harness/port/line_reader.h"
