#pragma once

namespace sigvet {

/// What `sigvet` ends with. Part of the interface: docs/cli.md and --help list them.
enum ExitCode : int {
  kExitOk = 0,
  kExitNotConformant = 1,
  kExitUsage = 2,
  kExitRegression = 3,
  kExitNothingSelected = 4,
  kExitBadCorpus = 65,  // EX_DATAERR of sysexits.h
  kExitInternal = 70,   // EX_SOFTWARE
  kExitInterrupted = 130,
};

}  // namespace sigvet
