#include "diagnosis/key_ladder.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/hex.h"
#include "diagnosis/other_macs.h"
#include "diagnosis/test_ladder.h"

namespace sigvet {
namespace {

using Name = KeyLadder::StepName;

std::vector<std::string> Hex(const std::vector<Secret>& macs) {
  std::vector<std::string> texts;
  for (const Secret& mac : macs) texts.push_back(ToHex(mac.Reveal()));
  return texts;
}

KeyLadder TwoSteps(std::string_view secret = kPlusSecret, std::string date = "20150830") {
  KeyLadder ladder;
  ladder.secret = std::make_shared<const Secret>(secret);
  ladder.prefix = "AWS4";
  ladder.steps = {{Name::kDate, std::move(date)}, {Name::kRegion, "us-east-1"}};
  return ladder;
}

class KeyLadderTest : public ::testing::Test {
 protected:
  Backend& backend() { return case_.input().backend; }

  LadderCase case_{kKey};
};

// "Examples of how to derive a signing key", AWS General Reference, and computed for 2015.
TEST_F(KeyLadderTest, ClimbsAsItShould) {
  EXPECT_EQ(Hex(Climb(backend(), case_.right().ladder)),
            (std::vector<std::string>{
                "0138c7a6cbd60aa727b2f653a522567439dfb9f3e72b21f9b25941a42f04a7cd",
                "f33d5808504bf34812e5fade63308b424b244c59189be2a591dd2282c7cb563f",
                "199e1f48c602a5ae77ce26a46906920e76fc8427aeaa53da643646fcda1ccfb0",
                "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9"}));
  EXPECT_EQ(Hex(Climb(backend(), LadderCase(kPassword4).right().ladder)),
            (std::vector<std::string>{
                "5e88ec44617a177b45690a3e5fcf20c17099739a24aef34200b96801db651ecc",
                "c95c7aa304a661ec5d63ccbc0777908509ea72b822e93ee199375cddf812cecf",
                "d1f402dbfb2b8c87077bb6317e9826e0fd295adf7ab615598398b6ed0f3cb2a4",
                "c8b82257b805c29d363837fe9832fe15a41a1f1ec65823dac54486d4774f5315",
                "b04cffd8525042dfabc1b0fab53561c06390ec466e14f65c6efadf154b1962fd"}));
}

// CPython's hmac, with key and message in either order.
TEST_F(KeyLadderTest, SwapsTheStepsThatItSays) {
  constexpr struct {
    SwappedSteps swapped;
    const char* first;
    const char* second;
    const char* with_message;
  } kRows[] = {
      {SwappedSteps::kNone, "0138c7a6cbd60aa727b2f653a522567439dfb9f3e72b21f9b25941a42f04a7cd",
       "f33d5808504bf34812e5fade63308b424b244c59189be2a591dd2282c7cb563f",
       "d5b86da07a940a6298c62038d3ea12ac9c52d732e25a9588730c48fba78358bf"},
      {SwappedSteps::kEvery, "965d6372259bafdc659014f4cb82dd90e98b035beb053f44ae27115c466ffbdf",
       "f5218d8eb6ef6218be23b788c4cb4a085c947c4d78dc38c2f6641ae7006fc532",
       "92a6f9d6c30321f03afb244f1a67f78a859724551cd486870492f59eb5aa61d9"},
      {SwappedSteps::kFirst, "965d6372259bafdc659014f4cb82dd90e98b035beb053f44ae27115c466ffbdf",
       "fc886a4939021f59778827c24a06abc4a56cdb550f1ac8804e96c8f7bf46dc63",
       "7c31d7980385b36945171f8c7d414a437900d6176e7af0b28538052f41b125b5"},
      {SwappedSteps::kLast, "0138c7a6cbd60aa727b2f653a522567439dfb9f3e72b21f9b25941a42f04a7cd",
       "44d7c09bc9512b2f2c200b66d250f067fdeb180155a1e9a479357276ffe007df",
       "5966e62a4a7ef6087ed56f69e33ed588a604a77289c8dcb3fc10a0b47ebc2ac6"},
  };
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.with_message);
    KeyLadder ladder = TwoSteps();
    ladder.swapped = row.swapped;
    EXPECT_EQ(Hex(Climb(backend(), ladder)), (std::vector<std::string>{row.first, row.second}));
    EXPECT_EQ(ToHex(ClimbToEnd(backend(), ladder).Reveal()), row.second);
    const std::string message = "hello";
    EXPECT_EQ(Hex(Climb(backend(), ladder, &message)).back(), row.with_message);
    EXPECT_EQ(ToHex(ClimbToEnd(backend(), ladder, &message).Reveal()), row.with_message);
    EXPECT_EQ(IsPlain(ladder), row.swapped == SwappedSteps::kNone);
  }
}

