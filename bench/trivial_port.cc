// A port that does next to nothing, so that what the workload port-round-trip measures is the
// harness: sigvet-trivial-port WINDOW OPERATION OUTPUT answers every case of that operation with
// OUTPUT, a JSON object. It looks for ids and reads nothing else of what it is asked.

#include <unistd.h>

#include <string>
#include <string_view>

namespace {

constexpr std::string_view kIdBegin = R"("id":")";

void Answer(std::string_view line, const std::string& ready, const std::string& output,
            std::string& answers) {
  const std::size_t found = line.find(kIdBegin);
  if (found == line.npos) {
    answers += ready;
    return;
  }
  const std::string_view id = line.substr(found + kIdBegin.size());
  answers += R"({"type":"answer","id":")";
  answers += id.substr(0, id.find('"'));
  answers += output;
}

bool WriteAll(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t size = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (size < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::string ready = R"({"type":"ready","protocol":1,"ops":[")" + std::string(argv[2]) +
                            R"("],"max_in_flight":)" + argv[1] + "}\n";
  const std::string output = R"(","output":)" + std::string(argv[3]) + "}\n";
  std::string buffer(std::size_t{1} << 16, '\0');
  std::string unread;
  std::string answers;
  while (true) {
    const ssize_t size = read(STDIN_FILENO, buffer.data(), buffer.size());
    if (size <= 0) return size < 0 ? 1 : 0;
    unread.append(buffer, 0, static_cast<std::size_t>(size));
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = unread.find('\n', begin)) != unread.npos; begin = end + 1) {
      Answer(std::string_view{unread}.substr(begin, end - begin), ready, output, answers);
    }
    unread.erase(0, begin);
    if (!WriteAll(answers)) return 1;
    answers.clear();
  }
}
