#pragma once

#include <chrono>
#include <string_view>

#include "base/result.h"
#include "harness/port/port_manifest.h"
#include "harness/port/port_message.h"
#include "harness/port/process.h"
#include "harness/subject/subject.h"

namespace sigvet {

/// Why a port's process has ended by itself or has to be ended, for the port's author to read.
struct Ending {
  /// What the case that is to blame gets: kCrash, kTimeout or kProtocolError.
  Answer::Kind kind = Answer::Kind::kCrash;
  Error error = {};
  /// It can't be told which case is to blame, even where only one is pending.
  bool blames_nobody = false;
};

/// How far a process had come.
struct PortProgress {
  /// It has answered the greeting.
  bool is_ready = false;
  /// It has written a line since.
  bool wrote_line = false;
  /// The last line that it wrote was no answer: what follows may belong to that.
  bool babbles = false;
  /// It has closed the pipe of that name; empty where it has not.
  std::string_view closed = {};
};

/// It ended by itself.
Ending EndedAs(const ExitStatus& status, const PortProgress& progress);
/// It closed the pipe of its that `progress` names.
Ending ClosedPipe(const PortProgress& progress);
/// It was silent for too long.
Ending SilentFor(const PortManifest::Limits& limits, const PortProgress& progress);
/// It wrote a line that is too long, and begins so.
Ending WroteEndlessLine(std::string_view begin);

/// Where what a port says that it does differs from its manifest; no message where it does not.
Error CompareOperations(const PortManifest& manifest, const PortReady& ready);

}  // namespace sigvet
