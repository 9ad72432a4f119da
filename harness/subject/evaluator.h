#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "backends/backend.h"
#include "harness/subject/subject.h"

namespace sigvet {

/// How this project answers the cases of one operation over a backend. Throws what the backend
/// throws.
struct Evaluator {
  std::string_view operation;
  Answer (*evaluate)(Backend& backend, const Case& c);
};

/// Those of signed requests, chunks, trailing headers, events and POST policies.
std::span<const Evaluator> Sigv4Evaluators();

Answer Refused(std::string why);

/// `values` are the stages that the case's version has, in the operation's order.
Answer Output(const Case& c, std::initializer_list<std::string> values);

}  // namespace sigvet
