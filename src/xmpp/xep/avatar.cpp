#include "xmpp/xep/avatar.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/encoding.h"
#include "base/text.h"

namespace queqiao::xmpp {

namespace avatar {
std::string id_of(std::string_view image) {
  return hex_encode(sha1(image));
}
}  // namespace avatar

std::optional<AvatarMetadata> AvatarMetadata::parse(const xml::Element& metadata) {
  if (!metadata.is("metadata", avatar::metadata_ns)) return std::nullopt;
  AvatarMetadata read;
  for (const auto child : metadata.children()) {
    if (!child.is("info", avatar::metadata_ns) || child.attribute("id").empty()) continue;
    AvatarInfo info;
    info.id = ascii_lower(child.attribute("id"));
    info.type = child.attribute("type");
    info.bytes = parse_number<std::uint32_t>(child.attribute("bytes")).value_or(0);
    info.width = parse_number<std::uint16_t>(child.attribute("width"));
    info.height = parse_number<std::uint16_t>(child.attribute("height"));
    info.url = child.attribute("url");
    read.infos.push_back(std::move(info));
  }
  return read;
}

const AvatarInfo* AvatarMetadata::in_band() const {
  const auto place = std::find_if(infos.begin(), infos.end(), [](const AvatarInfo& info) { return info.url.empty(); });
  return place == infos.end() ? nullptr : &*place;
}

void AvatarMetadata::write(xml::Writer& writer) const {
  writer.open("metadata", avatar::metadata_ns);
  for (const auto& info : infos) {
    writer.open("info").attribute("id", info.id).attribute("type", info.type);
    writer.attribute("bytes", std::to_string(info.bytes));
    if (info.width) writer.attribute("width", std::to_string(*info.width));
    if (info.height) writer.attribute("height", std::to_string(*info.height));
    if (!info.url.empty()) writer.attribute("url", info.url);
    writer.close();
  }
  writer.close();
}

std::optional<AvatarImage> AvatarImage::parse(const xml::Element& data) {
  if (!data.is("data", avatar::data_ns)) return std::nullopt;
  auto image = base64_decode_lines(data.text());
  if (!image || image->empty()) return std::nullopt;
  return AvatarImage{*std::move(image)};
}

void AvatarImage::write(xml::Writer& writer) const {
  writer.open("data", avatar::data_ns).text(base64_encode(image)).close();
}

std::optional<AvatarUpdate> AvatarUpdate::find(const xml::Element& presence) {
  const auto x = presence.child("x", avatar::update_ns);
  if (!x) return std::nullopt;
  const auto photo = x.child("photo");
  if (!photo) return AvatarUpdate{};
  return AvatarUpdate{std::string(trim(photo.text()))};
}

void AvatarUpdate::write(xml::Writer& writer) const {
  writer.open("x", avatar::update_ns);
  if (photo) {
    writer.open("photo");
    if (!photo->empty()) writer.text(*photo);
    writer.close();
  }
  writer.close();
}

}  // namespace queqiao::xmpp
