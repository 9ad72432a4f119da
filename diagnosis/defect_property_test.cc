// The search against derivations and defects that are drawn at random. The criteria:
//
// * A single defect, of a scan one of its values, that changes what comes out must be among the
//   explanations: in 99.5 % of the cases or more.
// * Two defects of different parts both matter where what comes out is neither the right value nor
//   that of one of them alone. Then there must be an explanation, of one or two defects, in 95 % or
//   more; an explanation gives exactly the value, which is checked here once more. How often the
//   very pair is among them is counted by itself.
// * A value of the right form that no defect has made, random bytes or the hash of something, has
// no
//   explanation. Each is searched for as deep as the search goes.
//
// The generator starts from kSeed, so each run draws the same; another seed has to hold as well.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/backend_registry.h"
#include "base/hex.h"
#include "diagnosis/defect_search.h"
#include "diagnosis/test_searches.h"

namespace sigvet {
namespace {

constexpr std::uint32_t kSeed = 20'150'830;

class Draw {
 public:
  explicit Draw(std::uint32_t seed) : engine_(seed) {}

  /// 0 to `count - 1`. Not by a distribution of the library, which each may draw in its own way.
  std::size_t Below(std::size_t count) { return engine_() % count; }
  bool OneIn(std::size_t count) { return Below(count) == 0; }

  template <typename List>
  const auto& Of(const List& list) {
    return list[Below(list.size())];
  }

  std::string Text(std::string_view alphabet, std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += Of(alphabet);
    return text;
  }

  std::string Bytes(std::size_t size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(Below(256));
    return bytes;
  }

  template <typename List>
  void Shuffle(List& list) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[Below(i)]);
  }

 private:
  std::mt19937 engine_;
};

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";

std::string DrawSecret(Draw& draw) {
  constexpr std::string_view kPrintable =
      "!#$%&()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~";
  return draw.OneIn(4) ? draw.Text(kPrintable, 1 + draw.Below(80)) : draw.Text(kBase64, 40);
}

std::string DrawRegion(Draw& draw) {
  constexpr std::array<std::string_view, 6> kRegions = {
      "us-east-1", "eu-west-1", "ap-southeast-2", "us-gov-west-1", "cn-north-1", "xx-made-up-9"};
  return std::string(draw.Of(kRegions));
}

/// Percent-encoded as far as it has to be, with much that signers treat in one way or another.
std::string DrawPiece(Draw& draw, std::string_view more) {
  constexpr std::array<std::string_view, 8> kEscapes = {"%20", "%2F", "%C3%A9", "%7E",
                                                        "%2B", "%3D", "%28",    "%2a"};
  std::string piece = draw.Text(kLetters, 1 + draw.Below(3));
  for (std::size_t i = draw.Below(4); i > 0; --i) {
    piece += draw.OneIn(2) ? std::string(draw.Of(kEscapes)) : std::string(1, draw.Of(more));
    piece += draw.Text("Ab~-_.1", 1 + draw.Below(2));
  }
  return piece;
}

std::string DrawPath(Draw& draw) {
  std::string path;
  for (std::size_t i = draw.Below(4); i > 0; --i) {
    path += draw.OneIn(4) ? "//" : draw.OneIn(5) ? "/./" : draw.OneIn(6) ? "/a/../" : "/";
    path += DrawPiece(draw, "!'()*=:@,;&$+");
  }
  return path.empty() || draw.OneIn(4) ? path + "/" : path;
}

std::string DrawQuery(Draw& draw) {
  std::string query;
  std::string name = "q";
  for (std::size_t i = draw.Below(5); i > 0; --i) {
    if (!draw.OneIn(3)) name = DrawPiece(draw, "!'()*:@,;$/");
    query.append(query.empty() ? "" : "&").append(name);
    if (!draw.OneIn(5)) query += "=" + (draw.OneIn(6) ? "" : DrawPiece(draw, "!'()*:@,;$/+="));
  }
  return query;
}

