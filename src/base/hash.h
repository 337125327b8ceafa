#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace queqiao {

// What decides which texts collide. Drawn at random, peers cannot know it and so cannot make a table slow.
struct HashKeys {
  std::uint64_t seed, first, second;
};

const HashKeys& process_hash_keys();  // drawn once per process

namespace hash_detail {

// Little-endian on every machine, since stable_hash is stored.
inline std::uint64_t load64(const char* from) {
  std::uint64_t word;
  std::memcpy(&word, from, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

inline std::uint64_t load32(const char* from) {
  std::uint32_t word;
  std::memcpy(&word, from, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap32(word);
  return word;
}

struct TwoWords {
  std::uint64_t first, second;
};

// The last 0 to 16 bytes of a text; the two words overlap unless they are full.
inline TwoWords load_tail(const char* from, std::size_t size) {
  if (size > 8) return {load64(from), load64(from + size - 8)};
  if (size >= 4) return {load32(from), load32(from + size - 4)};
  if (size == 0) return {0, 0};
  const auto byte = [from](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(from[i])}; };
  return {byte(0) << 16 | byte(size / 2) << 8 | byte(size - 1), 0};
}

// Both halves of the 128-bit product: each bit of the result depends on nearly all bits of both factors.
inline std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t hash_bytes(std::string_view bytes, const HashKeys& keys) {
  std::uint64_t state = keys.seed;
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left > 16; at += 16, left -= 16) state = fold(load64(at) ^ keys.first, load64(at + 8) ^ state);
  const auto [low, high] = load_tail(at, left);
  state = fold(low ^ keys.first, high ^ state);
  // The size goes in last: next to the words it could cancel a bit of the text.
  return fold(state ^ keys.second, keys.first ^ bytes.size());
}

}  // namespace hash_detail

// For tables in memory: differs from one run of the process to the next.
inline std::uint64_t hash_text(std::string_view text) {
  return hash_detail::hash_bytes(text, process_hash_keys());
}

// The same for ever and on every machine, so it may be stored and nodes agree on it. Not for tables that peers fill.
inline std::uint64_t stable_hash(std::string_view text) {
  return hash_detail::hash_bytes(text, {0x8f1d3c5a7b92e604, 0xd6e8feb86659fd93, 0xa0761b5ec14f9a27});
}

// The home of `user` (a bare JID) among `count` shards; the same in every run.
inline std::size_t shard_of(std::string_view user, std::size_t count) {
  return static_cast<std::size_t>((static_cast<unsigned __int128>(stable_hash(user)) * count) >> 64);
}

// Lets a table of strings be searched by string_view without making a string.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return hash_text(text); }
};

template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;
using TextSet = std::unordered_set<std::string, TextHash, std::equal_to<>>;

}  // namespace queqiao
