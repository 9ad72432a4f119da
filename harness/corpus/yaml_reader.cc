#include "harness/corpus/yaml_reader.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <istream>
#include <optional>
#include <streambuf>
#include <utility>

#include "base/utf8.h"
#include "harness/corpus/yaml_text.h"

namespace sigvet {
namespace {

/// How much text the library may read before it reports the next event. It keeps the tokens of a
/// flow collection (`[[[[...`) until it knows whether that is a key: this bounds them.
constexpr std::size_t kMaxBytesBetweenEvents = kMaxScalarBytes + (std::size_t{64} << 10);

constexpr char kAliasMessage[] = "aliases are not allowed";
constexpr char kAliasHint[] = "write the value out";
constexpr char kEmptyHint[] = R"(an empty string is written "")";
constexpr char kRepeatHint[] = R"(write long strings as {repeat: "text", count: N})";

/// Ends the parse from inside of an event: its reason is an error that has been added, or the
/// handler wants no more.
struct StopReading {};

/// A view of a text that pretends to end where the parser reads far ahead of its events.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* const begin = const_cast<char*>(text.data());  // nothing writes into the get area
    setg(begin, begin, begin + text.size());
  }

  void OnEvent() { bytes_since_event_ = 0; }
  bool cut_off() const { return cut_off_; }

 protected:
  std::streamsize xsgetn(char* to, std::streamsize size) override {
    if (bytes_since_event_ > kMaxBytesBetweenEvents) cut_off_ = true;
    const std::streamsize count = cut_off_ ? 0 : std::min(size, egptr() - gptr());
    std::copy_n(gptr(), count, to);
    gbump(static_cast<int>(count));
    bytes_since_event_ += static_cast<std::size_t>(count);
    return count;
  }

 private:
  std::size_t bytes_since_event_ = 0;
  bool cut_off_ = false;
};

/// The library counts from 0.
TextPlace PlaceOf(const YAML::Mark& mark) {
  return {static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)};
}

/// Makes nodes of the library's events.
class NodeBuilder : public YAML::EventHandler {
 public:
  NodeBuilder(std::string_view text, TextBuffer& buffer, FileErrors& errors, YamlHandler& handler)
      : text_(text), buffer_(buffer), errors_(errors), handler_(handler) {
    open_.reserve(kMaxYamlDepth);
  }

  /// What is wrong with the text as a whole, once it has been read.
  void CheckEnd(YAML::Parser& parser) {
    StopIfCutOff();
    if (documents_ == 0) Stop({1, 1}, "empty file", std::string(kBeginHint));
    if (last_quote_ != std::string_view::npos && !IsQuoteClosed(text_.substr(last_quote_))) {
      Stop(last_place_, "string without its closing quote");
    }
    // Where there is a document, OnDocumentStart refuses it; a directive alone makes no event.
    if (parser && !parser.HandleNextDocument(*this)) {
      Stop(PlaceOfLastDirective(), "directive after the document", "take it out");
    }
  }

  void AddCutOffError() {
    errors_.Add(last_place_, "more than 1 MiB of text before the next value", kRepeatHint);
  }

