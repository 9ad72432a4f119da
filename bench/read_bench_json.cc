#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "bench/bench_json.h"

namespace sigvet {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kFormatVersion = 1;
constexpr std::size_t kMaxDepth = 8;
/// An entry of ours has 15.
constexpr std::size_t kMaxValues = kMaxBenchEntries * 24;
constexpr std::size_t kMaxTextBytes = 1000;
/// Beyond it a JSON number need not be exact (RFC 8259 section 6).
constexpr std::uint64_t kMaxWhole = std::uint64_t{1} << 53;
constexpr std::string_view kOnClock = "/real_time";
constexpr char kHint[] = "results are written by sigvet bench --report json=FILE";

/// Ends the parser at what breaks a limit.
struct TooMuch {
  std::string what;
};

/// Holds the parser to the limits of depth and number, and objects to one of each
/// member.
class Watcher {
 public:
  bool Look(int depth, Json::parse_event_t event, const Json& parsed) {
    switch (event) {
      case Json::parse_event_t::object_start:
        members_.emplace_back();
        [[fallthrough]];
      case Json::parse_event_t::array_start:
        if (static_cast<std::size_t>(depth) >= kMaxDepth) {
          throw TooMuch{"more than " + std::to_string(kMaxDepth) +
                        " objects or lists within each other"};
        }
        Count();
        break;
      case Json::parse_event_t::object_end:
        members_.pop_back();
        break;
      case Json::parse_event_t::key:
        if (const auto& name = parsed.get_ref<const std::string&>();
            !members_.back().insert(name).second) {
          throw TooMuch{"the member \"" + Visible(name.substr(0, 50)) + "\" twice in one object"};
        }
        break;
      case Json::parse_event_t::value:
        Count();
        break;
      case Json::parse_event_t::array_end:
        break;
    }
    return true;
  }

 private:
  void Count() {
    if (++count_ > kMaxValues) throw TooMuch{"more than " + std::to_string(kMaxValues) + " values"};
  }

  std::vector<std::set<std::string>> members_;
  std::size_t count_ = 0;
};

/// Keeps the first thing that is wrong.
class Errors {
 public:
  /// `hint`: what would be right.
  void Add(std::string message, std::string hint = "") {
    if (!first_) first_ = Error{std::move(message), {}, std::move(hint)};
  }
  bool any() const { return first_.has_value(); }
  Error Take() { return std::move(first_).value_or(Error{}); }

 private:
  std::optional<Error> first_;
};

/// The members of one object. What is missing or wrong is added to the errors, and some value of
/// the type is given in its place.
class Members {
 public:
  /// `where` is what messages call the object.
  Members(const Json& object, std::string where, Errors& errors)
      : object_(object), where_(std::move(where)), errors_(errors) {
    if (!object.is_object()) Wrong("must be an object");
  }

  const std::string& where() const { return where_; }

  void Wrong(const std::string& what) const { errors_.Add(where_ + ": " + what); }

  std::string Text(const char* name) const {
    const Json& value = Find(name);
    if (!value.is_string()) return Expected(name, "text"), std::string();
    const auto& text = value.get_ref<const std::string&>();
    CheckText(name, text);
    return text;
  }

