#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/backend_registry.h"
#include "diagnosis/defect_search.h"
#include "diagnosis/test_searches.h"

namespace sigvet {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = Stage::Kind;

constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// A search as it is written down in a sentence: every defect and every pair is applied to the
/// derivation, and what comes out is compared.
class PlainSearch {
 public:
  PlainSearch(const Searched& searched, const Stage& stage) : searched_(searched), stage_(stage) {
    right_ = searched.Right(stage);
    for (const std::span<const Defect> family : AllDefects()) {
      for (const Defect& defect : family) {
        if (HasPart(searched.right().product, defect.part)) AddSingles(defect);
      }
    }
    for (std::size_t i = 0; i < units_.size(); ++i) {
      for (std::size_t j = i + 1; j < units_.size(); ++j) AddPair(units_[i], units_[j]);
    }
  }

  /// Of each value that defects give: the names of all the smallest explanations without scans of
  /// two, in order.
  std::map<std::string, std::vector<std::string>> Explained() const {
    std::map<std::string, std::vector<std::string>> all = singles_;
    for (const auto& [value, names] : pairs_) all.try_emplace(value, names);
    return all;
  }

 private:
  void AddSingles(const Defect& defect) {
    std::vector<std::string_view> values = {""};
    if (defect.scan != nullptr) {
      const auto scanned = defect.scan(searched_.input());
      values.assign(scanned.begin(), scanned.end());
    }
    for (const std::string_view value : values) {
      const AppliedDefect applied = {&defect, std::string(value)};
      const std::string changed = searched_.With({{applied}}, stage_);
      if (!changed.empty() && changed != right_) singles_[changed].push_back(NamesOf({{applied}}));
      if (defect.scan == nullptr && ChangesSomething(applied)) units_.push_back(applied);
    }
  }

  bool ChangesSomething(const AppliedDefect& applied) const {
    const Derivation& right = searched_.right();
    const Derivation with = WithDefects(searched_.input(), right, {{applied}});
    return !(with.ladder == right.ladder && with.form == right.form &&
             with.request == right.request && with.chain == right.chain &&
             with.policy == right.policy);
  }

  void AddPair(const AppliedDefect& a, const AppliedDefect& b) {
    if (a.defect->part == b.defect->part) return;
    const std::string value = searched_.With({{a, b}}, stage_);
    if (!value.empty() && value != right_) pairs_[value].push_back(NamesOf({{a, b}}));
  }

