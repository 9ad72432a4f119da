#include "harness/port/test_conversation.h"

#include <utility>

namespace sigvet {

void FakeLink::Send(std::string line) {
  const std::string_view before_id = R"({"type":"case","id":")";
  if (line == HelloLine()) {
    log.emplace_back("hello");
  } else if (line.starts_with(before_id)) {
    const std::size_t begin = before_id.size();
    log.push_back("case " + line.substr(begin, line.find('"', begin) - begin));
  } else {
    log.push_back("sent " + line);
  }
}

std::string FakeLink::Take() {
  std::string text;
  for (const std::string& entry : std::exchange(log, {})) text += (text.empty() ? "" : " ") + entry;
  return text;
}

Talk::Talk(std::size_t case_count, const std::vector<std::string_view>& operations) {
  manifest.file = "port.yaml";
  for (const std::string_view name : operations) {
    manifest.operations.push_back(FindOperation(name));
  }
  cases.resize(case_count);
  for (Case& c : cases) {
    c.operation = FindOperation("sha256");
    c.inputs = {"message"};
    pointers.push_back(&c);
  }
  conversation = std::make_unique<Conversation>(
      manifest, pointers,
      [this](std::size_t number, sigvet::Answer answer) {
        answers[number].push_back(std::move(answer));
      },
      link);
}

void Talk::BeginReady(unsigned window) {
  conversation->Begin();
  Ready(window);
}

void Talk::Ready(unsigned window, std::string_view operations) {
  conversation->OnLine(R"({"type":"ready","protocol":1,"port":{"name":"p"},"ops":[)" +
                       std::string(operations) + R"(],"max_in_flight":)" + std::to_string(window) +
                       "}");
}

void Talk::Answer(std::size_t id) { conversation->OnLine(AnswerLine(id)); }

void Talk::Exit(ExitStatus status, std::string_view unfinished) {
  conversation->OnExit(status, "the end of stderr", unfinished);
}

std::string Talk::Kinds() const {
  std::string kinds;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto found = answers.find(i);
    kinds += found == answers.end()
                 ? '-'
                 : "ORUECTPLN"[static_cast<std::size_t>(found->second.back().kind)];
  }
  return kinds;
}

std::string AnswerLine(std::size_t id) {
  return R"({"type":"answer","id":")" + std::to_string(id) + R"(","output":{"digest":")" +
         std::string(64, 'a') + R"("}})";
}

}  // namespace sigvet