  std::uint64_t Whole(const char* name, std::uint64_t least = 0,
                      std::uint64_t most = kMaxWhole) const {
    const Json& value = Find(name);
    // Counters are numbers with a fraction, though it be zero.
    const double number = value.is_number() ? value.get<double>() : -1;
    if (!(number >= static_cast<double>(least) && number <= static_cast<double>(most)) ||
        number != std::floor(number)) {
      Expected(name,
               "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
      return least;
    }
    return static_cast<std::uint64_t>(number);
  }

  std::uint32_t Small(const char* name) const {
    return static_cast<std::uint32_t>(Whole(name, 0, std::numeric_limits<std::uint32_t>::max()));
  }

  /// A time; 0 where it `may_be_none`.
  double Nanoseconds(const char* name, bool may_be_none) const {
    const Json& value = Find(name);
    const double ns = value.is_number() ? value.get<double>() : -1;
    if (!(ns >= kLeastSampleNs && ns <= kMostSampleNs) && !(may_be_none && ns == 0)) {
      Expected(name, "a number of nanoseconds from 0.001 to 1e15");
    }
    return ns;
  }

  bool Truth(const char* name) const {
    const Json& value = Find(name);
    if (!value.is_boolean()) return Expected(name, "true or false"), false;
    return value.get<bool>();
  }

  std::vector<std::string> Texts(const char* name) const {
    std::vector<std::string> texts;
    for (const Json& item : List(name)) {
      if (!item.is_string()) return Expected(name, "a list of texts"), texts;
      texts.push_back(item.get<std::string>());
      CheckText(name, texts.back());
    }
    return texts;
  }

  std::vector<double> Numbers(const char* name) const {
    std::vector<double> numbers;
    for (const Json& item : List(name)) numbers.push_back(ToNumber(name, item));
    return numbers;
  }

  const Json& List(const char* name) const {
    static const Json kEmpty = Json::array();
    const Json& value = Find(name);
    if (!value.is_array()) return Expected(name, "a list"), kEmpty;
    return value;
  }

  /// Gives `use` the members of each object of a list.
  template <typename Use>
  void Each(const char* name, Use use) const {
    std::size_t number = 0;
    for (const Json& item : List(name)) {
      use(Members(item, where_ + " " + name + " " + std::to_string(++number), errors_));
    }
  }

  const Json& Find(const char* name) const {
    static const Json kNull;
    if (!object_.is_object()) return kNull;
    const auto found = object_.find(name);
    return found == object_.end() ? kNull : *found;
  }

 private:
  void Expected(const char* name, const std::string& what) const {
    Wrong(std::string("\"") + name + "\" must be " + what);
  }

  /// A load: finite, since JSON has nothing else.
  double ToNumber(const char* name, const Json& value) const {
    const double number = value.is_number() ? value.get<double>() : -1;
    if (!(number >= 0 && std::isfinite(number))) return Expected(name, "a number from 0 on"), 0;
    return number;
  }

  void CheckText(const char* name, const std::string& text) const {
    if (text.size() > kMaxTextBytes) {
      Expected(name, "at most " + std::to_string(kMaxTextBytes) + " bytes long");
    } else if (Printable(text) != text) {
      Expected(name, "plain text: it holds control characters");
    }
  }

  const Json& object_;
  std::string where_;
  Errors& errors_;
};

BenchContext ReadContext(const Members& context, const Members& own) {
  BenchContext read;
  read.date = context.Text("date");
  read.cpus = context.Whole("num_cpus");
  read.mhz = context.Whole("mhz_per_cpu");
  read.cpu_scaling = context.Truth("cpu_scaling_enabled");
  read.load_avg = context.Numbers("load_avg");
  context.Each("caches", [&](const Members& cache) {
    read.caches.push_back({cache.Text("type"), cache.Small("level"), cache.Whole("size"),
                           cache.Small("num_sharing")});
  });
  read.sigvet_version = own.Text("version");
  read.build = own.Text("build");
  read.cpu = own.Text("cpu");
  read.cpu_features = own.Texts("cpu_features");
  read.masks = own.Texts("masks");
  read.kernel = own.Text("kernel");
  read.corpus_digest = own.Text("corpus_digest");
  own.Each("libraries", [&](const Members& library) {
    read.libraries.emplace_back(library.Text("backend"), library.Text("library"));
  });
  return read;
}

/// Makes series of entries.
class SeriesReader {
 public:
  void Add(const Members& entry) {
    const std::string name = entry.Text("name");
    const bool on_clock = name.ends_with(kOnClock);
    const BenchSample sample = {.cpu_ns = entry.Nanoseconds("cpu_time", on_clock),
                                .real_ns = entry.Nanoseconds("real_time", !on_clock),
                                .iterations = entry.Whole("iterations", 1)};
    if (entry.Text("run_type") != "iteration") {
      entry.Wrong("\"run_type\" must be \"iteration\": medians and the like are computed anew");
    }
    if (entry.Text("time_unit") != "ns") entry.Wrong("\"time_unit\" must be \"ns\"");
    const std::uint64_t index = entry.Whole("repetition_index");
    if (index == 0) {
      Begin(entry, name);
    } else if (series_.empty() || name != name_ || index != series_.back().samples.size() ||
               entry.Whole("repetitions", 1) != repetitions_) {
      entry.Wrong(
          "it does not continue the entry before it: repetitions of one benchmark stand "
          "in a row, numbered from 0");
      return;
    }
    BenchSeries& series = series_.back();
    if (entry.Whole("items", 1) != series.items || entry.Text("label") != series.item) {
      entry.Wrong("\"items\" and \"label\" must be those of the first repetition");
    }
    series.samples.push_back(sample);
  }

  /// To be called behind the last entry of a series.
  void End(const Members& entry) const {
    if (!series_.empty() && series_.back().samples.size() != repetitions_) {
      entry.Wrong("\"" + name_ + "\" before it has " +
                  std::to_string(series_.back().samples.size()) + " repetitions, not " +
                  std::to_string(repetitions_));
    }
  }

