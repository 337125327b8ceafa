#include "xmpp/xep/file_sharing.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/text.h"
#include "base/time_text.h"

namespace queqiao::xmpp {
namespace {

constexpr std::size_t max_repeated = 16;  // hashes, thumbnails, addresses: more serve nobody
constexpr std::size_t max_name_bytes = 200;

bool is_web_address(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://");
}

std::optional<FileMetadata::Dimensions> parse_dimensions(std::string_view text) {
  const auto cross = text.find('x');
  if (cross == std::string_view::npos) return std::nullopt;
  const auto width = parse_number<std::uint32_t>(text.substr(0, cross));
  const auto height = parse_number<std::uint32_t>(text.substr(cross + 1));
  if (!width || !height) return std::nullopt;
  return FileMetadata::Dimensions{*width, *height};
}

std::optional<FileHash> parse_hash(const xml::Element& hash) {
  auto digest = base64_decode(trim(hash.text()));
  if (!digest || digest->empty() || hash.attribute("algo").empty()) return std::nullopt;
  return FileHash{std::string(hash.attribute("algo")), *std::move(digest)};
}

Thumbnail parse_thumbnail(const xml::Element& thumbnail) {
  return {std::string(thumbnail.attribute("uri")), std::string(thumbnail.attribute("media-type")),
          parse_number<std::uint32_t>(thumbnail.attribute("width")).value_or(0),
          parse_number<std::uint32_t>(thumbnail.attribute("height")).value_or(0)};
}

void write_text(xml::Writer& writer, std::string_view name, std::string_view text) {
  if (!text.empty()) writer.open(name).text(text).close();
}

void write_thumbnail(xml::Writer& writer, const Thumbnail& thumbnail) {
  writer.open("thumbnail", ns::thumbnails).attribute("uri", thumbnail.uri);
  if (!thumbnail.type.empty()) writer.attribute("media-type", thumbnail.type);
  if (thumbnail.width) writer.attribute("width", std::to_string(thumbnail.width));
  if (thumbnail.height) writer.attribute("height", std::to_string(thumbnail.height));
  writer.close();
}

std::string_view name_of(FileSharing::Disposition disposition) {
  return disposition == FileSharing::Disposition::attachment ? "attachment" : "inline";
}

FileSharing::Disposition parse_disposition(std::string_view text) {
  using enum FileSharing::Disposition;
  return text == "attachment" ? attachment : text == "inline" ? inline_view : unspecified;
}

}  // namespace

std::optional<FileMetadata> FileMetadata::parse(const xml::Element& file) {
  if (!file.is("file", ns::file_metadata)) return std::nullopt;
  FileMetadata read;
  read.name = file.child("name").text();
  read.type = file.child("media-type").text();
  read.description = file.child("desc").text();
  read.size = parse_number<std::uint64_t>(file.child("size").text());
  read.modified = parse_date_time(file.child("date").text());
  read.dimensions = parse_dimensions(file.child("dimensions").text());
  if (const auto length = parse_number<std::uint32_t>(file.child("length").text())) {
    read.length = std::chrono::milliseconds(*length);
  }
  for (const auto child : file.children()) {
    if (child.is("hash", ns::hashes) && read.hashes.size() < max_repeated) {
      if (auto hash = parse_hash(child)) read.hashes.push_back(*std::move(hash));
    }
    const bool is_thumbnail = child.is("thumbnail", ns::thumbnails) && !child.attribute("uri").empty();
    if (is_thumbnail && read.thumbnails.size() < max_repeated) read.thumbnails.push_back(parse_thumbnail(child));
  }
  return read;
}

void FileMetadata::write(xml::Writer& writer) const {
  writer.open("file", ns::file_metadata);
  write_text(writer, "media-type", type);
  write_text(writer, "name", name);
  if (modified) write_text(writer, "date", format_date_time(*modified));
  if (size) write_text(writer, "size", std::to_string(*size));
  if (dimensions) {
    write_text(writer, "dimensions", std::to_string(dimensions->width) + "x" + std::to_string(dimensions->height));
  }
  if (length) write_text(writer, "length", std::to_string(length->count()));
  for (const auto& [algorithm, digest] : hashes) {
    writer.open("hash", ns::hashes).attribute("algo", algorithm).text(base64_encode(digest)).close();
  }
  write_text(writer, "desc", description);
  for (const auto& thumbnail : thumbnails) write_thumbnail(writer, thumbnail);
  writer.close();
}

const FileHash* FileMetadata::hash(std::string_view algorithm) const {
  for (const auto& hash : hashes) {
    if (hash.algorithm == algorithm) return &hash;
  }
  return nullptr;
}

std::optional<FileSharing> FileSharing::find(const xml::Element& message) {
  const auto sharing = message.child("file-sharing", ns::file_sharing);
  auto file = FileMetadata::parse(sharing.child("file", ns::file_metadata));
  if (!file) return std::nullopt;
  FileSharing read{parse_disposition(sharing.attribute("disposition")), *std::move(file), {}};
  for (const auto source : sharing.child("sources").children()) {
    const auto target = source.attribute("target");
    if (source.is("url-data", ns::url_data) && is_web_address(target) && read.urls.size() < max_repeated) {
      read.urls.emplace_back(target);
    }
  }
  return read;
}

void FileSharing::write(xml::Writer& writer) const {
  writer.open("file-sharing", ns::file_sharing);
  if (disposition != Disposition::unspecified) writer.attribute("disposition", name_of(disposition));
  file.write(writer);
  writer.open("sources");
  for (const auto& url : urls) writer.open("url-data", ns::url_data).attribute("target", url).close();
  writer.close().close();
}

std::optional<OutOfBand> OutOfBand::find(const xml::Element& message) {
  const auto x = message.child("x", ns::out_of_band);
  const auto address = x.child("url").text();
  const auto url = trim(address);
  if (!is_web_address(url)) return std::nullopt;
  return OutOfBand{std::string(url), x.child("desc").text()};
}

void OutOfBand::write(xml::Writer& writer) const {
  writer.open("x", ns::out_of_band).open("url").text(url).close();
  write_text(writer, "desc", description);
  writer.close();
}

void write_shared_file(xml::Writer& writer, const FileSharing& shared) {
  const auto& url = shared.urls.front();
  writer.open("body").text(url).close();
  shared.write(writer);
  OutOfBand{url, {}}.write(writer);
}

std::string safe_file_name(std::string_view name) {
  if (const auto folder = name.find_last_of("/\\"); folder != std::string_view::npos) name.remove_prefix(folder + 1);
  std::string safe;
  while (!name.empty()) {
    const auto size = utf8_front_size(name);
    const auto character = name.substr(0, std::max<std::size_t>(size, 1));
    name.remove_prefix(character.size());
    const bool is_control = size == 1 && (static_cast<unsigned char>(character[0]) < 0x20 || character[0] == 0x7f);
    // ':' is a drive or a stream of a file on Windows; a leading dot hides the file.
    const bool is_awkward = character == ":" || (safe.empty() && (character == "." || character == " "));
    if (size > 0 && !is_control && !is_awkward) safe += character;
  }
  if (safe.size() > max_name_bytes) {
    const auto dot = safe.rfind('.');
    const auto ending = dot != std::string::npos && safe.size() - dot <= 16 ? safe.substr(dot) : std::string();
    safe.resize(max_name_bytes - ending.size());
    while (!is_utf8(safe)) safe.pop_back();
    safe += ending;
  }
  return safe.empty() ? "file" : safe;
}

}  // namespace queqiao::xmpp
