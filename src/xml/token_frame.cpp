#include "xml/token_frame.h"

#include <algorithm>

namespace queqiao::xml {

std::optional<std::size_t> TokenFrame::find_end(std::string_view bytes, std::size_t start) {
  scanned_ = std::max(scanned_, start);
  if (start >= bytes.size()) return std::nullopt;
  if (bytes[start] != '<') return find_text_end(bytes);
  if (start + 1 >= bytes.size()) return std::nullopt;
  scanned_ = std::max(scanned_, start + 1);
  switch (bytes[start + 1]) {
    case '!':
      return find_section_end(bytes, start);
    case '?':
      // At the start of a stream this is the XML declaration, in which no '>' can be quoted; elsewhere it is refused at
      // once.
      return start == 0 ? find_tag_end(bytes, false) : start + 2;
    case '/':
      return find_tag_end(bytes, false);
    default:
      return find_tag_end(bytes, true);
  }
}

std::optional<std::size_t> TokenFrame::find_text_end(std::string_view bytes) {
  const auto found = bytes.find('<', scanned_);
  scanned_ = bytes.size();
  if (found == std::string_view::npos) return std::nullopt;
  return found + 1;
}

std::optional<std::size_t> TokenFrame::find_section_end(std::string_view bytes, std::size_t start) {
  constexpr std::string_view opening = "<![CDATA[", closing = "]]>";
  const auto seen = bytes.substr(start, opening.size());
  const auto same = std::mismatch(seen.begin(), seen.end(), opening.begin()).first - seen.begin();
  if (static_cast<std::size_t>(same) < seen.size()) return start + same + 1;
  if (seen.size() < opening.size()) return std::nullopt;
  const auto found = bytes.find(closing, std::max(scanned_, start + opening.size()));
  if (found != std::string_view::npos) return found + closing.size();
  // The last two bytes may be the beginning of "]]>".
  scanned_ = std::max(start + opening.size(), bytes.size() - 2);
  return std::nullopt;
}

// A '<' is refused everywhere inside a tag, quoted or not, so it ends one too: a forgotten quote is noticed at the next
// tag.
std::optional<std::size_t> TokenFrame::find_tag_end(std::string_view bytes, bool has_quotes) {
  for (; scanned_ < bytes.size(); ++scanned_) {
    const char byte = bytes[scanned_];
    if (byte == '<' || (byte == '>' && quote_ == 0)) return scanned_ + 1;
    if (quote_ != 0) {
      if (byte == quote_) quote_ = 0;
    } else if (has_quotes && (byte == '"' || byte == '\'')) {
      quote_ = byte;
    }
  }
  return std::nullopt;
}

}  // namespace queqiao::xml
