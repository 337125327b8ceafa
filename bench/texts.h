#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <string>

namespace queqiao::bench {

// Texts like those of chats for what indexes them: words (or Chinese characters) that are as unevenly frequent as those
// of a language (Zipf), half of the texts English, half Chinese. The same seed gives the same texts.
class Texts {
 public:
  static constexpr int words = 20'000, characters = 3'000;

  explicit Texts(std::uint64_t seed) : random_(seed) {}

  // The word of a rank, 0 being the most frequent.
  static std::string word(int rank) {
    static constexpr const char* syllables[] = {"ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu",
                                                "na", "pe", "ri", "so", "tu", "va", "we", "xi", "yo", "zu"};
    std::string text;
    for (int rest = rank; text.empty() || rest > 0; rest /= 20) text += syllables[rest % 20];
    return text;
  }
  static std::string character(int rank) {
    const auto c = static_cast<unsigned>(0x4e00 + rank);
    return {static_cast<char>(0xe0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 0x3f)),
            static_cast<char>(0x80 | (c & 0x3f))};
  }

  // About `bytes` long.
  std::string next(std::size_t bytes) {
    const bool is_chinese = random_() % 2 == 0;
    std::string text;
    while (text.size() < bytes) {
      if (is_chinese) {
        text += random_() % 12 == 0 ? std::string("，") : character(ranked(characters));
      } else {
        text.append(text.empty() ? "" : " ").append(word(ranked(words)));
      }
    }
    return text;
  }

 private:
  // Rank r with a probability near 1/r.
  int ranked(int count) {
    const double place = static_cast<double>(random_() >> 11) / 9007199254740992.0;
    return static_cast<int>(std::exp(place * std::log(count))) - 1;
  }

  std::mt19937_64 random_;
};

}  // namespace queqiao::bench
