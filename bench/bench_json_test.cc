#include "bench/bench_json.h"

#include <benchmark/benchmark.h>
#include <gmock/gmock.h>

#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

namespace sigvet {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::ordered_json;

BenchReport SomeReport() {
  BenchReport report;
  report.context = {.date = "2026-11-22T11:05:55Z",
                    .sigvet_version = "0.1.0",
                    .build = "g++ 12.2.0, release",
                    .cpu = "Some(R) \"CPU\" \xc3\xa9",
                    .cpus = 2,
                    .mhz = 2300,
                    .cpu_scaling = true,
                    .caches = {{"Data", 1, 49152, 1}, {"Unified", 3, 272629760, 2}},
                    .load_avg = {0.14209, 0.1, 1.0 / 3},
                    .cpu_features = {"avx2", "sha_ni"},
                    .masks = {"OPENSSL_ia32cap=~0x20000000"},
                    .libraries = {{"openssl", "OpenSSL 3.0.19 27 Jan 2026"}},
                    .kernel = "avx2",
                    .corpus_digest = std::string(64, 'a')};
  report.series = {
      {"many-keys/16",
       "openssl",
       "password",
       16,
       false,
       {{0.001, 0, 1}, {1.0 / 3, 2e-3, 9'007'199'254'740'992}}},
      {"many-keys/16", "builtin-sha-ni", "password", 16, false, {{1e14, 1e15, 7}, {3, 4, 5}}},
      {"port-round-trip/1", "harness", "case", 2000, true, {{0, 1, 1}}}};
  report.left_out = {{"", "botan", "unavailable, because of the moon"},
                     {"w", "cryptopp", "short keys"}};
  return report;
}

Json Rendered() { return Json::parse(RenderBenchJson(SomeReport())); }

std::string ErrorOf(std::string_view text) {
  const auto read = ReadBenchJson(text, "results.json");
  return read.ok() ? "none" : ToString(read.error());
}

TEST(BenchJson, ThereAndBack) {
  const auto read = ReadBenchJson(RenderBenchJson(SomeReport()), "results.json");
  ASSERT_TRUE(read.ok()) << ToString(read.error());
  EXPECT_EQ(*read, SomeReport());
}

TEST(BenchJson, AnEmptyReportThereAndBack) {
  const auto read = ReadBenchJson(RenderBenchJson({}), "results.json");
  ASSERT_TRUE(read.ok()) << ToString(read.error());
  EXPECT_EQ(*read, BenchReport{});
}

TEST(BenchJson, NamesAreThoseThatGoogleBenchmarkMakes) {
  const Json entries = Rendered()["benchmarks"];
  ASSERT_EQ(entries.size(), 5U);
  EXPECT_EQ(entries[0]["name"], "many-keys/16/openssl");
  EXPECT_EQ(entries[1]["name"], "many-keys/16/openssl");
  EXPECT_EQ(entries[1]["repetition_index"], 1);
  EXPECT_EQ(entries[4]["name"], "port-round-trip/1/harness/real_time");
}

/// The name of what a JSON value is.
std::string TypeOf(const Json& value) {
  if (value.is_number_integer()) return "integer";
  return value.type_name();
}

void CompareMembers(const Json& theirs, const Json& ours, const std::set<std::string>& not_theirs) {
  for (const auto& [name, value] : theirs.items()) {
    ASSERT_TRUE(ours.contains(name)) << name;
    EXPECT_EQ(TypeOf(ours[name]), TypeOf(value)) << name;
  }
  for (const auto& [name, value] : ours.items()) {
    EXPECT_TRUE(theirs.contains(name) || not_theirs.contains(name)) << name;
  }
}

// The members of Google Benchmark's own JSON, as the library that is installed writes it.
TEST(BenchJson, MembersAreThoseOfGoogleBenchmark) {
  std::string program = "program";
  std::array<char*, 2> argv = {program.data(), nullptr};
  int argc = 1;
  benchmark::Initialize(&argc, argv.data());
  benchmark::ClearRegisteredBenchmarks();
  benchmark::RegisterBenchmark("name", [](benchmark::State& state) {
    for (auto _ : state) {
    }
    state.counters["items"] = 16;
    state.SetLabel("password");
  })->Iterations(1);
  std::ostringstream written;
  benchmark::JSONReporter reporter;
  reporter.SetOutputStream(&written);
  reporter.SetErrorStream(&written);
  benchmark::RunSpecifiedBenchmarks(&reporter, ".");
  benchmark::ClearRegisteredBenchmarks();
  const Json theirs = Json::parse(written.str());
  const Json ours = Rendered();
  CompareMembers(theirs, ours, {});
  // Newer releases name their version and that of the format; no reader asks for it.
  Json their_context = theirs["context"];
  their_context.erase("library_version");
  their_context.erase("json_schema_version");
  CompareMembers(their_context, ours["context"], {"sigvet"});
  CompareMembers(theirs["benchmarks"][0], ours["benchmarks"][0], {});
}

TEST(BenchJson, WhatOthersAddIsLeftAside) {
  Json json = Rendered();
  json["context"]["ci"] = {{"job", 1}};
  json["benchmarks"][0]["p99"] = 1.5;
  const auto read = ReadBenchJson(json.dump(), "results.json");
  ASSERT_TRUE(read.ok()) << ToString(read.error());
  EXPECT_EQ(*read, SomeReport());
}

TEST(BenchJson, FilesThatAreNoResults) {
  for (const char* const empty : {"", " \n"}) {
    EXPECT_EQ(ErrorOf(empty),
              "results.json: the file is empty: was the bench ended before it had written it?");
  }
  EXPECT_EQ(ErrorOf("x"),
            "results.json: not JSON from byte 1 on (results are written by sigvet bench --report "
            "json=FILE)");
  EXPECT_THAT(ErrorOf("{\"context\": {},"), HasSubstr("not JSON from byte 16 on"));
  EXPECT_THAT(ErrorOf("[]"), HasSubstr("the file: must be an object"));
  EXPECT_THAT(ErrorOf("{}"), HasSubstr("\"context\": must be an object"));
  EXPECT_THAT(ErrorOf(R"({"context": {}})"), HasSubstr("these are not results of sigvet bench"));
  EXPECT_THAT(ErrorOf("\xff"), HasSubstr("not JSON"));
  EXPECT_THAT(ErrorOf(R"({"a": 1, "b": 2, "a": 3})"),
              HasSubstr("the member \"a\" twice in one object"));
}

TEST(BenchJson, FilesThatAreTooLarge) {
  EXPECT_THAT(ErrorOf(std::string(kMaxBenchJsonBytes + 1, ' ')), HasSubstr("larger than 64 MiB"));
  EXPECT_THAT(ErrorOf(std::string(1'000'000, '[')),
              HasSubstr("more than 8 objects or lists within each other"));
  std::string many = "[0";
  for (int i = 0; i < 2'400'000; ++i) many += ",0";
  EXPECT_THAT(ErrorOf(many + "]"), HasSubstr("more than 2400000 values"));
  EXPECT_THAT(ErrorOf("[1e999]"), HasSubstr("too large"));
  Json json = Rendered();
  json["benchmarks"] = std::vector<int>(kMaxBenchEntries + 1);
  EXPECT_THAT(ErrorOf(json.dump()), HasSubstr("more than 100000 entries"));
}

/// A change of the results, and a part of the error that it must give.
struct BadChange {
  const char* pointer;
  Json value;
  const char* error;
};

TEST(BenchJson, ErrorsNameTheEntry) {
  const BadChange changes[] = {
      {"/context/date", 5, "\"context\": \"date\" must be text"},
      {"/context/date", "a\x1b[1m", "\"date\" must be plain text"},
      {"/context/num_cpus", -1, "\"num_cpus\" must be a whole number from 0"},
      {"/context/num_cpus", 1.5, "\"num_cpus\" must be a whole number"},
      {"/context/cpu_scaling_enabled", "no", "\"cpu_scaling_enabled\" must be true or false"},
      {"/context/load_avg", {1, "2"}, "\"load_avg\" must be a number from 0 on"},
      {"/context/caches/1/level", 5e9, "\"context\" caches 2: \"level\" must be a whole number"},
      {"/context/sigvet", nullptr, "these are not results of sigvet bench"},
      {"/context/sigvet/format_version", 2, "format version 2 is not known, only 1"},
      {"/context/sigvet/cpu_features", "avx2", "\"sigvet\": \"cpu_features\" must be a list"},
      {"/context/sigvet/masks", {1}, "\"masks\" must be a list of texts"},
      {"/context/sigvet/kernel", std::string(1001, 'x'), "\"kernel\" must be at most 1000 bytes"},
      {"/context/sigvet/libraries/0", 1, "\"sigvet\" libraries 1: must be an object"},
      {"/context/sigvet/left_out/1/reason", nullptr, "left_out 2: \"reason\" must be text"},
      {"/benchmarks", {{"a", 1}}, "the file: \"benchmarks\" must be a list"},
      {"/benchmarks/1", 7, "entry 2: must be an object"},
      {"/benchmarks/0/name", "openssl", "entry 1: \"name\" must be WORKLOAD/CONTENDER"},
      {"/benchmarks/0/name", "", "entry 1: \"name\" must be WORKLOAD/CONTENDER"},
      {"/benchmarks/0/name", "w/", "entry 1: \"name\" must be WORKLOAD/CONTENDER"},
      {"/benchmarks/1/name", "w/c", "entry 2: it does not continue the entry before it"},
      {"/benchmarks/1/repetition_index", 2, "entry 2: it does not continue the entry before it"},
      {"/benchmarks/1/repetitions", 3, "entry 2: it does not continue the entry before it"},
      {"/benchmarks/0/repetition_index", 1, "entry 1: it does not continue the entry before it"},
      {"/benchmarks/1/repetition_index", 0, "\"many-keys/16/openssl\" before it has 1 repetitions"},
      {"/benchmarks/4/repetitions", 2, "the end: \"port-round-trip/1/harness/real_time\" before"},
      {"/benchmarks/0/run_type", "aggregate", "entry 1: \"run_type\" must be \"iteration\""},
      {"/benchmarks/0/time_unit", "ms", "entry 1: \"time_unit\" must be \"ns\""},
      {"/benchmarks/2/cpu_time", 0, "\"cpu_time\" must be a number of nanoseconds from 0.001 to"},
      {"/benchmarks/4/real_time", 0, "entry 5: \"real_time\" must be a number of nanoseconds"},
      {"/benchmarks/2/cpu_time", "1", "entry 3: \"cpu_time\" must be a number of nanoseconds"},
      {"/benchmarks/2/cpu_time", 1e-4, "entry 3: \"cpu_time\" must be a number of nanoseconds"},
      {"/benchmarks/2/cpu_time", 2e15, "entry 3: \"cpu_time\" must be a number of nanoseconds"},
      {"/benchmarks/4/cpu_time", 1e300, "entry 5: \"cpu_time\" must be a number of nanoseconds"},
      {"/benchmarks/2/real_time", -1, "entry 3: \"real_time\" must be a number of nanoseconds"},
      {"/benchmarks/2/real_time", nullptr, "entry 3: \"real_time\" must be a number of nano"},
      {"/benchmarks/2/iterations", 0, "entry 3: \"iterations\" must be a whole number from 1"},
      {"/benchmarks/2/iterations", 1e300, "entry 3: \"iterations\" must be a whole number from 1"},
      {"/benchmarks/3/items", 15, "entry 4: \"items\" and \"label\" must be those of the first"},
      {"/benchmarks/3/label", "key", "entry 4: \"items\" and \"label\" must be those of the first"},
  };
  for (const BadChange& change : changes) {
    Json json = Rendered();
    json[Json::json_pointer(change.pointer)] = change.value;
    EXPECT_THAT(ErrorOf(json.dump()), HasSubstr(change.error)) << change.pointer;
  }
}

TEST(BenchJson, AFirstEntryWithoutANameThatContinuesNothing) {
  Json json = Rendered();
  json["benchmarks"][0]["name"] = "";
  json["benchmarks"][0]["repetition_index"] = 1;
  EXPECT_THAT(ErrorOf(json.dump()), HasSubstr("entry 1: "));
}

TEST(BenchJson, WhoWritesResultsIsSaidOfOtherFilesAlone) {
  Json json = Rendered();
  json["benchmarks"][2]["cpu_time"] = 0;
  EXPECT_EQ(ErrorOf(json.dump()),
            "results.json: entry 3: \"cpu_time\" must be a number of nanoseconds from 0.001 to "
            "1e15");
  json["context"].erase("sigvet");
  EXPECT_THAT(ErrorOf(json.dump()), HasSubstr("(results are written by sigvet bench"));
  EXPECT_THAT(ErrorOf("[]"), HasSubstr("(results are written by sigvet bench"));
  EXPECT_THAT(ErrorOf("{}"), HasSubstr("(results are written by sigvet bench"));
}

TEST(BenchJson, ContendersOfAWorkloadStandInARow) {
  BenchReport report = SomeReport();
  std::swap(report.series[1], report.series[2]);
  EXPECT_THAT(ErrorOf(RenderBenchJson(report)),
              HasSubstr("entry 4: all contenders of a workload must stand in a row"));
  report = SomeReport();
  report.series[1].samples.pop_back();
  EXPECT_THAT(ErrorOf(RenderBenchJson(report)),
              HasSubstr("entry 3: all contenders of a workload must have as many repetitions"));
  report = SomeReport();
  report.series[1] = report.series[0];
  EXPECT_THAT(ErrorOf(RenderBenchJson(report)),
              HasSubstr("entry 3: \"many-keys/16/openssl\" stands in the file twice"));
}

}  // namespace
}  // namespace sigvet