  const Searched& searched_;
  Stage stage_;
  std::string right_;
  /// Not scanned for.
  std::vector<AppliedDefect> units_;
  std::map<std::string, std::vector<std::string>> singles_;
  std::map<std::string, std::vector<std::string>> pairs_;
};

/// The search finds what the plain one does, all of it and nothing else.
void ExpectAsPlain(const Searched& searched, const Stage& stage) {
  const auto expected = PlainSearch(searched, stage).Explained();
  ASSERT_FALSE(expected.empty());
  std::vector<std::string_view> values;
  for (const auto& [value, names] : expected) values.push_back(value);
  const auto results = FindDefectsOfEach(searched.input(), searched.right(), stage, values);
  ASSERT_EQ(results.size(), values.size());
  std::size_t differing = 0;
  for (std::size_t i = 0; i < values.size() && differing < 5; ++i) {
    std::vector<std::string> found;
    for (const Explanation& explanation : results[i].explanations) {
      found.push_back(NamesOf(explanation));
    }
    const std::vector<std::string>& names = expected.find(std::string(values[i]))->second;
    if (found == names) continue;
    ++differing;
    EXPECT_THAT(found, ::testing::ElementsAreArray(names)) << values[i];
  }
}

class SearchEngine : public ::testing::Test {
 protected:
  BackendResult made_ = MakeAnyBackend();
  Backend& backend_ = **made_;
};

TEST_F(SearchEngine, FindsAllDefectsAndPairsOfPasswords) {
  ExpectAsPlain(Searched::Password(backend_, 4, kSecret, "us-east-1"), {});
  ExpectAsPlain(Searched::Password(backend_, 2, kSecret, "us-east-1"), {});
}

TEST_F(SearchEngine, FindsAllDefectsAndPairsOfKeys) {
  const Searched key = Searched::SigningKey(backend_, kSecret, "eu-west-1", "iam");
  ExpectAsPlain(key, {});
  ExpectAsPlain(key, {Kind::kKey, 1});
  ExpectAsPlain(Searched::Password(backend_, 4, kSecret, "us-east-1"), {Kind::kKey, 4});
}

TEST_F(SearchEngine, FindsAllDefectsAndPairsOfSignatures) {
  ExpectAsPlain(Searched::Request(backend_, kSecret, RequestWithEverything()), {});
}

TEST_F(SearchEngine, FindsAllDefectsAndPairsOfTexts) {
  const Searched request = Searched::Request(backend_, kSecret, RequestWithEverything("s3"));
  ExpectAsPlain(request, {Kind::kCanonicalRequest});
  ExpectAsPlain(request, {Kind::kStringToSign});
}

TEST_F(SearchEngine, FindsAllDefectsAndPairsOfChainsAndPolicies) {
  ExpectAsPlain(Searched::Chunks(backend_, kSecret), {});
  ExpectAsPlain(Searched::Chunks(backend_, kSecret), {Kind::kStringToSign});
  ExpectAsPlain(Searched::Policy(backend_, kSecret), {});
}

Explanation Of(std::vector<std::pair<std::string_view, std::string>> defects) {
  Explanation explanation;
  for (const auto& [id, value] : defects) {
    const Defect* defect = FindDefect(id);
    EXPECT_NE(defect, nullptr) << id;
    explanation.defects.push_back({defect, value});
  }
  return explanation;
}

/// One search for all.
void ExpectFound(const Searched& searched, const std::vector<Explanation>& explanations) {
  std::vector<std::string> values;
  for (const Explanation& explanation : explanations) {
    values.push_back(searched.With(explanation, {}));
  }
  const std::vector<std::string_view> views(values.begin(), values.end());
  const auto results = FindDefectsOfEach(searched.input(), searched.right(), {}, views);
  for (std::size_t i = 0; i < explanations.size(); ++i) {
    EXPECT_THAT(results[i].explanations, Contains(explanations[i])) << NamesOf(explanations[i]);
  }
}

TEST_F(SearchEngine, ScannedValuesMeetOtherDefects) {
  ExpectFound(Searched::Password(backend_, 4, kSecret, "us-east-1"),
              {Of({{"secret-newline", ""}, {"key-for-other-region", "eu-west-1"}}),
               Of({{"key-for-other-region", "eu-west-1"}, {"key-hex", ""}}),
               Of({{"date-of-day", "20150830"}, {"version-digit-4", ""}}),
               Of({{"key-for-other-region", "eu-west-1"}, {"hex-for-base64", ""}}),
               Of({{"key-for-other-region", "eu-west-1"}, {"key-for-other-service", "email"}})});
  ExpectFound(Searched::Request(backend_, kSecret, RequestWithEverything()),
              {Of({{"query-not-sorted", ""}, {"key-for-other-service", "es"}}),
               Of({{"query-not-sorted", ""}, {"scope-for-other-region", "eu-west-1"}}),
               Of({{"key-without-prefix", ""}, {"key-of-other-day", "-1"}})});
}

TEST_F(SearchEngine, SinglesAreFoundAtEitherDepthAndPairsAtOne) {
  const Searched password = Searched::Password(backend_, 4, kSecret, "us-east-1");
  const Explanation one = Of({{"date-of-day", "20150830"}});
  const Explanation two = Of({{"secret-newline", ""}, {"version-digit-4", ""}});
  const std::string of_one = password.With(one, {});
  const std::string of_two = password.With(two, {});
  EXPECT_THAT(password.Find(of_one, {}, SearchDepth::kSingles).explanations, ElementsAre(one));
  EXPECT_THAT(password.Find(of_one).explanations, ElementsAre(one));
  const SearchResult shallow = password.Find(of_two, {}, SearchDepth::kSingles);
  EXPECT_THAT(shallow.explanations, IsEmpty());
  EXPECT_FALSE(shallow.effort.pairs_were_tried);
  const SearchResult deep = password.Find(of_two);
  EXPECT_THAT(deep.explanations, ElementsAre(two));
  EXPECT_TRUE(deep.effort.pairs_were_tried);
  EXPECT_GT(deep.effort.tried, shallow.effort.tried);
  EXPECT_GT(deep.effort.computed, shallow.effort.computed);
}

TEST_F(SearchEngine, SomeValuesHaveNoExplanation) {
  const Searched password = Searched::Password(backend_, 4, kSecret, "us-east-1");
  const Searched request = Searched::Request(backend_, kSecret, RequestWithEverything());
  const std::vector<std::string_view> values = {"",          "B",        "=",     "\n",
                                                "BBBBBBBBB", "00000000", "secret"};
  const auto expect_none = [&](const Searched& searched, const Stage& stage) {
    for (const SearchResult& result : FindDefectsOfEach(searched.input(), searched.right(), stage,
                                                        values, SearchDepth::kSingles)) {
      EXPECT_THAT(result.explanations, IsEmpty());
    }
  };
  expect_none(password, {});
  expect_none(request, {});
  for (const Kind kind : {Kind::kKey, Kind::kCanonicalRequest, Kind::kStringToSign}) {
    expect_none(request, {kind});
  }
  EXPECT_THAT(password.Find("B" + std::string(43, 'A')).explanations, IsEmpty());
  // A step that is not there, which has the empty value.
  EXPECT_THAT(password.Find(std::string(64, '0'), {Kind::kKey, 9}).explanations, IsEmpty());
  EXPECT_THAT(password.Find("", {Kind::kKey, 9}).explanations, IsEmpty());
  EXPECT_THAT(Searched::Chunks(backend_, kSecret).Find("").explanations, IsEmpty());
}

TEST_F(SearchEngine, WhatIsTooLongIsNotPaired) {
  std::string text = RequestWithEverything();
  text.insert(text.find("?") + 1, "long=" + std::string(100'000, 'x') + "&");
  const Searched request = Searched::Request(backend_, kSecret, text);
  const Explanation texts = Of({{"query-not-sorted", ""}, {"host-lower-case", ""}});
  const SearchResult result = request.Find(request.With(texts, {}));
  EXPECT_THAT(result.explanations, IsEmpty());
  EXPECT_FALSE(result.effort.pairs_were_tried);
  // These cost no more than in a short one.
  ExpectFound(request, {Of({{"query-not-sorted", ""}}),
                        Of({{"query-not-sorted", ""}, {"secret-newline", ""}})});
}

TEST_F(SearchEngine, ManyValuesAreSearchedForAtOnce) {
  const Searched password = Searched::Password(backend_, 4, kSecret, "us-east-1");
  const Explanation one = Of({{"secret-newline", ""}});
  const Explanation two = Of({{"secret-newline", ""}, {"version-digit-4", ""}});
  const std::string of_one = password.With(one, {});
  const std::string of_two = password.With(two, {});
  const std::string_view values[] = {of_two, "", of_one, "none", of_two};
  const auto results = FindDefectsOfEach(password.input(), password.right(), {}, values);
  ASSERT_EQ(results.size(), 5U);
  EXPECT_THAT(results[0].explanations, ElementsAre(two));
  EXPECT_THAT(results[1].explanations, IsEmpty());
  EXPECT_THAT(results[2].explanations, ElementsAre(one));
  EXPECT_THAT(results[3].explanations, IsEmpty());
  EXPECT_THAT(results[4].explanations, ElementsAre(two));
  EXPECT_THAT(FindDefectsOfEach(password.input(), password.right(), {}, {}), IsEmpty());
}

TEST(SearchEngineBackends, AllFindTheSame) {
  for (const BackendEntry& entry : AllBackends()) {
    const BackendResult backend = MakeBackend(entry.id);
    if (!backend) continue;
    const Searched password = Searched::Password(**backend, 4, kSecret, "us-east-1");
    ExpectFound(password, {Of({{"date-of-day", "20150830"}}),
                           Of({{"secret-newline", ""}, {"hmac-swapped", ""}})});
    const Searched request = Searched::Request(**backend, kSecret, RequestWithEverything());
    ExpectFound(request, {Of({{"query-not-sorted", ""}, {"secret-newline", ""}})});
  }
}

}  // namespace
}  // namespace sigvet
