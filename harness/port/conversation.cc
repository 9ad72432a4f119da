#include "harness/port/conversation.h"
