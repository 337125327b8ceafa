#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "xml/element.h"
#include "xml/writer.h"

// XEP-0059 Result Set Management 1.0: pages of a long answer. Pure values: any thread.
namespace queqiao::xmpp {

// Which page is wanted. At most one of `after`, `before` and `index` is set.
struct ResultSetRequest {
  std::optional<std::uint32_t> max;    // 0: only the count is wanted (2.7)
  std::optional<std::string> after;    // 2.3: the page behind this id
  std::optional<std::string> before;   // 2.4: the page in front of this id; an empty one asks for the last page (2.5)
  std::optional<std::uint32_t> index;  // 2.6: the page that starts at this place

  // Reads the <set/> among the children of `query`; without one everything is unset. Nothing when a number is malformed
  // or when two borders are given, which deserves bad-request.
  static std::optional<ResultSetRequest> find(const xml::Element& query);
  bool is_last_page() const { return before && before->empty(); }
  void write(xml::Writer& writer) const;  // writes nothing when everything is unset
};

// Which page was sent.
struct ResultSet {
  std::optional<std::string> first, last;    // ids of the first and last item of the page; absent on an empty one
  std::optional<std::uint64_t> first_index;  // place of `first` in the whole result
  std::optional<std::uint64_t> count;        // of items in the whole result

  static ResultSet find(const xml::Element& parent);  // what is absent or malformed stays unset
  void write(xml::Writer& writer) const;
};

}  // namespace queqiao::xmpp
