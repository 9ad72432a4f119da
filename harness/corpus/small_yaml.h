#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "harness/corpus/value_parser.h"
#include "harness/corpus/yaml_reader.h"

namespace sigvet {

/// Keeps the whole of a file that is small: port.yaml, a policy. Its first key is checked.
class SmallYaml : public YamlHandler {
 public:
  /// Of each sequence keeps `most_items` and one more, which shows that there are too many.
  /// `errors` must outlive the object.
  SmallYaml(FileErrors& errors, std::size_t most_items) : errors_(errors), most_items_(most_items) {
    root_.kind = YamlNode::Kind::kMapping;
    root_.place = {1, 1};
  }

  void OnMember(YamlNode& member) override {
    if (root_.children.empty()) CheckFirstKey(member, errors_);
    // A copy: the reader still needs the member's kind and key.
    root_.children.push_back(member);
  }

  void OnItem(YamlNode& item) override {
    std::vector<YamlNode>& items = root_.children.back().children;
    if (items.size() <= most_items_) items.push_back(std::move(item));
  }

  /// The members of the file.
  YamlNode& root() { return root_; }

 private:
  FileErrors& errors_;
  std::size_t most_items_;
  YamlNode root_;
};

}  // namespace sigvet
