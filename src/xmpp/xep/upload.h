#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xml/element.h"
#include "xml/writer.h"
#include "xmpp/xep/disco.h"

// XEP-0363 HTTP File Upload 1.1.0: a client asks for a place, puts the file there by HTTP, and shares its address. Pure
// values: any thread.
namespace queqiao::xmpp {

namespace ns {
inline constexpr std::string_view upload = "urn:xmpp:http:upload:0";
}

// What a client wants to upload.
struct UploadRequest {
  std::string name;        // of the file, as its owner knows it
  std::uint64_t size = 0;  // in bytes
  std::string type;        // media type; may be empty

  // Nothing when it is no such request, or when the name is empty or the size is no number.
  static std::optional<UploadRequest> parse(const xml::Element& request);
  void write(xml::Writer& writer) const;
};

// Where it may be put, once, and where everybody who knows the address gets it from then on.
struct UploadSlot {
  struct Header {
    std::string name, value;
  };
  std::string put_url, get_url;
  std::vector<Header> headers;  // to be sent with the PUT

  // Nothing when an address is missing. Headers other than Authorization, Cookie and Expires are left out, and so are
  // line breaks in their values (XEP-0363 5): they would let the service write into the client's request.
  static std::optional<UploadSlot> parse(const xml::Element& slot);
  void write(xml::Writer& writer) const;
};

// What the service tells about itself in service discovery (XEP-0363 4), and its reading.
DataForm upload_limits(std::uint64_t max_file_size);
std::optional<std::uint64_t> upload_size_limit(const DiscoInfo& service);  // nothing: it tells none

// The application-specific condition of the error that refuses a file for its size, and its reading from that answer.
std::string file_too_large(std::uint64_t max_file_size);
std::optional<std::uint64_t> read_file_too_large(const xml::Element& answer);

}  // namespace queqiao::xmpp
