#include <gtest/gtest.h>

#include <string>

#include "diagnosis/test_streams.h"

namespace sigvet {
namespace {

constexpr auto kFinal = Stage::Kind::kFinal;

// What is published, else by CPython's hmac and hashlib.

void ExpectOfChunks(DefectRows& rows) {
  const DefectCase c = Chunks();
  const DefectRows::Row of_chunks[] = {
      {"chain-not-chained",
       "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\n"
       "4f9f4e93a9785ad19aaa4c6713fc20b87c8ea6da0e1aa2948b81e23256328f8f\n"
       "8a499ac242a06fefaaeef7b4f94407f5eba2deb0b8d2436bd4933a8099bf6808"},
      {"chain-prior-empty",
       "a4868e9337d298b30816d2db10417eb8011d4c4498cbe22ed1174bfb847bebca\n"
       "a4a4375074c8ee3da74ac553074f90627eddfd31042a817712f223845b0a8663\n"
       "a92a636a7c1ef0067e53007e461def8ccf298a147210bac7e0f628bd40dc44b8"},
      {"chain-prior-zeros",
       "caee1d6cee7ada44cf039908cf2ceb7e0e72fc99644ba73d79cca1324e964763\n"
       "a5d9a1740b3cc0ef56ac58ed0a54bcf9ed11532f4a15f8b321f4042839057764\n"
       "cb472e28621c72a320bac31624ad937f130261733028d28296b999859f08357a"},
      {"chain-prior-hash-of-nothing",
       "8117d875920b387ebecec43246dc6dd9084415b55ed1e9ebb4f53c4e6829c89a\n"
       "b1809a20dc67f0995bf85aafbe2dcbddbdc1b1aa46059fae60c3a2dfa40d26a6\n"
       "63eeab9d1fabcc0fb33b6278bc49217145f65d5b615e2c12cebab116f96a53ca"},
      {"chain-header-hash-left-out",
       "8ef3cc2aff624f007013341291034fd15356501d0268419274df72ff0a893973\n"
       "dbacde3d49a7ff9dd491404e98beeac659d65327aa0e0e0679b265074fb77eee\n"
       "f69dad0df6644d32838b0dd4d1f7a6758f720bd0fb0df0f5c06763db00c3eadb"},
      {"chain-header-hash-empty",
       "15095c41787961829ba02b3459930228f2bdf1f7a7bc1082e6a92259d430f9d9\n"
       "7b994a605af20da0c8dfaccedcd8ef7ebfa7c618b941468e6d33e264fc8d8057\n"
       "83d2120589d97bef152b5c3684976c74a52deee6dd800e890ba89340cbb8c5f9"},
      {"chain-empty-chunk-left-out",
       "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\n"
       "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"},
      {"chain-algorithm-of-requests",
       "00575737bab7a7c8c8c7866824b9bf3d39fbdc1a7adefa6f4878528ebd672fff\n"
       "7d1cbfed16dde4175b14ce092c8cb7d2eb0d46ec2d327efca2f1b0f6aa781d80\n"
       "d7775b04f564f21832825c5cadbcf1f3c1f81032918d0a77194b6ea98fb28272"},
  };
  rows.ExpectEach(c, kFinal, of_chunks);
}

TEST(ChainDefects, AreNamedByTheSignatures) {
  DefectRows rows;
  ExpectOfChunks(rows);
  const DefectRows::Row of_trailer[] = {
      {"chain-trailer-without-line-end",
       "1a3f7046f2defd4aa2baf530fc0bf2deb96bef4d5ad2564a2986b47741846d11"},
      {"chain-trailer-crlf", "d16380766013baf78ac05cc8b7693317226aca26f4ddf754c395723b0dcfab24"},
      {"chain-trailer-as-sent", "4e9550a74e656783a40797e15524f0c370b329afdef0ce669d0d077ad5fc1428"},
      {"chain-trailer-algorithm-of-chunks",
       "63bddb248ad2590c92712055f51b8e78ab024eead08276b24f010b0efd74843f"},
  };
  rows.ExpectEach(Trailer(), kFinal, of_trailer);
  const DefectRows::Row of_event[] = {
      {"chain-event-date-in-seconds",
       "38a1064623fb71a6acaedca669c0149e4b88f36533b3b2cec181887e21acbae4"},
      {"chain-event-headers-not-hashed",
       "e8cb2912d13036de15b4ce5ba41414b35b14a76dd0ebdede51ae90ba6d099f8f"},
  };
  rows.ExpectEach(Event(), kFinal, of_event);
  // The chunks of one example with the trailer of the other after them.
  DerivationInput given = S3Given("20130524T000000Z");
  given.trailers = {{"X-Amz-Checksum-Crc32c", "sOO8/Q=="}};
  Derivation both = Chunks().right();
  both.chain.links.push_back(Trailer().right().chain.links.front());
  rows.Expect("chain-trailer-left-out", DefectCase(given, both), kFinal, kChunkSignatures);
  rows.ExpectAllOf(ChainDefects());
}

TEST(ChainDefects, AreNotTheOnlyOnesOfChains) {
  const DefectRows::Row of_chunks[] = {
      {"string-to-sign-crlf",
       "25176020949f8f85e849083bb31f89c1229093117e5f7962573e47ea7a8add7d\n"
       "e3a37b689e12447fb6bcbb699aefa034128931618ce84e891c8027cc15a84175\n"
       "982dc12a969552637162aa4dfa018b73d1b235ae3aa8a60d8424ff55bab8473f"},
      {"string-to-sign-line-end",
       "067a99ea08f223789fdfaee63949b496e8e4a0f8b1effd0c5203dbf21c920b75\n"
       "f7f79ca7a8068ad92deea2c5bbb502743d227d0a39aa9130d7a3ab265fa12d0f\n"
       "4eca08c5236161b2415af37cdbc066be189b2c12ea00b2b92f1486133b6ea11f"},
      {"string-to-sign-upper-case",
       "b4740791c9ca8deca366bec12839984d5da721e1652f2c461e2ca9f88993c5bc\n"
       "2e52b19d5f5ff47d7f503d7b15d5e9316d2ef74f377c45c82864d3045129dcd2\n"
       "09f144059d3bc05d691ebc74b8863b0a29e12606896aa5bce38db0757102990d"},
  };
  DefectRows().ExpectEach(Chunks(), kFinal, of_chunks);
}

}  // namespace
}  // namespace sigvet
