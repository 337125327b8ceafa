#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xml/element.h"
#include "xml/writer.h"

// XEP-0084 User Avatar 1.1.4, and the <x/> of presence from XEP-0153 vCard-Based Avatars 1.1.1. Pure values: any
// thread.
namespace queqiao::xmpp {

namespace avatar {
inline constexpr std::string_view data_ns = "urn:xmpp:avatar:data";          // also the node's name
inline constexpr std::string_view metadata_ns = "urn:xmpp:avatar:metadata";  // also the node's name
inline constexpr std::string_view update_ns = "vcard-temp:x:update";

// The id of an image: its SHA-1 in lower-case hexadecimal.
std::string id_of(std::string_view image);
}  // namespace avatar

struct AvatarInfo {
  std::string id;    // SHA-1 of the image, in hexadecimal
  std::string type;  // media type
  std::uint32_t bytes = 0;
  std::optional<std::uint16_t> width, height;
  std::string url;  // where it is, when it is not an item of the data node; may be empty
};

// What the metadata node says: the same image in several formats. None: the user shows no avatar.
struct AvatarMetadata {
  std::vector<AvatarInfo> infos;

  static std::optional<AvatarMetadata> parse(const xml::Element& metadata);
  // 4.2.1: the one that the data node has; null when there is none.
  const AvatarInfo* in_band() const;
  void write(xml::Writer& writer) const;
};

// An image as the payload of the data node.
struct AvatarImage {
  std::string image;  // raw bytes

  static std::optional<AvatarImage> parse(const xml::Element& data);  // nothing when it is not base64
  void write(xml::Writer& writer) const;
};

// XEP-0153 4.1: what a presence says about the avatar.
struct AvatarUpdate {
  // Nothing: the client is not ready to say. Empty: no avatar. Else the image's id.
  std::optional<std::string> photo;

  static std::optional<AvatarUpdate> find(const xml::Element& presence);  // nothing when it says nothing at all
  void write(xml::Writer& writer) const;
};

}  // namespace queqiao::xmpp