// CPython. The date key of this secret has a NUL in it.
TEST_F(KeyLadderTest, HandsKeysOnInItsForm) {
  constexpr struct {
    KeyForm form;
    const char* region_key;
    const char* shown_date_key;
  } kRows[] = {
      {KeyForm::kBytes, "c95c7aa304a661ec5d63ccbc0777908509ea72b822e93ee199375cddf812cecf",
       "5e88ec44617a177b45690a3e5fcf20c17099739a24aef34200b96801db651ecc"},
      {KeyForm::kLowerHex, "334b8008628d2fca28ea9ff5a921db5e4c3dc6705652ac09f9c3bcf949d8b76a",
       "5e88ec44617a177b45690a3e5fcf20c17099739a24aef34200b96801db651ecc"},
      {KeyForm::kUpperHex, "e18c038aafae2ce4ca23b1d2fe07f5d39131c8e765c2a51bf7713772858cbe1e",
       "5E88EC44617A177B45690A3E5FCF20C17099739A24AEF34200B96801DB651ECC"},
      {KeyForm::kBase64, "5136bcad8822897b23dd1ec40494421c15118e5a5cfe3aca8110f34fa7ead2fe",
       "5e88ec44617a177b45690a3e5fcf20c17099739a24aef34200b96801db651ecc"},
      {KeyForm::kUtf8, "13bd89269ebb726160a4928978b4d1608f5133da59f4f1184567ca1c537791a1",
       "5e88ec44617a177b45690a3e5fcf20c17099739a24aef34200b96801db651ecc"},
      {KeyForm::kLossyUtf8, "bed2b24536be69e336a41e3fdbbf75dd89f2e4ce728e6b8c7706fe58f21b0f85",
       "5eefbfbdefbfbd44617a177b45690a3e5fefbfbd20efbfbd70efbfbd73efbfbd24efbfbdefbfbd4200efbfbd680"
       "1"
       "efbfbd651eefbfbd"},
      {KeyForm::kLossyLowBytes, "c0fa6256eaa36ba311eb146156c2ef2cdf6eaff7925ec40ff794ea8143d444ae",
       "5efdfd44617a177b45690a3e5ffd20fd70fd73fd24fdfd4200fd6801fd651efd"},
      {KeyForm::kCutAtNul, "b149ef95dcddc92be095ee0519d3ffb229c41e851b44da06b521c53d777186b1",
       "5e88ec44617a177b45690a3e5fcf20c17099739a24aef34200b96801db651ecc"},
      {KeyForm::kShellText, "e531257248e1676412503201a1ecafa1d0686b224a44b91dc6fe3f5bd26de557",
       "5e88ec44617a177b45690a3e5fcf20c17099739a24aef342b96801db651ecc"},
  };
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.region_key);
    KeyLadder ladder = TwoSteps(kSlashSecret, "11111111");
    ladder.key_form = row.form;
    const std::vector<Secret> macs = Climb(backend(), ladder);
    ASSERT_EQ(macs.size(), 2U);
    EXPECT_EQ(ToHex(macs[1].Reveal()), row.region_key);
    EXPECT_EQ(ShownKey(ladder, macs[0]), row.shown_date_key);
    EXPECT_EQ(IsPlain(ladder), row.form == KeyForm::kBytes);
  }
}

TEST_F(KeyLadderTest, ShowsLabelsOfKeys) {
  KeyLadder ladder = TwoSteps();
  ladder.key_form = KeyForm::kLabelledHex;
  ladder.label = "(stdin)= ";
  EXPECT_EQ(ShownKey(ladder, Climb(backend(), ladder)[0]),
            "(stdin)= 0138c7a6cbd60aa727b2f653a522567439dfb9f3e72b21f9b25941a42f04a7cd");
}

