#include "diagnosis/character_forms.h"

#include <gtest/gtest.h>

#include <string>

#include "base/bytes.h"
#include "base/hex.h"

namespace sigvet {
namespace {

std::string FromHexText(std::string_view hex) {
  const auto bytes = FromHex(hex);
  return bytes ? std::string(AsText(*bytes)) : "no hex";
}

std::string Hex(const std::string& bytes) { return ToHex(AsBytes(bytes)); }

// What Node 20 makes of a buffer: Buffer.from(b.toString("utf8")), the same with charCodeAt() & 255
// for each unit, and Buffer.from(b.toString("latin1")).
TEST(CharacterFormsTest, TextOfBytesIsThatOfNode) {
  constexpr struct {
    const char* bytes;
    const char* lossy;
    const char* low;
    const char* latin1;
  } kRows[] = {
      {"", "", "", ""},
      {"c3a9", "c3a9", "e9", "c383c2a9"},
      {"41ff42", "41efbfbd42", "41fd42", "41c3bf42"},
      {"e282ac", "e282ac", "ac", "c3a2c282c2ac"},
      {"e282", "efbfbd", "fd", "c3a2c282"},
      {"e28241", "efbfbd41", "fd41", "c3a2c28241"},
      {"f09f9880", "f09f9880", "3d00", "c3b0c29fc298c280"},
      {"f09f98", "efbfbd", "fd", "c3b0c29fc298"},
      {"c080", "efbfbdefbfbd", "fdfd", "c380c280"},
      {"e0809f", "efbfbdefbfbdefbfbd", "fdfdfd", "c3a0c280c29f"},
      {"eda080", "efbfbdefbfbdefbfbd", "fdfdfd", "c3adc2a0c280"},
      {"f08080", "efbfbdefbfbdefbfbd", "fdfdfd", "c3b0c280c280"},
      {"f4908080", "efbfbdefbfbdefbfbdefbfbd", "fdfdfdfd", "c3b4c290c280c280"},
      {"61f1808080e18080c262", "61f1808080e18080efbfbd62", "61c00000fd62",
       "61c3b1c280c280c280c3a1c280c280c38262"},
      {"efbbbf41", "efbbbf41", "ff41", "c3afc2bbc2bf41"},
      {"00017f80", "00017fefbfbd", "00017ffd", "00017fc280"},
      {"b04cffd8525042dfabc1b0fab53561c06390ec466e14f65c6efadf154b1962fd",
       "efbfbd4cefbfbdefbfbd525042dfabefbfbdefbfbdefbfbdefbfbd3561efbfbd63efbfbdefbfbd466e14efbfbd"
       "5c6eefbfbdefbfbd154b1962efbfbd",
       "fd4cfdfd525042ebfdfdfdfd3561fd63fdfd466e14fd5c6efdfd154b1962fd",
       "c2b04cc3bfc398525042c39fc2abc381c2b0c3bac2b53561c38063c290c3ac466e14c3b65c6ec3bac39f154b196"
       "2"
       "c3bd"},
  };
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.bytes);
    const std::string bytes = FromHexText(row.bytes);
    EXPECT_EQ(Hex(LossyUtf8(bytes)), row.lossy);
    EXPECT_EQ(Hex(LossyLowBytes(bytes)), row.low);
    EXPECT_EQ(Hex(Latin1AsUtf8(bytes)), row.latin1);
  }
}

// x=$(...) in dash 0.5 and bash 5.
TEST(CharacterFormsTest, ShellTextIsThatOfShells) {
  constexpr struct {
    const char* bytes;
    const char* text;
  } kRows[] = {{"", ""},     {"0000", ""},       {"610062", "6162"}, {"620a0a", "62"},
               {"0a0a", ""}, {"0a610a", "0a61"}, {"000a00", ""}};
  for (const auto& row : kRows) {
    EXPECT_EQ(Hex(ShellText(FromHexText(row.bytes))), row.text) << row.bytes;
  }
}

// str.encode("utf-16-le") of CPython; the last is no UTF-8.
TEST(CharacterFormsTest, Utf16IsThatOfPython) {
  constexpr struct {
    const char* text;
    const char* units;
  } kRows[] = {{"", ""},
               {"616263", "610062006300"},
               {"c3a9", "e900"},
               {"e282ac", "ac20"},
               {"f09f9880", "3dd800de"},
               {"610a", "61000a00"},
               {"61ff", "6100ff00"}};
  for (const auto& row : kRows) {
    EXPECT_EQ(Hex(Utf16LittleEndian(FromHexText(row.text))), row.units) << row.text;
  }
}

// str(bytes) of CPython 3.11.
TEST(CharacterFormsTest, PythonBytesAreThoseOfPython) {
  EXPECT_EQ(PythonBytes(""), "b''");
  EXPECT_EQ(PythonBytes("abc"), "b'abc'");
  EXPECT_EQ(PythonBytes("it's"), R"(b"it's")");
  EXPECT_EQ(PythonBytes("a\"b"), R"(b'a"b')");
  EXPECT_EQ(PythonBytes("\"'"), R"(b'"\'')");
  EXPECT_EQ(PythonBytes(FromHexText("000a0d095c1f7f80ff207e")),
            R"(b'\x00\n\r\t\\\x1f\x7f\x80\xff ~')");
  EXPECT_EQ(
      PythonBytes(FromHexText("b04cffd8525042dfabc1b0fab53561c06390ec466e14f65c6efadf154b1962fd")),
      R"(b'\xb0L\xff\xd8RPB\xdf\xab\xc1\xb0\xfa\xb55a\xc0c\x90\xecFn\x14\xf6\\n\xfa\xdf\x15K\x19b\xfd')");
}

}  // namespace
}  // namespace sigvet
