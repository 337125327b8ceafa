#pragma once

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace queqiao::xml {

// Below a space or above ASCII: a byte that text cannot simply pass over.
inline bool is_unusual(char byte) {
  return static_cast<signed char>(byte) < 0x20;
}

// The first byte in [p, end) that is `a`, `b` or `c` or unusual; `end` when there is none. The loop of the parser:
// sixteen bytes at a time where the CPU has SSE2, as every x86-64 does. (Texts and values of chat are short, so wider
// registers would mostly load bytes that belong to the next token.)
inline const char* find_special(const char* p, const char* end, char a, char b, char c) {
#if defined(__SSE2__)
  const __m128i all_a = _mm_set1_epi8(a), all_b = _mm_set1_epi8(b), all_c = _mm_set1_epi8(c);
  const __m128i space = _mm_set1_epi8(0x20);
  for (; end - p >= 16; p += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, all_a), _mm_cmpeq_epi8(block, all_b)),
                                       _mm_or_si128(_mm_cmpeq_epi8(block, all_c), _mm_cmplt_epi8(block, space)));
    if (const int mask = _mm_movemask_epi8(found)) return p + __builtin_ctz(static_cast<unsigned>(mask));
  }
#endif
  while (p != end && *p != a && *p != b && *p != c && !is_unusual(*p)) ++p;
  return p;
}

}  // namespace queqiao::xml