// The stages that the sample port node-utf8-digests answers.
TEST(NodeUtf8DigestsTest, AllStagesAreThose) {
  const LadderCase c(kPassword4);
  const Derivation wrong =
      WithDefects(c.input(), c.right(), ReadExplanation("macs-lossy-low-bytes"));
  const char* const kKeys[] = {"5efdfd44617a177b45690a3e5ffd20fd70fd73fd24fdfd4200fd6801fd651efd",
                               "fdfd6256fd6bfd11fd146156fdfd2cfd6efdfdfd5efd0ffdfdfd43fd44fd",
                               "fa7c231dfd714828fa4ffd16fdfd6dfdfdaafdfdfd1936192c48fd55",
                               "fdfdfdfd6cfd08fdfd4c2efdfdfd613d62fdfdfd2afd1ef04ffd250dfd",
                               "30fd120e0c22fd953afd72fd45fd1f594afdfd7d67fd49fd44fd2efd"};
  for (std::size_t step = 0; step < std::size(kKeys); ++step) {
    EXPECT_EQ(ValueAt(c.input().backend, wrong, {Stage::Kind::kKey, step}), kKeys[step]);
  }
}

// CPython: the text of key and messages in UTF-16LE, and SHA-256 of the last message alone.
TEST_F(KeyLadderTest, TextsAndLastStepCanDiffer) {
  KeyLadder ladder = TwoSteps();
  ladder.key_is_utf16 = true;
  EXPECT_FALSE(IsPlain(ladder));
  EXPECT_EQ(ToHex(ClimbToEnd(backend(), ladder).Reveal()),
            "fb92b0bf7807d1c7c5fb47fe9a0bc491eadd665f47fcda6c04fe69dd3a6795ae");
  ladder.messages_are_utf16 = true;
  EXPECT_EQ(ToHex(ClimbToEnd(backend(), ladder).Reveal()),
            "f44bca55dc0f2908284df389085d895dc0234d4a6a265469be2ad184996147b9");
  ladder = TwoSteps();
  ladder.last_step_is_plain_hash = true;
  EXPECT_FALSE(IsPlain(ladder));
  EXPECT_EQ(ToHex(ClimbToEnd(backend(), ladder).Reveal()),
            "487d653406a6aebc3146cb844a4ce50265da74db272ee1c6002294850ef2e187");
}

TEST_F(KeyLadderTest, WithoutStepsTheFirstKeyIsTheEnd) {
  KeyLadder ladder = TwoSteps("secret");
  ladder.LeaveOut(Name::kDate);
  EXPECT_EQ(ladder.Find(Name::kDate), nullptr);
  ladder.LeaveOut(Name::kRegion);
  EXPECT_TRUE(Climb(backend(), ladder).empty());
  EXPECT_EQ(AsText(ClimbToEnd(backend(), ladder).Reveal()), "AWS4secret");
}

// RFC 2202 (MD5, SHA-1) and RFC 4231 (SHA-512), test case 2; SHA3-256 and the empty key by
// CPython's hmac.
TEST(OtherMacsTest, AreThoseOfTheStandards) {
  if (OtherHmac(OtherHash::kSha1, {}, {}).empty()) {
    GTEST_SKIP() << "this build has no OpenSSL, and so no hash but SHA-256";
  }
  constexpr struct {
    OtherHash hash;
    const char* jefe;
    const char* empty;
    const char* empty_key;
  } kRows[] = {
      {OtherHash::kMd5, "750c783e6ab0b503eaa86e310a5db738", "74e6f7298a9c2d168935f58c001bad88",
       "3673438f11d71c21a9b8b59232a3dd61"},
      {OtherHash::kSha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
       "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d", "7f984109f39759f3f41dba04f5183741e36f1445"},
      {OtherHash::kSha512,
       "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8"
       "f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
       "b936cee86c9f87aa5d3c6f2e84cb5a4239a5fe50480a6ec66b70ab5b1f4ac6730c6c515421b327ec1d69402e53"
       "dfb49ad7381eb067b338fd7b0cb22247225d47",
       "239254cd9e54392dde39bc8f975f2498cf709caa598ce3762be282d860dbea5d8034eee86f19bbdf3efdab22c6"
       "be610a8908faf2800af46243364135e9bb206e"},
      {OtherHash::kSha3, "c7d4072e788877ae3596bbb0da73b887c9171f93095b294ae857fbe2645e1ba5",
       "e841c164e5b4f10c9f3985587962af72fd607a951196fc92fb3a5251941784ea",
       "46fb80ec5e00b2e06b27c3fe99304ace518386595bf136225d6ee53af98dbea6"},
  };
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.jefe);
    const auto mac = [&](std::string_view key, std::string_view message) {
      return ToHex(OtherHmac(row.hash, AsBytes(key), AsBytes(message)).Reveal());
    };
    EXPECT_EQ(mac("Jefe", "what do ya want for nothing?"), row.jefe);
    EXPECT_EQ(mac("", ""), row.empty);
    EXPECT_EQ(mac("", "a"), row.empty_key);
  }
}

}  // namespace
}  // namespace sigvet
