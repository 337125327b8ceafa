#include "base/encoding.h"

#include <gtest/gtest.h>

#include <utility>

namespace queqiao {
namespace {

// RFC 4648 10.
constexpr std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                     {"f", "Zg=="},
                                                                     {"fo", "Zm8="},
                                                                     {"foo", "Zm9v"},
                                                                     {"foob", "Zm9vYg=="},
                                                                     {"fooba", "Zm9vYmE="},
                                                                     {"foobar", "Zm9vYmFy"}};

TEST(Base64, EncodesAndDecodesTheVectorsOfRfc4648) {
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64_encode(bytes), text);
    EXPECT_EQ(base64_decode(text), bytes);
  }
}

TEST(Base64, LinesAreJoinedOnlyWhenThatIsAskedFor) {
  EXPECT_EQ(base64_decode_lines("\n  Zm9v\r\n\tYmFy "), "foobar");
  EXPECT_FALSE(base64_decode("Zm9v\nYmFy"));
  EXPECT_FALSE(base64_decode_lines("Zm9v\vYmFy"));
}

TEST(Base64, KeepsEveryByte) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) {
    bytes += static_cast<char>(i);
    ASSERT_EQ(base64_decode(base64_encode(bytes)), bytes);
  }
}

TEST(Base64, RefusesWhatIsNotTheOneTextOfAValue) {
  for (const auto* text : {"Zg", "Zg=", "Zg===", "=", "==", "====", "Z===", "Zg==Zg==", "Zm 9", "Zm9v\n", "Zm9-",
                           "Zm9_", "Zh==", "Zm9=", "Z=g=", "\xff\xff\xff\xff"}) {
    EXPECT_FALSE(base64_decode(text)) << text;
  }
  EXPECT_FALSE(base64_decode(std::string_view("Zm\0v", 4)));
}

TEST(Base64Url, HasNoPaddingAndNoCharacterOfPaths) {
  EXPECT_EQ(base64url_encode("\xfb\xff\xfe"), "-__-");
  EXPECT_EQ(base64url_encode("f"), "Zg");
}

TEST(Hex, EncodesInLowerCaseAndDecodesEither) {
  EXPECT_EQ(hex_encode("\x01\xab\xff"), "01abff");
  EXPECT_EQ(hex_decode("01aBFf"), "\x01\xab\xff");
  EXPECT_EQ(hex_decode(""), "");
}

TEST(Hex, RefusesOddLengthsAndOtherCharacters) {
  EXPECT_FALSE(hex_decode("0"));
  EXPECT_FALSE(hex_decode("0g"));
  EXPECT_FALSE(hex_decode(" 0"));
}

TEST(PercentEncoding, LeavesOnlyWhatNeedsNoEncodingAnywhere) {
  EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encode("a/b?c#d e%\n"), "a%2Fb%3Fc%23d%20e%25%0A");
  EXPECT_EQ(percent_encode("照"), "%E7%85%A7");
}

TEST(PercentEncoding, EveryByteComesBack) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  EXPECT_EQ(percent_decode(percent_encode(bytes)), bytes);
  EXPECT_EQ(percent_decode("%e7%85%a7+"), "照+");
}

TEST(PercentEncoding, RefusesAHalfOne) {
  for (const auto* text : {"%", "%4", "%4g", "a%", "%%41"}) EXPECT_FALSE(percent_decode(text)) << text;
}

}  // namespace
}  // namespace queqiao
