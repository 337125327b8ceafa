// The payloads of extensions: no element makes a parser fall over, and what was understood can be written and is
// understood again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "xml/parser.h"
#include "xml/writer.h"
#include "xmpp/xep/archive.h"
#include "xmpp/xep/avatar.h"
#include "xmpp/xep/carbons.h"
#include "xmpp/xep/data_form.h"
#include "xmpp/xep/delay.h"
#include "xmpp/xep/disco.h"
#include "xmpp/xep/file_sharing.h"
#include "xmpp/xep/forwarded.h"
#include "xmpp/xep/message_references.h"
#include "xmpp/xep/message_signals.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/pubsub.h"
#include "xmpp/xep/pubsub_config.h"
#include "xmpp/xep/registration.h"
#include "xmpp/xep/result_set.h"
#include "xmpp/xep/roster.h"
#include "xmpp/xep/stanza_ids.h"
#include "xmpp/xep/upload.h"
#include "xmpp/xep/user_search.h"
#include "xmpp/xep/vcard.h"

namespace {

using namespace queqiao;
using namespace queqiao::xmpp;

// What is written may have more bytes and declarations than what was read.
constexpr xml::ParserLimits generous{.element_bytes = 1 << 24,
                                     .depth = 256,
                                     .attributes = 1 << 10,
                                     .name_bytes = 1 << 12,
                                     .elements = 1 << 16,
                                     .namespaces = 1 << 16};

template <class T>
bool is_given(const std::optional<T>& read) {
  return read.has_value();
}
template <class T>
bool is_given(const std::variant<T, StanzaError>& read) {
  return std::holds_alternative<T>(read);
}
template <class T>
const T& value_of(const std::optional<T>& read) {
  return *read;
}
template <class T>
const T& value_of(const std::variant<T, StanzaError>& read) {
  return std::get<T>(read);
}

// `parse` reads the payload itself, or finds it in the element around it.
template <class Parse>
void check(const xml::Element& element, Parse parse, bool is_inside = false) {
  const auto read = parse(element);
  if (!is_given(read)) return;
  auto written = to_xml(value_of(read));
  if (is_inside) written = "<outer>" + written + "</outer>";
  xml::Document document;
  QUEQIAO_ASSERT(xml::parse_element(written, document, generous) == xml::ParseError::none);
  const auto again = parse(document.root());
  QUEQIAO_ASSERT(is_given(again));
  auto twice = to_xml(value_of(again));
  if (is_inside) twice = "<outer>" + twice + "</outer>";
  QUEQIAO_ASSERT(twice == written);
}

void check_values(const xml::Element& element) {
  check(element, DataForm::parse);
  check(element, [](const xml::Element& e) { return Delay::parse(e); });
  check(element, DiscoInfo::parse);
  check(element, DiscoItems::parse);
  check(element, Registration::parse);
  check(element, RosterQuery::parse);
  check(element, ArchiveRequest::parse);
  check(element, FoundUsers::parse);
  check(element, [](const xml::Element& e) { return ProfilePrivacy::parse(e); });
  check(element, UploadRequest::parse);
  check(element, UploadSlot::parse);
  check(element, FileMetadata::parse);
  check(element, FileSharing::find, true);
  check(element, OutOfBand::find, true);
  check(element, Capabilities::find, true);
  check(element, ChatMarker::find, true);
  check(element, Tombstone::find, true);
  check(element, Reactions::find, true);
  check(element, ReplyTo::find, true);
  check(element, ResultSetRequest::find, true);
  check(element, ArchiveEnd::find, true);
  check(element, ArchiveBounds::find, true);
  check(
      element, [](const xml::Element& e) { return std::optional(ResultSet::find(e)); }, true);
}

void check_pubsub(const xml::Element& element) {
  check(element, PubsubPublication::parse);
  check(element, PubsubItemsRequest::parse);
  check(element, PubsubItems::parse);
  check(element, PubsubRetraction::parse);
  check(element, PubsubEvent::parse);
  check(element, AvatarMetadata::parse);
  check(element, AvatarImage::parse);
  check(element, AvatarUpdate::find, true);
  check(element, VCard::parse);
  // A configuration that was taken from a form is what its own form says.
  const auto form = DataForm::parse(element);
  NodeConfig config;
  if (!form || config.apply(*form, false)) return;
  NodeConfig again;
  QUEQIAO_ASSERT(!again.apply(config.form(FormType::submit), true) && again == config);
  QUEQIAO_ASSERT(config.meets(config.form(FormType::submit)));
}

void check_forwarded(const Forwarded& forwarded) {
  std::string bytes, written = "<outer>";
  xml::write(bytes, forwarded.stanza, {});
  {
    xml::Writer writer(written);
    write_forwarded(writer, bytes, forwarded.delay);
  }
  written += "</outer>";
  xml::Document document;
  QUEQIAO_ASSERT(xml::parse_element(written, document, generous) == xml::ParseError::none);
  const auto again = Forwarded::find(document.root());
  QUEQIAO_ASSERT(again && again->stanza.name() == forwarded.stanza.name());
  QUEQIAO_ASSERT(again->delay.has_value() == forwarded.delay.has_value());
}

// What says who speaks for whom: only reading, and only for the right sender.
void check_views(const xml::Element& element) {
  const auto account = *Jid::parse("juliet@capulet.lit");
  if (const auto inside = Forwarded::find(element)) check_forwarded(*inside);
  if (const auto carbon = read_carbon(element, account)) {
    QUEQIAO_ASSERT(claims_carbon(element) && element.attribute("from") == account.text());
    check_forwarded(carbon->forwarded);
  }
  if (const auto result = ArchiveResult::read(element, account, account)) {
    QUEQIAO_ASSERT(claims_archive_result(element));
    check_forwarded(result->forwarded);
  }
  if (read_roster_push(element, account)) QUEQIAO_ASSERT(claims_roster_push(element));
  is_carbon_private(element);
  read_chat_state(element);
  wants_attention(element);
  for (const auto feature : {ns::replies, ns::retraction}) {
    QUEQIAO_ASSERT(body_without_fallback(element, feature).size() <= element.child("body").text().size());
  }
  stanza_id(element, account.text());
  origin_id(element);
  read_error(element);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  xml::Document document;
  if (xml::parse_element(text, document, {}, "jabber:client") != xml::ParseError::none) return 0;
  const auto root = document.root();
  check_values(root);
  check_pubsub(root);
  check_views(root);
  for (const auto child : root.children()) {
    check_values(child);
    check_pubsub(child);
  }
  if (const auto info = DiscoInfo::parse(root)) capabilities_version(*info);
  if (const auto asked = Registration::parse(root)) answer_registration(*asked, {{"username", "a"}, {"password", "b"}});
  return 0;
}
