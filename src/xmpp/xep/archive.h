#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/event_loop.h"
#include "xml/element.h"
#include "xml/writer.h"
#include "xmpp/jid.h"
#include "xmpp/stanza.h"
#include "xmpp/xep/data_form.h"
#include "xmpp/xep/forwarded.h"
#include "xmpp/xep/result_set.h"

// XEP-0313 Message Archive Management 1.1. Pure values: any thread.
namespace queqiao::xmpp {

inline constexpr std::string_view archive_extended_feature = "urn:xmpp:mam:2#extended";
inline constexpr std::string_view archive_text_feature = "urn:xmpp:fulltext:0";  // XEP-0431 0.2

// Which messages are wanted (4.1). Everything that is absent filters nothing.
struct ArchiveFilter {
  std::optional<Jid> with;
  std::optional<WallTime> start, end;              // inclusive
  std::optional<std::string> before_id, after_id;  // exclusive
  std::vector<std::string> ids;
  std::string text;  // XEP-0431: words that a body must have, as the server understands them; empty filters nothing
};

struct ArchiveRequest {
  std::string query_id;  // may be empty
  ArchiveFilter filter;
  ResultSetRequest page;
  bool is_flipped = false;  // 4.3.4: newest first within the page

  // Reads <query xmlns='urn:xmpp:mam:2'/>; on failure the stanza error that the asker deserves: feature-not-implemented
  // for a field that is not known (4.1.5), bad-request for a value that cannot be read.
  static std::variant<ArchiveRequest, StanzaError> parse(const xml::Element& query);
  void write(xml::Writer& writer) const;
};

// 4.1.5: the answer to <iq type='get'><query/></iq>, the form with the fields of ArchiveFilter.
void write_archive_form(xml::Writer& writer, bool has_text_search = false);

struct ArchiveResult {
  std::string_view id;  // views of the outer message
  std::string_view query_id;
  Forwarded forwarded;

  // The result that `message` carries. `archive` is the bare JID that was asked: nothing unless the message is from it.
  // A user's own server may also leave 'from' out (RFC 6120 8.1.2.1), hence `own_account`. Whether `query_id` is one's
  // own is for the caller to compare.
  static std::optional<ArchiveResult> read(const xml::Element& message, const Jid& archive, const Jid& own_account);
};
bool claims_archive_result(const xml::Element& message);
// The payload of a message that carries one result; `stanza` has the form that write_forwarded() asks for.
void write_archive_result(xml::Writer& writer, std::string_view query_id, std::string_view id, WallTime received,
                          std::string_view stanza);

// 4.3: the end of an answer.
struct ArchiveEnd {
  bool is_complete = false;
  bool is_stable = true;
  ResultSet page;

  static std::optional<ArchiveEnd> find(const xml::Element& iq);
  void write(xml::Writer& writer) const;
};

// 5: the first and the last entry of an archive; both are absent when it is empty.
struct ArchiveBounds {
  struct Entry {
    std::string id;
    WallTime time;
  };
  std::optional<Entry> first, last;

  static std::optional<ArchiveBounds> find(const xml::Element& iq);
  void write(xml::Writer& writer) const;
};

}  // namespace queqiao::xmpp
