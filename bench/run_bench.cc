#include "bench/run_bench.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/utf8.h"
#include "bench/bench_context.h"
#include "bench/google_benchmark.h"

namespace sigvet {
namespace {

/// Prepares all series of a benchmark and times them.
class Bench {
 public:
  Bench(const BenchOptions& options, const BenchProgress& progress)
      : options_(options), progress_(progress) {}

  /// Makes each contender once, and checks every workload's answer on each.
  std::optional<Error> Prepare() {
    for (const Workload* const workload : options_.workloads) {
      first_of_workload_.push_back(series_.size());
      if (!workload->on_backend) {
        if (auto error = Add(*workload, "harness", nullptr)) return error;
        continue;
      }
      for (const Contender* const contender : options_.contenders) {
        Backend* const backend = Make(*contender);
        if (backend == nullptr) continue;
        if (auto error = Add(*workload, contender->id, backend)) return error;
      }
    }
    first_of_workload_.push_back(series_.size());
    return std::nullopt;
  }

  std::optional<Error> Time() {
    iterations_.resize(series_.size());
    std::vector<std::size_t> plan(series_.size());
    for (std::size_t i = 0; i < plan.size(); ++i) plan[i] = i;
    const std::size_t all = plan.size() * options_.repetitions;
    if (auto error = Run(plan, [&](std::size_t series, const BenchSample& sample) {
          iterations_[series] = sample.iterations;
          Report(0, all);
        })) {
      return error;
    }
    plan.clear();
    for (std::size_t round = 0; round < options_.repetitions; ++round) AddRound(round, plan);
    std::size_t done = 0;
    return Run(plan, [&](std::size_t series, const BenchSample& sample) {
      series_[series].samples.push_back(sample);
      Report(++done, all);
    });
  }

  BenchReport Finish(BenchContext context) {
    return {std::move(context), std::move(series_), std::move(left_out_)};
  }

 private:
  /// Null where the machine lacks it, which the report then says.
  Backend* Make(const Contender& contender) {
    const auto [place, is_new] = backends_.try_emplace(&contender);
    if (is_new) {
      BackendResult made = contender.make();
      if (made) {
        place->second = *std::move(made);
      } else {
        LeaveOut("", contender.id, made.error().message);
      }
    }
    return place->second.get();
  }

  std::optional<Error> Add(const Workload& workload, const std::string& contender,
                           Backend* backend) {
    Result<PreparedWork> work = PreparedWork{};
    try {
      work = workload.prepare(backend);
    } catch (const BackendError& error) {
      // What a provider forbids it can't be timed at.
      work = PreparedWork{.loop = {}, .left_out_because = error.what()};
    }
    if (!work) {
      return Error{workload.id + " on " + contender + ": a wrong answer: " + ToString(work.error()),
                   {},
                   "nothing was timed"};
    }
    if (!work->left_out_because.empty()) {
      LeaveOut(workload.id, contender, work->left_out_because);
      return std::nullopt;
    }
    series_.push_back({.workload = workload.id,
                       .contender = contender,
                       .item = std::string(workload.item),
                       .items = work->items,
                       .on_clock = workload.on_clock,
                       .samples = {}});
    loops_.push_back(std::move(work->loop));
    return std::nullopt;
  }

  /// A library's words may be any.
  void LeaveOut(const std::string& workload, const std::string& contender,
                std::string_view reason) {
    // What is not printable becomes four characters; the reader of results takes 1,000.
    constexpr std::size_t kMaxReasonBytes = 250;
    left_out_.push_back({workload, contender, Printable(reason.substr(0, kMaxReasonBytes))});
  }

  /// All series once, those of a workload next to each other; who begins, and who follows whom,
  /// turns from round to round.
  void AddRound(std::size_t round, std::vector<std::size_t>& plan) const {
    for (std::size_t w = 0; w + 1 < first_of_workload_.size(); ++w) {
      const std::size_t first = first_of_workload_[w];
      const std::size_t count = first_of_workload_[w + 1] - first;
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t turned = (i + round / 2) % count;
        plan.push_back(first + (round % 2 == 0 ? turned : count - 1 - turned));
      }
    }
  }

  template <typename Use>
  std::optional<Error> Run(const std::vector<std::size_t>& plan, Use use) const {
    std::vector<GoogleRun> runs;
    runs.reserve(plan.size());
    for (const std::size_t i : plan) {
      runs.push_back({series_[i].workload + " on " + series_[i].contender, &loops_[i],
                      series_[i].on_clock, iterations_[i]});
    }
    return RunByGoogleBenchmark(
        runs, options_.sample_seconds, options_.interrupted,
        [&](std::size_t run, const BenchSample& sample) { use(plan[run], sample); });
  }

  void Report(std::size_t done, std::size_t all) const {
    if (progress_) progress_(done, all);
  }

  const BenchOptions& options_;
  const BenchProgress& progress_;
  std::map<const Contender*, std::unique_ptr<Backend>> backends_;
  std::vector<BenchSeries> series_;
  std::vector<BenchLeftOut> left_out_;
  /// Parallel to `series_`.
  std::vector<std::function<void(benchmark::State&)>> loops_;
  std::vector<std::uint64_t> iterations_;
  /// Of each workload its first series, and at the end how many series there are.
  std::vector<std::size_t> first_of_workload_;
};

}  // namespace

Result<BenchReport> RunBench(const BenchOptions& options, const BenchProgress& progress) {
  // Before the work: the load average is to be that of others.
  BenchContext context = DescribeThisMachine();
  Bench bench(options, progress);
  if (auto error = bench.Prepare()) return *std::move(error);
  if (auto error = bench.Time()) return *std::move(error);
  return bench.Finish(std::move(context));
}

}  // namespace sigvet