struct DrawnHeaders {
  std::vector<std::string> lines;
  std::set<std::string> names;
};

DrawnHeaders DrawHeaders(Draw& draw, std::string_view service, const std::string& body) {
  constexpr std::array<std::string_view, 4> kHosts = {"Example.com", "example.com:8443",
                                                      "bucket.s3.amazonaws.com", "127.0.0.1:80"};
  DrawnHeaders headers;
  const auto add = [&](const std::string& name, const std::string& value) {
    headers.lines.push_back(name + ":" + value);
    std::string lower = name;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    headers.names.insert(lower);
  };
  add("Host", " " + std::string(draw.Of(kHosts)));
  add("X-Amz-Date", " 20150830T123600Z");
  if (service == "s3") add("X-Amz-Content-Sha256", " UNSIGNED-PAYLOAD");
  if (!body.empty() && draw.OneIn(2)) add("Content-Length", " " + std::to_string(body.size()));
  if (draw.OneIn(2)) add("Content-Type", " text/plain; Charset=utf-8");
  if (draw.OneIn(3)) add("X-Amz-Security-Token", " " + draw.Text(kBase64, 60) + "==");
  for (std::size_t i = draw.Below(3); i > 0; --i) {
    const std::string name = "X-Amz-Meta-" + draw.Text("ab", 1 + draw.Below(2));
    add(name, " " + draw.Text("aB \t\"", draw.Below(8)) + "x");
    if (draw.OneIn(3)) add(name, " " + draw.Text("aB", 3));
    if (draw.OneIn(4)) add(name + "-b", " y");
  }
  draw.Shuffle(headers.lines);
  return headers;
}

