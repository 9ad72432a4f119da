// To be loaded before the C library: the system's answers as they are where the CPU has no SHA-2
// instructions.

#include <asm/hwcap.h>
#include <dlfcn.h>
#include <sys/auxv.h>

extern "C" unsigned long getauxval(unsigned long type) {
  static const auto real =
      reinterpret_cast<unsigned long (*)(unsigned long)>(dlsym(RTLD_NEXT, "getauxval"));
  return type == AT_HWCAP ? real(type) & ~static_cast<unsigned long>(HWCAP_SHA2) : real(type);
}
