#include <gtest/gtest.h>

#include <iterator>
#include <vector>

#include "diagnosis/test_ladder.h"

// Wrong passwords as real programs gave them, and as a reference in CPython computed them.

namespace sigvet {
namespace {

const std::vector<LadderRow> kRows = {
    {"SES-K01", kPassword4, "hmac-swapped", "BAcDm+nleepEWpgCLQ0IlyMVPItm7YUv0+Q1TgRwTBY1"},
    {"SES-K02", kPassword4, "hmac-swapped-last", "BL1ppnyx0Aq+m9+i2afYSj9sFglBzkq1RDxmxg90lXev"},
    {"SES-K03", kPassword4, "hmac-swapped-first", "BF2Bw7KkEC83Jns3unhsgueNY+W0+MTaRKG4Ub9VU+9+"},
    {"SES-K04", kPassword4, "key-hex", "BO6HjloUVhr0csvTvvyN37tkyhyuZI6bt//pPhum1hHg"},
    {"SES-K05", kPassword4, "key-upper-hex", "BElH+RcEX/NspNIv0BMMTTQ5VlrdZXfvHWG1Z0BROgu3"},
    {"SES-K06", kPassword4, "key-base64", "BKE4WYx8mDlPlkRXywum5H/XyfflqAIKI+Z8EGr7LCz2"},
    {"SES-K07", kPassword4, "key-utf8", "BKE+AQGLFRrGWeiuHq+I6dScOVb6GOx0RbyLHV+jSKhV"},
    {"SES-K07b", kPassword4, "macs-utf8",
     "BMKhPgEBwosVGsOGWcOowq4ewq/CiMOpw5TCnDlWw7oYw6x0RcK8wosdX8KjSMKoVQ=="},
    {"SES-K08", kPassword4, "macs-lossy-low-bytes", "BDD9Eg4MIv2VOv1y/UX9H1lK/f19Z/1J/UT9Lv0="},
    {"SES-K09", kPassword4, "mac-utf8",
     "BMKwTMO/w5hSUELDn8Krw4HCsMO6wrU1YcOAY8KQw6xGbhTDtlxuw7rDnxVLGWLDvQ=="},
    {"SES-K10", kPassword4, "key-without-prefix", "BKEQVFEAlCpeYFGJEnCiFbLW2okE7wQ4xRjybz7GXZ0u"},
    {"SES-K11", kPassword4, "prefix-lower-case", "BLA5ZkhWCZFWlgE/g+KNrIIiIFKpfhdWKnugoKVTC3fa"},
    {"SES-K12", kPassword4, "prefix-twice", "BLidGD96QGlBwj30TJgfbpRdKknBJSFgP5kTHTVkhPhg"},
    {"SES-K13", kPassword4, "date-of-day=20150830", "BOnEzFJQ990OmMLHQn70cpNbqIK009u+sIvzCMYhG2RX"},
    {"SES-K14", kPassword4, "region-left-out", "BCHWZZaJt+ls/zbswmVXUeNCLBgmETURao6ZRy0w5Fop"},
    {"SES-K15", kPassword4, "region-empty", "BCQSd8Dtu/I5XPL+li2EQUbWV2UrFxqaOLZhgp2i5JEO"},
    {"SES-K16", kPassword4, "key-for-other-region=eu-west-1",
     "BMW5RDrXmmVs0lV7GpI4oLkHXpZ4stDsk6q91z1g38Pk"},
    {"SES-K17", kPassword4, "region-upper-case", "BBrvJs9EzfEMib+S0X4btzCg7ZmcgkhOZFUxBFVXobQW"},
    {"SES-K17b", kPassword4, "region-is-smtp-host", "BEPjFvEhAadaJDUh0G7NWRe6E0oZlpv+RI+bbTmtgUSh"},
    {"SES-K18", kPassword4, "key-for-other-service=email",
     "BLu6hOCNSkgE4CBW8bIGIXcmtFDlGwAV5r7Dtk0Aa9l3"},
    {"SES-K18", kPassword4, "service-upper-case", "BMW4m1S/pf7qsf4Do8s6Zc+eDqpqxM8YXniSgO2OuuGN"},
    {"SES-K19", kPassword4, "service-left-out", "BEo1yl7GIVR9xh86a5fZjR+MsBywAC5aCpTEK88KgItx"},
    {"SES-K20", kPassword4, "key-without-end", "BHGkUxZTgg+2V2ijMeYAmee+flSzH4wjDazc8CgGahNe"},
    {"SES-K21", kPassword4, "message-left-out", "BMi4Ile4BcKdNjg3/pgy/hWkGh8exlgj2sVEhtR3T1MV"},
    {"SES-K22", kPassword4, "message-misspelt=SendEmail",
     "BC4Q9QQSv6I6r+rj1GSzBB6+0EeL3dj0UWqYGTzn0218"},
    {"SES-K22", kPassword4, "message-newline", "BNH+AEALLVVTVHEPy8/lIY06+pNDfP7h4E4TZ4hkoQmU"},
    {"SES-K23", kPassword4, "key-region-and-service-swapped",
     "BMxn/X0IPi3xSNJQ3DaCEk5Ay8L91cAubd+wGuvPshlx"},
    {"SES-V01", kPassword4, "version-missing", "sEz/2FJQQt+rwbD6tTVhwGOQ7EZuFPZcbvrfFUsZYv0="},
    {"SES-V02", kPassword4, "version-byte-2", "ArBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9"},
    {"SES-V03", kPassword4, "version-byte-3", "A7BM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9"},
    {"SES-V04", kPassword4, "version-2-steps", "BH60U4ZD3sd4fg+FvXUjayOipTt8LO4rUUmhpdX6ctDy"},
    {"SES-V05", kPassword4, "version-2-for-4", "An60U4ZD3sd4fg+FvXUjayOipTt8LO4rUUmhpdX6ctDy"},
    {"SES-V06", kPassword4, "version-digit-4", "NLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9"},
    {"SES-V06b", kPassword2, "version-digit-2", "Mn60U4ZD3sd4fg+FvXUjayOipTt8LO4rUUmhpdX6ctDy"},
    {"SES-V07", kPassword4, "version-text-0x04",
     "MHgwNLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9"},
    {"SES-V07b", kPassword4, "version-escape-x04",
     "XHgwNLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9"},
    {"SES-V08", kPassword2, "version-nul-x2", "AHgyfrRThkPex3h+D4W9dSNrI6KlO3ws7itRSaGl1fpy0PI="},
    {"SES-V09", kPassword4, "version-last", "sEz/2FJQQt+rwbD6tTVhwGOQ7EZuFPZcbvrfFUsZYv0E"},
    {"SES-V10", kPassword4, "version-byte-0", "ALBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9"},
    {"SES-V11", kPassword4, "version-big-endian",
     "AAAABLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9"},
    {"SES-V12", kPassword4, "version-2-with-prefix",
     "AobDixbPPMkExqvwgSw8ghcBD+HDo4eozW8522/gBh+5"},
    {"SES-V13", kPassword2, "version-dash-echo-x02",
     "LWVuIFx4MDIKfrRThkPex3h+D4W9dSNrI6KlO3ws7itRSaGl1fpy0PI="},
    {"SES-E01", kPassword4, "base64-url-safe", "BLBM_9hSUELfq8Gw-rU1YcBjkOxGbhT2XG763xVLGWL9"},
    {"SES-E02", kPassword4, "version-missing + padding-stripped",
     "sEz/2FJQQt+rwbD6tTVhwGOQ7EZuFPZcbvrfFUsZYv0"},
    {"SES-E03", kPassword4, "result-newline", "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9\n"},
    {"SES-E04", kPassword4, "hex-for-base64",
     "04b04cffd8525042dfabc1b0fab53561c06390ec466e14f65c6efadf154b1962fd"},
    {"SES-E05", kPassword4, "base64-of-hex",
     "MDRiMDRjZmZkODUyNTA0MmRmYWJjMWIwZmFiNTM1NjFjMDYzOTBlYzQ2NmUxNGY2NWM2ZWZhZGYxNTRiMTk2MmZk"},
    {"SES-E06", kPassword4, "mac-hex",
     "BGIwNGNmZmQ4NTI1MDQyZGZhYmMxYjBmYWI1MzU2MWMwNjM5MGVjNDY2ZTE0ZjY1YzZlZmFkZjE1NGIxOTYyZmQ="},
    {"SES-E07", kPassword4, "base64-twice",
     "QkxCTS85aFNVRUxmcThHdytyVTFZY0Jqa094R2JoVDJYRzc2M3hWTEdXTDk="},
    {"SES-E08", kPassword4, "mac-python-bytes",
     "BGInXHhiMExceGZmXHhkOFJQQlx4ZGZceGFiXHhjMVx4YjBceGZhXHhiNTVhXHhjMGNceDkwXHhlY0ZuXHgxNFx4ZjZcX"
     "G5ceGZhXHhkZlx4MTVLXHgxOWJceGZkJw=="},
    {"SES-E09", kPassword4, "result-python-quotes",
     "b'BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9'"},
    {"SES-S01", kPassword4, "secret-newline", "BOz3eEn9S4M5G7EjKfEZAasfMMHZsTp4tPg8TJquAxCo"},
    {"SES-S02", kPassword4, "secret-crlf", "BF/ZOZciU0h2fm2JVANYn/CjoPc2ug5cIWykNTGi8ePy"},
    {"SES-S03", kPassword4, "secret-carriage-return",
     "BG8wymNDC2xMjSDCs0U+nvMVwtkAhL3eDdiUG3vwHvt1"},
    {"SES-S04", kPassword4, "secret-blank", "BDZOafZdqFQSOoInUbA1lAxAEHX203yF7oQHwuuy5mDV"},
    {"SES-S05", kPassword4, "secret-leading-blank", "BNc5YzpsP7E/CNrBk/BJCNLVj+GMl/4oYdCrzyc9wDZv"},
    {"SES-S06", kPassword4, "secret-in-quotes", "BKbX+0Mjwf+wBOwEtfthYk7I9RCsC6bDZ1pRnPSanRoU"},
    {"SES-S06b", kPassword4, "secret-in-apostrophes",
     "BDlR4meJAD4e7kEGKTF9uQlS6Hpeqf8jIzQlqaBMF9pc"},
    {"SES-S07", kPassword4, "secret-slash-encoded", "BFs4u65NeEtI5VQtaG/tUZubGt93PwbxuRRy+HA0zOs3"},
    {"SES-S08", kPassword4, "secret-slash-escaped", "BOYsL0qdGYsccFvTYfNSk+zbuAheeuqfQk3CvLQ5h2eJ"},
    {"SES-S09", kPassword4, "secret-without-slashes",
     "BEJ4GUA4jSR7RT3qw/B8GyzPfCm9zWBuY2eLfg31VKdG"},
    {"SES-S10", kPassword4, "secret-cut-at-slash", "BIgh7yTCqch5gj9k3XIVAJaWO5jpAlEXGHCZNkmfNfQY"},
    {"SES-S11", kPassword4, "secret-last-character-lost",
     "BHUe/0li/GTOcVwOsz6JaJ7vyoTQxBZzI1DTsvpnmvbJ"},
    {"SES-S12", kPassword4, "secret-lower-case", "BP9rqGe33ZV5FjCKhjglfIz5Fh1lohVIuf6DBuTVWQnc"},
    {"SES-S13", kPassword4, "secret-byte-order-mark",
     "BJco1fXsjmoS2azlmimXfxXtu6ps3xWqCa1UqRARNCJg"},
    {"SES-S15", kPassword4, "secret-is-access-key-id",
     "BHKOw8ESyaOF9atMIyafDOiMdjHqDa28xW6Tm+vp/Gt0"},
    {"SES-S16", kPassword4, "secret-is-password", "BHi8oEaLMHm/xcDgF2vwfPy4dpcG0GDqdrS6k3+lkCtE"},
    {"SES-S17", kPassword4, "secret-is-password-of-version-2",
     "BP+vGjsGINKokvjfPryQY4rRljHkidmJu/rBAGio631u"},
    {"SES-S18", kPassword4, "secret-base64-decoded",
     "BLKHr5LCxUUM2oi5WBGr2Riv9vjABBaPHASHgb4RLz9p"},
    {"SES-S19", kPassword4, "secret-base64-encoded",
     "BN+Xip9ldwVtwj4meWZX4kFjI8EvO53KIILRCxI1vVQS"},
    {"SES-S20", kPassword4Plus, "secret-plus-as-blank",
     "BLUHRqrRJLw2D2A6uMoaZRQofFYznt7E36Ky83V5wqGZ"},
    {"SES-S21", kPassword4, "secret-of-test-suite", "BOntiZFm/r+5s3psZ/RpsjB+aSGsj2J0rXdiLuO0cQL7"},
    {"SES-S22", kPassword4, "key-utf-16", "BKc42HmFAIyzel/t3cksuiMf20P5VZt0KkDfQH/op1cQ"},
    {"SES-S23", kPassword4, "texts-utf-16", "BLpYF2vtF+Q+91oZ4eTU3sTgjxbx2DDO4ugOVH3G3p+U"},
    {"SES-A01", kPassword4, "hmac-sha1", "BFay24kCV4LXSFIQaaSzmfi+L4ZP"},
    {"SES-A02", kPassword4, "hmac-sha512",
     "BEN/FfJ16dcV8VI3ZmdvYfkrFpLuS0of2DXpJp1ZYiJsTeesP+Chc4k8QH9XFpUvzayQbVR79d+1S61j5bng3+A="},
    {"SES-A03", kPassword4, "hmac-md5", "BJU9hdY/W4EQX3LmYr3OmkI="},
    {"SES-A04", kPassword4, "sha256-without-hmac", "BKfW+yXOntMpEbZRWx0LYVcZeiDLRr5eUYUs3fUI2l9y"},
    {"SES-A05", kPassword4, "last-step-hashed", "BIv2AlcIjMiBSlo9nqBswIGcXOLJXQjWr/guHAyCgHsw"},
    {"SES-A06", kPassword4, "hmac-sha3", "BN0eONiMD/axFh8xrvc512C2bxgYbv814nb4LjL8VDzG"},
    {"SES-A07", kPassword4,
     "key-with-label=(stdin)= ", "BMue9Y5LhH5LTv1/3Dh3zQ7kyOf7bMOkXehgt/OR1p3H"},
    {"SES-A08", kPassword4, "key-cut-at-nul", "BCPdswhiiDUWrVDCNm/Cq7TIiOAO+UwqhQ1UTSBJ2vY+"},
    {"SES-A09", kPassword4, "key-shell-text", "BAG8BOBT+XG/GKx6Xse4UKp/PmCeOnHVIbJXS+NXAEiS"},
    {"SES-I01", kPassword4, "password-is-secret", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"},
    {"SES-A09",
     {.version = 4, .secret = "some+secret+key", .region = "us-east-2"},
     "key-shell-text",
     "BIqoNdjSjzF+N9VJ0JT1zPT9d4g5p/2HkNBVPhzfU3cY"},
    {"SES-A09",
     {.version = 4, .secret = "SECRET_KEY", .region = "ap-southeast-1"},
     "key-shell-text",
     "BEDH7NQyiF5Cb3ZUQWbqzVfEgOE+Zxqrp7AdaBi3KaYl"},
};

// For the secret of AWS's examples, and us-east-1 unless a row says otherwise.
TEST(SesDefectsTest, EachGivesTheKnownWrongPassword) {
  for (const LadderRow& row : kRows) {
    if (NeedsOtherHash(row)) continue;
    SCOPED_TRACE(row.label);
    const LadderCase c(row.given);
    EXPECT_NE(c.RightValue(), row.expected);
    EXPECT_EQ(c.ValueWith(row.defects), row.expected);
  }
}

TEST(SesDefectsTest, TheRightPasswordsArePublished) {
  EXPECT_EQ(LadderCase(kPassword4).RightValue(), "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9");
  EXPECT_EQ(LadderCase(kPassword2).RightValue(), "An60U4ZD3sd4fg+FvXUjayOipTt8LO4rUUmhpdX6ctDy");
  EXPECT_EQ(LadderCase(kPassword4Plus).RightValue(),
            "BOntiZFm/r+5s3psZ/RpsjB+aSGsj2J0rXdiLuO0cQL7");
}

}  // namespace

std::span<const LadderRow> SesRows() { return kRows; }

}  // namespace sigvet