std::string DrawRequest(Draw& draw) {
  constexpr std::array<std::string_view, 3> kMethods = {"GET", "PUT", "POST"};
  constexpr std::array<std::string_view, 4> kServices = {"s3", "service", "execute-api", "email"};
  const std::string_view service = draw.Of(kServices);
  const std::string body = draw.OneIn(2) ? draw.Text("{}\"a: \n", draw.Below(30)) + "\n" : "";
  const std::string query = DrawQuery(draw);
  const std::string scope = "20150830/" + DrawRegion(draw) + "/" + std::string(service);
  std::string text = std::string(draw.Of(kMethods)) + " " + DrawPath(draw) + "?";
  if (draw.OneIn(3)) {
    // A presigned URL.
    std::string credential = "AKIDEXAMPLE/" + scope + "/aws4_request";
    std::string escaped;
    for (const char c : credential) escaped += c == '/' ? "%2F" : std::string(1, c);
    text +=
        query + (query.empty() ? "" : "&") +
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + escaped +
        "&X-Amz-Date=20150830T123600Z&X-Amz-Expires=" + std::to_string(1 + draw.Below(604'800)) +
        "&X-Amz-SignedHeaders=host" + (draw.OneIn(2) ? "&X-Amz-Security-Token=a%2Fb%3D" : "") +
        "&X-Amz-Signature=" + std::string(64, '0') + " HTTP/1.1\r\nHost: h.example.com\r\n\r\n";
    return text + body;
  }
  text += query + " HTTP/1.1\r\n";
  const DrawnHeaders headers = DrawHeaders(draw, service, body);
  std::string names;
  for (const std::string& name : headers.names) names.append(names.empty() ? "" : ";").append(name);
  for (const std::string& line : headers.lines) text += line + "\r\n";
  return text + "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/" + scope +
         "/aws4_request, SignedHeaders=" + names + ", Signature=" + std::string(64, '0') +
         "\r\n\r\n" + body;
}

constexpr std::size_t kKinds = 8;

/// Of one kind after the other.
Searched DrawDerivation(Draw& draw, Backend& backend, std::size_t kind) {
  const std::string secret = DrawSecret(draw);
  switch (kind % kKinds) {
    case 0:
      return Searched::Password(backend, 4, secret, DrawRegion(draw));
    case 1:
      return Searched::Password(backend, 2, secret, DrawRegion(draw));
    case 2:
      return Searched::SigningKey(backend, secret, DrawRegion(draw), "iam");
    case 3:
      return Searched::Chunks(backend, secret);
    case 4:
      return Searched::Policy(backend, secret);
    default:
      return Searched::Request(backend, secret, DrawRequest(draw));
  }
}

/// With one of its values where it is scanned for; nullopt where there is none to scan for.
std::optional<AppliedDefect> DrawValue(Draw& draw, const Searched& searched, const Defect& defect) {
  if (defect.scan == nullptr) return AppliedDefect{&defect, ""};
  const auto values = defect.scan(searched.input());
  if (values.empty()) return std::nullopt;
  return AppliedDefect{&defect, std::string(draw.Of(values))};
}

/// All defects that the product's derivations can have.
std::vector<const Defect*> DefectsOf(const Searched& searched) {
  std::vector<const Defect*> defects;
  for (const std::span<const Defect> family : AllDefects()) {
    for (const Defect& defect : family) {
      if (HasPart(searched.right().product, defect.part)) defects.push_back(&defect);
    }
  }
  return defects;
}

/// What was drawn and what should come out of it.
struct Drawn {
  Explanation explanation;
  std::string value;
};

std::vector<SearchResult> SearchAll(const Searched& searched, const std::vector<Drawn>& all,
                                    SearchDepth depth) {
  std::vector<std::string_view> values;
  values.reserve(all.size());
  for (const Drawn& drawn : all) values.push_back(drawn.value);
  return FindDefectsOfEach(searched.input(), searched.right(), {}, values, depth);
}

class DefectProperties : public ::testing::Test {
 protected:
  BackendResult made_ = MakeAnyBackend();
  Backend& backend_ = **made_;
  Draw draw_{kSeed};
  /// What was missed, and how often.
  std::map<std::string, int> missed_;

  void PrintMissed() const {
    for (const auto& [names, count] : missed_) std::cout << "  " << names << ": " << count << "\n";
  }
};

TEST_F(DefectProperties, SinglesAreNamed) {
  constexpr std::size_t kDerivations = 6 * kKinds;
  std::size_t drawn_count = 0;
  std::size_t named = 0;
  std::size_t explanations = 0;
  std::set<const Defect*> shown;
  for (std::size_t i = 0; i < kDerivations; ++i) {
    const Searched searched = DrawDerivation(draw_, backend_, i);
    const std::string right = searched.Right({});
    std::vector<Drawn> all;
    for (const Defect* defect : DefectsOf(searched)) {
      const std::optional<AppliedDefect> applied = DrawValue(draw_, searched, *defect);
      if (!applied) continue;
      std::string value = searched.With({{*applied}}, {});
      if (value != right && !value.empty()) all.push_back({{{*applied}}, std::move(value)});
    }
    const auto results = SearchAll(searched, all, SearchDepth::kSingles);
    for (std::size_t k = 0; k < all.size(); ++k) {
      ++drawn_count;
      explanations += results[k].explanations.size();
      shown.insert(all[k].explanation.defects.front().defect);
      if (std::ranges::count(results[k].explanations, all[k].explanation) == 1) {
        ++named;
      } else {
        ++missed_[NamesOf(all[k].explanation)];
      }
    }
  }
  std::cout << "seed " << kSeed << ": " << named << " of " << drawn_count << " singles of "
            << shown.size() << " defects named, " << explanations << " explanations\n";
  PrintMissed();
  EXPECT_GE(drawn_count, 5000U);
  EXPECT_GE(static_cast<double>(named), 0.995 * static_cast<double>(drawn_count));
}

TEST_F(DefectProperties, PairsAreExplained) {
  constexpr std::size_t kDerivations = 2 * kKinds;
  constexpr std::size_t kPairs = 350;
  std::size_t drawn_count = 0;
  std::size_t named = 0;
  std::size_t explained = 0;
  for (std::size_t i = 0; i < kDerivations; ++i) {
    const Searched searched = DrawDerivation(draw_, backend_, i);
    std::vector<Drawn> all;
    const std::vector<const Defect*> defects = DefectsOf(searched);
    for (std::size_t k = 0; k < kPairs; ++k) {
      const auto [first, second] =
          std::minmax({draw_.Below(defects.size()), draw_.Below(defects.size())});
      if (defects[first]->part == defects[second]->part) continue;
      const std::optional<AppliedDefect> a = DrawValue(draw_, searched, *defects[first]);
      const std::optional<AppliedDefect> b = DrawValue(draw_, searched, *defects[second]);
      if (!a || !b) continue;
      Drawn drawn = {{{*a, *b}}, {}};
      drawn.value = searched.With(drawn.explanation, {});
      const bool both_matter = !drawn.value.empty() && drawn.value != searched.Right({}) &&
                               drawn.value != searched.With({{*a}}, {}) &&
                               drawn.value != searched.With({{*b}}, {});
      if (both_matter) all.push_back(std::move(drawn));
    }
    const auto results = SearchAll(searched, all, SearchDepth::kPairs);
    for (std::size_t k = 0; k < all.size(); ++k) {
      ++drawn_count;
      for (const Explanation& explanation : results[k].explanations) {
        EXPECT_EQ(searched.With(explanation, {}), all[k].value) << NamesOf(explanation);
        EXPECT_LE(explanation.defects.size(), 2U);
      }
      if (results[k].explanations.empty()) ++missed_[NamesOf(all[k].explanation)];
      explained += results[k].explanations.empty() ? 0 : 1;
      named +=
          static_cast<std::size_t>(std::ranges::count(results[k].explanations, all[k].explanation));
    }
  }
  std::cout << "seed " << kSeed << ": " << explained << " of " << drawn_count
            << " pairs explained, " << named << " by the very pair\n";
  PrintMissed();
  EXPECT_GE(drawn_count, 2000U);
  EXPECT_GE(static_cast<double>(explained), 0.95 * static_cast<double>(drawn_count));
  EXPECT_GE(static_cast<double>(named), 0.9 * static_cast<double>(drawn_count));
}

/// A value of the form of a right one.
std::string DrawWrong(Draw& draw, Backend& backend, const Derivation& right, std::size_t number) {
  // Random bytes, or the hash of something.
  const Digest hash = backend.Sha256(AsBytes("something " + std::to_string(number)));
  const std::string bytes = draw.OneIn(2) ? draw.Bytes(hash.size()) : std::string(AsText(hash));
  if (right.product != Product::kChain) return Render(backend, right.form, AsBytes(bytes));
  std::string lines;
  for (std::size_t i = 0; i < right.chain.links.size(); ++i) {
    lines.append(lines.empty() ? "" : "\n");
    lines += Render(backend, right.form, AsBytes(i == 0 ? bytes : draw.Bytes(hash.size())));
  }
  return lines;
}

TEST_F(DefectProperties, NothingElseIsExplained) {
  constexpr std::size_t kValues = 100'000;
  constexpr std::size_t kDerivations = kKinds;
  for (std::size_t i = 0; i < kDerivations; ++i) {
    const Searched searched = DrawDerivation(draw_, backend_, i);
    std::vector<std::string> values;
    for (std::size_t k = 0; k < kValues / kDerivations; ++k) {
      values.push_back(DrawWrong(draw_, backend_, searched.right(), k));
    }
    const std::vector<std::string_view> views(values.begin(), values.end());
    const auto results = FindDefectsOfEach(searched.input(), searched.right(), {}, views);
    for (std::size_t k = 0; k < results.size(); ++k) {
      ASSERT_TRUE(results[k].explanations.empty())
          << "seed " << kSeed << ": " << values[k] << " is explained by "
          << NamesOf(results[k].explanations.front());
    }
  }
}

}  // namespace
}  // namespace sigvet
