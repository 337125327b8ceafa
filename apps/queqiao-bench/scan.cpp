#include "scan.h"

#include <cstring>

namespace queqiao::bench {
namespace {

constexpr auto npos = std::string_view::npos;

std::size_t find(std::string_view bytes, char wanted, std::size_t from) {
  const void* at = std::memchr(bytes.data() + from, wanted, bytes.size() - from);
  return at ? static_cast<std::size_t>(static_cast<const char*>(at) - bytes.data()) : npos;
}

// The size of the element at the start of `bytes`, or npos while its end is missing.
std::size_t element_size(std::string_view bytes) {
  int depth = 0;
  for (std::size_t open = 0; (open = find(bytes, '<', open)) != npos;) {
    const std::size_t close = find(bytes, '>', open);
    if (close == npos) return npos;
    if (bytes[open + 1] == '/') {
      --depth;
    } else if (bytes[close - 1] != '/') {
      ++depth;
    }
    open = close + 1;
    if (depth == 0) return open;
  }
  return npos;
}

Piece piece(PieceKind kind, std::string_view bytes, std::size_t size) {
  return size == npos ? Piece{PieceKind::incomplete, {}} : Piece{kind, bytes.substr(0, size)};
}

std::size_t tag_size(std::string_view bytes) {
  const std::size_t close = find(bytes, '>', 0);
  return close == npos ? npos : close + 1;
}

}  // namespace

Piece next_piece(std::string_view bytes) {
  if (bytes.empty()) return {PieceKind::incomplete, {}};
  if (bytes[0] != '<') return piece(PieceKind::ignorable, bytes, std::min(bytes.find('<'), bytes.size()));
  if (bytes.size() < 2) return {PieceKind::incomplete, {}};
  if (bytes[1] == '?') return piece(PieceKind::ignorable, bytes, tag_size(bytes));
  if (bytes[1] == '/') return piece(PieceKind::stream_end, bytes, tag_size(bytes));
  constexpr std::string_view stream_open = "<stream:stream";
  if (bytes.substr(0, stream_open.size()) == stream_open) return piece(PieceKind::stream_open, bytes, tag_size(bytes));
  return piece(PieceKind::element, bytes, element_size(bytes));
}

std::string_view name_of(std::string_view element) {
  return element.substr(1, element.find_first_of(" />\t\r\n", 1) - 1);
}

std::string_view attribute(std::string_view element, std::string_view name) {
  const std::string_view tag = element.substr(0, element.find('>'));
  for (std::size_t at = tag.find(name); at != npos; at = tag.find(name, at + 1)) {
    const std::size_t equals = at + name.size();
    if (tag[at - 1] != ' ' || equals + 1 >= tag.size() || tag[equals] != '=') continue;
    const std::size_t begin = equals + 2;
    return tag.substr(begin, tag.find(tag[equals + 1], begin) - begin);
  }
  return {};
}

std::string_view content_of(std::string_view element) {
  const std::size_t begin = element.find('>') + 1;
  const std::size_t end = element.rfind('<');
  return end > begin ? element.substr(begin, end - begin) : std::string_view();
}

}  // namespace queqiao::bench
