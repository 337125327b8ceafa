#include "base/crypto.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

#include "base/encoding.h"

namespace queqiao {
namespace {

TEST(Crypto, HashesAsFips180Says) {
  EXPECT_EQ(hex_encode(sha1("abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(hex_encode(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex_encode(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Crypto, HmacFollowsRfc2202AndRfc4231) {
  EXPECT_EQ(hex_encode(hmac(Hash::sha1, "Jefe", "what do ya want for nothing?")),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  EXPECT_EQ(hex_encode(hmac(Hash::sha256, "Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

// RFC 4231 test case 6: a key longer than a block is hashed first.
TEST(Crypto, HmacTakesKeysLongerThanABlock) {
  EXPECT_EQ(hex_encode(
                hmac(Hash::sha256, std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Crypto, HmacWithAnEmptyKeyDoesNotUseTheKeyBefore) {
  hmac(Hash::sha256, "an earlier key", "text");
  EXPECT_EQ(hex_encode(hmac(Hash::sha256, {}, {})), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Crypto, Pbkdf2FollowsRfc6070) {
  EXPECT_EQ(hex_encode(pbkdf2(Hash::sha1, "password", "salt", 1)), "0c60c80f961f0e71f3a9b524af6012062fe037a6");
  EXPECT_EQ(hex_encode(pbkdf2(Hash::sha1, "password", "salt", 4096)), "4b007901b765489abead49d926f721d065a429c1");
}

TEST(Crypto, Pbkdf2WithSha256FollowsRfc7914) {
  EXPECT_EQ(hex_encode(pbkdf2(Hash::sha256, "passwd", "salt", 1)),
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
}

TEST(Crypto, ThreadsHashIndependently) {
  const std::string expected = hmac(Hash::sha256, "key", "text");
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&expected] {
      for (int round = 0; round < 1000; ++round) ASSERT_EQ(hmac(Hash::sha256, "key", "text"), expected);
    });
  }
}

TEST(Crypto, ConstantTimeEqualComparesSizeAndContent) {
  EXPECT_TRUE(constant_time_equal("", ""));
  EXPECT_TRUE(constant_time_equal("secret", "secret"));
  EXPECT_FALSE(constant_time_equal("secret", "secreT"));
  EXPECT_FALSE(constant_time_equal("secret", "secret1"));
}

TEST(Crypto, RandomIdsAreUniqueAndSafeInUrls) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = random_id();
    EXPECT_EQ(id.size(), 22u);
    EXPECT_EQ(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), id.npos);
    EXPECT_TRUE(seen.insert(id).second);
  }
}

TEST(Crypto, RandomBytesHaveTheSizeAskedFor) {
  EXPECT_EQ(random_bytes(0), "");
  EXPECT_EQ(random_bytes(33).size(), 33u);
  EXPECT_NE(random_bytes(33), random_bytes(33));
}

}  // namespace
}  // namespace queqiao
