#include "diagnosis/letter_forms.h"

#include <gtest/gtest.h>

#include "diagnosis/character_forms.h"

namespace sigvet {
namespace {

// Expected values by Python's codecs (errors="replace") and unicodedata.
TEST(LetterForms, AsLatin1HasAQuestionMarkForWhatItLacks) {
  EXPECT_EQ(AsLatin1("caf\xc3\xa9"), "caf\xe9");
  EXPECT_EQ(AsLatin1("\xc3\xbf\xc4\x80\xe1\x88\xb4\xf0\x9f\x90\x8e!"), "\xff?\?\?!");
}

TEST(LetterForms, DecomposedKnowsLettersUpToLatinExtendedA) {
  EXPECT_EQ(Decomposed("\xc3\x80\xc3\xa9\xc5\xbe"),
            "A\xcc\x80"
            "e\xcc\x81"
            "z\xcc\x8c");
  // The ash, the slashed o and the middle dot are letters of their own.
  EXPECT_EQ(Decomposed("\xc3\xa6\xc3\xb8\xc2\xb7\xe1\x88\xb4"),
            "\xc3\xa6\xc3\xb8\xc2\xb7\xe1\x88\xb4");
}

TEST(LetterForms, WithLettersKeepsTheWayInWhichTheyAreWritten) {
  EXPECT_EQ(WithLetters("/a%C3%A9%20\xc3\xa9%c3%a9", AsLatin1), "/a%E9%20\xe9%E9");
  EXPECT_EQ(WithLetters("/%C3%A9", Decomposed), "/e%CC%81");
  EXPECT_EQ(WithLetters("/%C3%A9", Latin1AsUtf8), "/%C3%83%C2%A9");
}

TEST(LetterForms, WithLettersLeavesWhatIsNoUtf8) {
  for (const char* text : {"/%C3", "/%E9%E9", "/\xff", "/%4", "/%", "/%7E", ""}) {
    EXPECT_EQ(WithLetters(text, AsLatin1), text);
  }
}

}  // namespace
}  // namespace sigvet
