#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/event_loop.h"
#include "xml/element.h"
#include "xml/writer.h"

// Files in messages: XEP-0446 File metadata 0.2.0, XEP-0447 Stateless file sharing 0.3.0, XEP-0300 hashes 1.0, XEP-0264
// thumbnails 0.4, and XEP-0066 Out of Band Data 1.5 for clients that know nothing newer. Pure values: any thread.
namespace queqiao::xmpp {

namespace ns {
inline constexpr std::string_view file_metadata = "urn:xmpp:file:metadata:0";
inline constexpr std::string_view file_sharing = "urn:xmpp:sfs:0";
inline constexpr std::string_view hashes = "urn:xmpp:hashes:2";
inline constexpr std::string_view thumbnails = "urn:xmpp:thumbs:1";
inline constexpr std::string_view url_data = "http://jabber.org/protocol/url-data";
inline constexpr std::string_view out_of_band = "jabber:x:oob";
}  // namespace ns

struct FileHash {
  std::string algorithm;  // "sha-256"
  std::string digest;     // raw bytes
};

struct Thumbnail {
  std::string uri;                      // "cid:…" (XEP-0231) or "data:…"
  std::string type;                     // media type; may be empty
  std::uint32_t width = 0, height = 0;  // in pixels; 0: not told
};

// What is known about a file. All of it is what the sender says.
struct FileMetadata {
  struct Dimensions {
    std::uint32_t width = 0, height = 0;  // in pixels
  };
  std::string name;  // may be empty; see safe_file_name() before a file is made of it
  std::string type;  // media type; may be empty
  std::string description;
  std::optional<std::uint64_t> size;  // in bytes
  std::optional<WallTime> modified;
  std::optional<Dimensions> dimensions;
  std::optional<std::chrono::milliseconds> length;  // of sound or film
  std::vector<FileHash> hashes;
  std::vector<Thumbnail> thumbnails;

  static std::optional<FileMetadata> parse(const xml::Element& file);  // nothing when it is no such element
  void write(xml::Writer& writer) const;
  const FileHash* hash(std::string_view algorithm) const;  // null when there is none
};

// A file that a message shares.
struct FileSharing {
  enum class Disposition : unsigned char { unspecified, attachment, inline_view };

  Disposition disposition = Disposition::unspecified;
  FileMetadata file;
  std::vector<std::string> urls;  // where it is to be had, http and https alone

  static std::optional<FileSharing> find(const xml::Element& message);  // nothing without metadata
  void write(xml::Writer& writer) const;
};

// The <x/> of a message that is nothing but a link, which older clients show as a picture or a file.
struct OutOfBand {
  std::string url;
  std::string description;  // may be empty

  static std::optional<OutOfBand> find(const xml::Element& message);  // nothing unless it is http or https
  void write(xml::Writer& writer) const;
};

// All that a message which shares a file has in it: <body/> with the address alone, as XEP-0447 3.1 wants it for older
// clients, the file, and the out-of-band link to its first address. `shared` has at least one.
void write_shared_file(xml::Writer& writer, const FileSharing& shared);

// `name` as a name in a folder of ours, whatever its sender meant by it: without folders, control characters and
// leading dots, and of at most 200 bytes with its ending kept; "file" when nothing is left.
std::string safe_file_name(std::string_view name);

}  // namespace queqiao::xmpp
