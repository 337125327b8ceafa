#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace queqiao::xml {

// Finds where a token (a tag, a run of text, a CDATA section) ends, and nothing more: so that a token that arrives in
// pieces is read once, when it is whole, and however small the pieces are, no byte is looked at twice. A refusal inside
// a token is reported when the token has ended, which is what makes the parser's events independent of the cuts.
class TokenFrame {
 public:
  // `bytes` from the beginning of the stanza; the token begins at `start`, the same until it is found. Nothing when the
  // token does not end in `bytes`; otherwise the offset after the last byte that has to be seen to read or refuse it.
  std::optional<std::size_t> find_end(std::string_view bytes, std::size_t start);

 private:
  std::optional<std::size_t> find_text_end(std::string_view bytes);
  std::optional<std::size_t> find_section_end(std::string_view bytes, std::size_t start);
  std::optional<std::size_t> find_tag_end(std::string_view bytes, bool has_quotes);

  std::size_t scanned_ = 0;  // everything before it is known not to end the token
  char quote_ = 0;           // the quote that is open at scanned_
};

}  // namespace queqiao::xml
