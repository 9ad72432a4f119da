// Reads files by yaml-cpp's events alone: what the time of loading a corpus is compared with.
// Prints how many scalars there were.

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>

#include <cstddef>
#include <fstream>
#include <iostream>
#include <string>

namespace {

class ScalarCounter : public YAML::EventHandler {
 public:
  std::size_t count() const { return count_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {
    ++count_;
  }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}

 private:
  std::size_t count_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  ScalarCounter counter;
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i]);
    YAML::Parser parser(file);
    while (parser.HandleNextDocument(counter)) {
    }
  }
  std::cout << counter.count() << " scalars\n";
}