  std::vector<BenchSeries> Take() { return std::move(series_); }

 private:
  void Begin(const Members& entry, const std::string& name) {
    End(entry);
    name_ = name;
    repetitions_ = entry.Whole("repetitions", 1);
    if (!names_.insert(name).second) {
      entry.Wrong("\"" + name + "\" stands in the file twice");
    }
    BenchSeries& series = series_.emplace_back();
    std::string_view rest = name;
    series.on_clock = rest.ends_with(kOnClock);
    if (series.on_clock) rest.remove_suffix(kOnClock.size());
    const std::size_t slash = std::min(rest.rfind('/'), rest.size());
    series.workload = rest.substr(0, slash);
    series.contender = rest.substr(std::min(slash + 1, rest.size()));
    if (series.workload.empty() || series.contender.empty()) {
      entry.Wrong("\"name\" must be WORKLOAD/CONTENDER");
    }
    series.item = entry.Text("label");
    series.items = entry.Whole("items", 1);
    CheckWorkload(entry);
  }

  /// What one workload's series have in common.
  void CheckWorkload(const Members& entry) {
    const BenchSeries& series = series_.back();
    if (series_.size() > 1 && series_[series_.size() - 2].workload == series.workload) {
      if (repetitions_ != series_[series_.size() - 2].samples.size()) {
        entry.Wrong("all contenders of a workload must have as many repetitions");
      }
    } else if (!workloads_.insert(series.workload).second) {
      entry.Wrong("all contenders of a workload must stand in a row");
    }
  }

  std::vector<BenchSeries> series_;
  std::set<std::string> names_;
  std::set<std::string> workloads_;
  /// Of the series that was begun last.
  std::string name_;
  std::uint64_t repetitions_ = 0;
};

/// The members of `root` as a report, if there are no errors.
BenchReport ReadReport(const Json& root, Errors& errors) {
  BenchReport report;
  if (!root.is_object()) {
    errors.Add("the file: must be an object", kHint);
  } else if (!root.contains("context") || !root["context"].is_object()) {
    errors.Add("\"context\": must be an object", kHint);
  } else if (!root["context"].contains("sigvet") || !root["context"]["sigvet"].is_object()) {
    errors.Add("\"context\" has no object \"sigvet\": these are not results of sigvet bench",
               kHint);
  }
  const Members file(root, "the file", errors);
  const Members context(file.Find("context"), "\"context\"", errors);
  const Members own(context.Find("sigvet"), "\"sigvet\"", errors);
  if (const std::uint64_t version = own.Whole("format_version", 1); version != kFormatVersion) {
    own.Wrong("format version " + std::to_string(version) + " is not known, only " +
              std::to_string(kFormatVersion));
  }
  report.context = ReadContext(context, own);
  own.Each("left_out", [&](const Members& one) {
    report.left_out.push_back({one.Text("workload"), one.Text("contender"), one.Text("reason")});
  });
  const Json& entries = file.List("benchmarks");
  if (entries.size() > kMaxBenchEntries) {
    errors.Add("more than " + std::to_string(kMaxBenchEntries) + " entries");
    return report;
  }
  SeriesReader reader;
  for (std::size_t i = 0; i < entries.size() && !errors.any(); ++i) {
    reader.Add(Members(entries[i], "entry " + std::to_string(i + 1), errors));
  }
  reader.End(Members(Json::object(), "the end", errors));
  report.series = reader.Take();
  return report;
}

}  // namespace

Result<BenchReport> ReadBenchJson(std::string_view text, std::string_view file) {
  const Place place = {std::string(file)};
  if (text.size() > kMaxBenchJsonBytes) {
    return Error{"larger than " + std::to_string(kMaxBenchJsonBytes >> 20) + " MiB", place};
  }
  if (text.find_first_not_of(" \t\r\n") == text.npos) {
    return Error{"the file is empty: was the bench ended before it had written it?", place};
  }
  Errors errors;
  BenchReport report;
  try {
    Watcher watcher;
    const Json root =
        Json::parse(text, [&](int depth, Json::parse_event_t event, const Json& parsed) {
          return watcher.Look(depth, event, parsed);
        });
    report = ReadReport(root, errors);
  } catch (const TooMuch& too_much) {
    errors.Add(too_much.what);
  } catch (const Json::parse_error& error) {
    errors.Add("not JSON from byte " + std::to_string(error.byte) + " on", kHint);
  } catch (const Json::exception&) {
    errors.Add("a number that is too large");
  }
  if (!errors.any()) return report;
  Error error = errors.Take();
  error.place = place;
  return error;
}

}  // namespace sigvet
