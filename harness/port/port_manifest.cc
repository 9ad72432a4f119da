#include "harness/port/port_manifest.h"