  /// The library ends an item at text that can't belong to it, and only then refuses that text:
  /// what the item lacks may follow.
  void DropErrorsOfLastItem() {
    if (errors_before_item_) errors_.DropFrom(*errors_before_item_);
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    OnEvent(mark);
    if (documents_++ == 0) return;
    const bool marked = text_.substr(static_cast<std::size_t>(mark.pos)).starts_with("---");
    Stop(PlaceOf(mark), marked ? "a second document" : "text after the end of the document",
         "a file holds one document");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    OnEvent(mark);
    CheckProperties(mark, "?", anchor);
    const TextPlace place = PlaceOf(mark);
    RefuseAsKey(place);
    if (open_.empty()) Stop(place, "the top level is no mapping", std::string(kBeginHint));
    const Open& parent = open_.back();
    if (parent.node.kind == YamlNode::Kind::kMapping) {
      errors_.Add(parent.key_place, Quoted(parent.key) + " has no value", kEmptyHint);
    } else {
      const TextPlace entry =
          parent.flow ? place : PlaceOfEmptyEntry(text_, static_cast<std::size_t>(mark.pos), place);
      errors_.Add(entry, "empty item of a list", kEmptyHint);
    }
    Attach(MakeNode(YamlNode::Kind::kInvalid, place));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    OnEvent(mark);
    RefuseAsKey(PlaceOf(mark));
    errors_.Add(PlaceOf(mark), kAliasMessage, kAliasHint);
    Attach(MakeNode(YamlNode::Kind::kInvalid, PlaceOf(mark)));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    OnEvent(mark);
    const bool good = CheckProperties(mark, tag, anchor);
    if (open_.empty()) Stop(PlaceOf(mark), "the top level is no mapping", std::string(kBeginHint));
    if (AtKey()) return TakeKey(mark, tag, value);
    const bool quoted = tag != "?";
    YamlNode node =
        MakeNode(quoted ? YamlNode::Kind::kString : YamlNode::Kind::kPlain, PlaceOf(mark));
    if (value.size() > kMaxScalarBytes) {
      errors_.Add(node.place, "string of more than 1 MiB", kRepeatHint);
      node.kind = YamlNode::Kind::kInvalid;
    } else if (good) {
      node.text = value;
      NoteQuote(mark, node.place);
    } else {
      node.kind = YamlNode::Kind::kInvalid;
    }
    Attach(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    Begin(YamlNode::Kind::kSequence, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { End(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    Begin(YamlNode::Kind::kMapping, mark, tag, anchor, style);
  }
  void OnMapEnd() override { End(); }

 private:
  /// A mapping or sequence whose end has not been read, and in a mapping the key of the next value.
  struct Open {
    YamlNode node;
    bool flow = false;
    /// It stands under a key that must not be: what is in it is checked, but handed to nobody.
    bool discard = false;
    bool has_key = false;
    bool discard_value = false;
    std::string key = {};
    TextPlace key_place = {};
  };

  [[noreturn]] void Stop(TextPlace place, std::string message, std::string hint = {}) {
    errors_.Add(place, std::move(message), std::move(hint));
    throw StopReading();
  }

  void StopIfCutOff() {
    if (!buffer_.cut_off()) return;
    AddCutOffError();
    throw StopReading();
  }

  void OnEvent(const YAML::Mark& mark) {
    StopIfCutOff();
    if (errors_.overflowed() || handler_.IsInterrupted()) throw StopReading();
    buffer_.OnEvent();
    errors_before_item_.reset();
    last_place_ = PlaceOf(mark);
    last_quote_ = std::string_view::npos;
  }

  /// The library takes a quoted scalar that the end of the file cuts off. Only the last scalar can
  /// be one, so that is remembered and looked at in the end.
  void NoteQuote(const YAML::Mark& mark, TextPlace place) {
    const char first = text_[static_cast<std::size_t>(mark.pos)];
    if (first != '"' && first != '\'') return;
    last_quote_ = static_cast<std::size_t>(mark.pos);
    last_place_ = place;
  }

  /// False where the node has an anchor or a tag of its own.
  bool CheckProperties(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != 0) errors_.Add(PlaceOf(mark), "anchors are not allowed", "write the value out");
    // "?" and "!" stand for plain and quoted scalars without a tag; "! x" gives "!" too.
    const auto position = static_cast<std::size_t>(mark.pos);
    const bool has_tag =
        tag.size() != 1 || (tag == "!" && position < text_.size() && text_[position] == '!');
    if (has_tag) errors_.Add(PlaceOf(mark), "tags are not allowed", "quote strings, not numbers");
    return anchor == 0 && !has_tag;
  }

  bool AtKey() const {
    return !open_.empty() && open_.back().node.kind == YamlNode::Kind::kMapping &&
           !open_.back().has_key;
  }

  void RefuseAsKey(TextPlace place) {
    if (AtKey()) Stop(place, "a key must be a plain word");
  }

  void TakeKey(const YAML::Mark& mark, const std::string& tag, const std::string& key) {
    Open& mapping = open_.back();
    mapping.key = key;
    mapping.key_place = PlaceOf(mark);
    mapping.has_key = true;
    mapping.discard_value = false;
    if (key == "<<") {
      errors_.Add(mapping.key_place, "merge keys are not allowed", "write the keys out");
      mapping.discard_value = true;
      return;
    }
    if (tag != "?") errors_.Add(mapping.key_place, "quoted key", "write keys without quotes");
    const auto first = std::ranges::find(mapping.node.children, key, &YamlNode::key);
    if (first == mapping.node.children.end()) return;
    errors_.Add(mapping.key_place, "repeated key " + Quoted(key),
                "first on line " + std::to_string(first->key_place.line));
    mapping.discard_value = true;
  }

  YamlNode MakeNode(YamlNode::Kind kind, TextPlace place) {
    if (++node_count_ > kMaxYamlNodes) {
      Stop(place, "more than " + std::to_string(kMaxYamlNodes) + " values in one entry");
    }
    YamlNode node;
    node.kind = kind;
    node.place = place;
    if (!open_.empty() && open_.back().has_key) {
      node.key = std::move(open_.back().key);
      node.key_place = open_.back().key_place;
    }
    return node;
  }

  void Begin(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
             YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    OnEvent(mark);
    const TextPlace place = PlaceOf(mark);
    CheckProperties(mark, tag, anchor);
    RefuseAsKey(place);
    if (open_.size() == kMaxYamlDepth) {
      Stop(place, "nested deeper than " + std::to_string(kMaxYamlDepth) + " levels");
    }
    if (open_.empty() && kind != YamlNode::Kind::kMapping) {
      Stop(place, "the top level is no mapping", std::string(kBeginHint));
    }
    Open open{.node = MakeNode(kind, place), .flow = style == YAML::EmitterStyle::Flow};
    open.discard = !open_.empty() && (open_.back().discard || open_.back().discard_value);
    if (open_.size() == 1 && kind == YamlNode::Kind::kSequence && !open.discard) {
      handler_.OnMember(open.node);
      StartEntry();
    }
    open_.push_back(std::move(open));
  }

  void End() {
    StopIfCutOff();
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    if (!open_.empty()) Attach(std::move(node));
  }

  /// Puts a finished node where it belongs.
  void Attach(YamlNode node) {
    Open& parent = open_.back();
    const bool discard = parent.discard || parent.discard_value;
    const bool announced = node.kind == YamlNode::Kind::kSequence;
    parent.has_key = false;
    parent.discard_value = false;
    if (open_.size() == 1) {
      if (discard) return StartEntry();
      if (!announced) handler_.OnMember(node);
      // The key alone stays, for later ones to be compared with.
      YamlNode stub;
      stub.key = std::move(node.key);
      stub.key_place = node.key_place;
      parent.node.children.push_back(std::move(stub));
      if (parent.node.children.size() > kMaxYamlNodes) {
        Stop(node.key_place, "more than " + std::to_string(kMaxYamlNodes) + " keys");
      }
      return StartEntry();
    }
    const bool is_item = open_.size() == 2 && parent.node.kind == YamlNode::Kind::kSequence;
    if (is_item) {
      errors_before_item_ = errors_.size();
      if (!discard) handler_.OnItem(node);
      return StartEntry();
    }
    if (!discard) parent.node.children.push_back(std::move(node));
  }

  void StartEntry() { node_count_ = 0; }

  /// Only called where there is one.
  TextPlace PlaceOfLastDirective() const {
    const std::size_t newline = text_.rfind("\n%");
    const auto lines = std::ranges::count(text_.substr(0, newline + 1), '\n');
    return {static_cast<std::uint32_t>(lines + 1), 1};
  }

  std::string_view text_;
  TextBuffer& buffer_;
  FileErrors& errors_;
  YamlHandler& handler_;
  std::vector<Open> open_;
  std::size_t node_count_ = 0;
  int documents_ = 0;
  TextPlace last_place_ = {1, 1};
  std::size_t last_quote_ = std::string_view::npos;
  /// How many errors there were before the handler got the last item, as long as nothing followed.
  std::optional<std::size_t> errors_before_item_;
};

/// What the library's messages mean, where they say it badly.
struct Translation {
  std::string_view message;
  const char* meaning;
  const char* hint = "";
};
// The library's messages are no constant expressions.
const std::array kTranslations = std::to_array<Translation>({
    {YAML::ErrorMsg::END_OF_MAP, "a key must stand here",
     "are the lines indented alike, and is every string in quotes?"},
    {YAML::ErrorMsg::END_OF_SEQ, "an item of the list must stand here", "begin it with \"- \""},
    {YAML::ErrorMsg::END_OF_MAP_FLOW, "expected \",\" or \"}\""},
    {YAML::ErrorMsg::END_OF_SEQ_FLOW, "expected \",\" or \"]\""},
    {YAML::ErrorMsg::MAP_VALUE, "misplaced \":\"", "quote strings, and indent by the level"},
    {YAML::ErrorMsg::BLOCK_ENTRY, "misplaced \"-\"", "quote strings, and indent by the level"},
    {YAML::ErrorMsg::TAB_IN_INDENTATION, "tab in the indentation", "indent with blanks"},
    {YAML::ErrorMsg::EOF_IN_SCALAR, "string without its closing quote"},
    {YAML::ErrorMsg::UNKNOWN_TOKEN, "a value can't begin with this character",
     "put strings in quotes"},
});

void AddSyntaxError(const YAML::Exception& exception, std::size_t size, FileErrors& errors) {
  const YAML::Mark& mark = exception.mark;
  TextPlace place = mark.is_null() ? TextPlace() : PlaceOf(mark);
  // An escape that the end cuts off: the library reads on, in characters that are not there.
  if (std::cmp_greater(mark.pos, size)) {
    place.column -= static_cast<std::uint32_t>(static_cast<std::size_t>(mark.pos) - size);
    return errors.Add(place, "not valid YAML: string without its closing quote");
  }
  if (exception.msg.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR)) {
    return errors.Add(place, kAliasMessage, kAliasHint);
  }
  const auto* found = std::ranges::find(kTranslations, exception.msg, &Translation::message);
  const bool known = found != kTranslations.end();
  errors.Add(place, "not valid YAML: " + (known ? found->meaning : Visible(exception.msg)),
             known ? found->hint : "");
}

}  // namespace

bool ReadYaml(std::string_view text, FileErrors& errors, YamlHandler& handler) {
  if (!CheckYamlText(text, errors)) return false;
  TextBuffer buffer(text);
  std::istream stream(&buffer);
  NodeBuilder builder(text, buffer, errors, handler);
  try {
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
    builder.CheckEnd(parser);
    return true;
  } catch (const StopReading&) {
    return false;
  } catch (const YAML::Exception& exception) {
    // The end that the buffer pretended is no fault of the text.
    if (buffer.cut_off()) {
      builder.AddCutOffError();
    } else {
      builder.DropErrorsOfLastItem();
      AddSyntaxError(exception, text.size(), errors);
    }
    return false;
  }
}

}  // namespace sigvet
