#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "harness/corpus/case.h"
#include "harness/subject/subject.h"

namespace sigvet {

/// The version of the protocol that this program speaks.
inline constexpr std::int64_t kPortProtocol = 1;
/// The most cases that a port gets before it has answered one of them.
inline constexpr unsigned kMaxInFlight = 32;

/// What a port says of itself.
struct PortReady {
  std::string name = {};
  std::string version = {};
  std::string language = {};
  std::string crypto = {};
  /// Those of its `ops` that this program knows.
  std::vector<const OperationSpec*> operations = {};
  std::vector<std::string> unknown_operations = {};
  /// 1 to kMaxInFlight.
  unsigned max_in_flight = 1;
};

/// An answer and the id that it is for.
struct PortAnswer {
  std::string id = {};
  /// As the port wrote them: which operation it is for is known by the id alone.
  Answer::Kind kind = Answer::Kind::kError;
  std::string detail = {};
  /// Decoded stages by name, where kind is kOutput.
  std::vector<std::pair<std::string, std::string>> output = {};
};

/// What is wrong with a line, and the id of the answer where that much could be read.
struct LineError {
  Error error;
  std::string id = {};
};

/// The line that greets a port, with its line break.
std::string HelloLine();
/// The line that asks for a case, with its line break: only its operation and its inputs.
std::string CaseLine(std::string_view id, const Case& c);

/// Reads the line that answers the greeting. The error says what is wrong and, as its hint, what
/// the likely mistake is.
Result<PortReady> ReadReadyLine(std::string_view line);
/// Reads the line that answers a case.
std::variant<PortAnswer, LineError> ReadAnswerLine(std::string_view line);

/// The answer as the case's operation has it: stages in the operation's order, those that the case
/// does not have left out. A protocol error where the last stage is missing.
Answer ToAnswer(const Case& c, PortAnswer answer);

/// What a port wrote, Visible and at most about 200 bytes of it.
std::string ShownLine(std::string_view line);

/// A protocol error: `message` shows the line where there is one.
Answer ProtocolError(std::string message, std::string hint, std::string_view line = {});

}  // namespace sigvet
