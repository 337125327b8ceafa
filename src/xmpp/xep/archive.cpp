#include "xmpp/xep/archive.h"

#include <utility>

#include "base/time_text.h"
#include "xmpp/namespaces.h"

namespace queqiao::xmpp {
namespace {

constexpr std::string_view text_field = "{urn:xmpp:fulltext:0}fulltext";

StanzaError bad_request(std::string_view text) {
  return StanzaError::of(StanzaCondition::bad_request, text);
}

template <class T>
std::optional<StanzaError> store(std::optional<T>& place, std::optional<T> value, std::string_view complaint) {
  if (!value) return bad_request(complaint);
  place = std::move(value);
  return std::nullopt;
}

std::optional<StanzaError> read_field(ArchiveFilter& filter, const FormField& field) {
  if (field.name == "FORM_TYPE") return std::nullopt;
  if (field.name == "ids") {
    filter.ids = field.values;
    return std::nullopt;
  }
  if (field.values.size() != 1) return bad_request("A filter of the archive takes one value.");
  const auto& value = field.values.front();
  if (field.name == "with") return store(filter.with, Jid::parse(value), "'with' is not a JID.");
  if (field.name == "start") return store(filter.start, parse_date_time(value), "'start' is not a DateTime.");
  if (field.name == "end") return store(filter.end, parse_date_time(value), "'end' is not a DateTime.");
  if (field.name == "before-id") return store(filter.before_id, std::optional(value), {});
  if (field.name == text_field) {
    filter.text = value;
    return std::nullopt;
  }
  if (field.name == "after-id") return store(filter.after_id, std::optional(value), {});
  // XEP-0313 4.1.5: an unknown filter must not be ignored, or the answer would hold more than was asked for.
  return StanzaError::of(StanzaCondition::feature_not_implemented, "The archive has no filter of this name.");
}

std::optional<StanzaError> read_filter(ArchiveFilter& filter, const xml::Element& query) {
  const auto x = query.child("x", ns::data_forms);
  if (!x) return std::nullopt;
  const auto form = DataForm::parse(x);
  if (!form || form->type() != FormType::submit || form->form_type() != ns::archive) {
    return bad_request("The form is not one of the archive, or it is not submitted.");
  }
  for (const auto& field : form->fields) {
    if (auto error = read_field(filter, field)) return error;
  }
  return std::nullopt;
}

DataForm form_of(const ArchiveFilter& filter) {
  DataForm form(FormType::submit, ns::archive);
  if (filter.with) form.add("with", filter.with->text());
  if (filter.start) form.add("start", format_date_time(*filter.start));
  if (filter.end) form.add("end", format_date_time(*filter.end));
  if (filter.before_id) form.add("before-id", *filter.before_id);
  if (filter.after_id) form.add("after-id", *filter.after_id);
  if (!filter.text.empty()) form.add(text_field, filter.text);
  if (!filter.ids.empty()) {
    FormField ids;
    ids.name = "ids";
    ids.values = filter.ids;
    form.add(std::move(ids));
  }
  return form;
}

FormField empty_field(std::string_view name, FieldType type) {
  FormField field;
  field.name = name;
  field.type = type;
  return field;
}

std::optional<ArchiveBounds::Entry> read_entry(const xml::Element& element) {
  const auto time = parse_date_time(element.attribute("timestamp"));
  if (!time) return std::nullopt;
  return ArchiveBounds::Entry{std::string(element.attribute("id")), *time};
}

void write_entry(xml::Writer& writer, std::string_view name, const std::optional<ArchiveBounds::Entry>& entry) {
  if (!entry) return;
  writer.open(name).attribute("id", entry->id).attribute("timestamp", format_date_time(entry->time)).close();
}

}  // namespace

std::variant<ArchiveRequest, StanzaError> ArchiveRequest::parse(const xml::Element& query) {
  ArchiveRequest request;
  request.query_id = query.attribute("queryid");
  request.is_flipped = static_cast<bool>(query.child("flip-page"));
  const auto page = ResultSetRequest::find(query);
  if (!page) return bad_request("The page that was asked for cannot be read.");
  request.page = *page;
  if (auto error = read_filter(request.filter, query)) return *std::move(error);
  return request;
}

void ArchiveRequest::write(xml::Writer& writer) const {
  writer.open("query", ns::archive);
  if (!query_id.empty()) writer.attribute("queryid", query_id);
  if (const auto form = form_of(filter); form.fields.size() > 1) form.write(writer);
  page.write(writer);
  if (is_flipped) writer.open("flip-page").close();
  writer.close();
}

void write_archive_form(xml::Writer& writer, bool has_text_search) {
  DataForm form(FormType::form, ns::archive);
  form.add(empty_field("with", FieldType::jid_single));
  for (const auto* name : {"start", "end", "before-id", "after-id"}) {
    form.add(empty_field(name, FieldType::text_single));
  }
  if (has_text_search) form.add(empty_field(text_field, FieldType::text_single));
  auto ids = empty_field("ids", FieldType::list_multi);
  // XEP-0122: any value may be given, since the list of all ids would be as long as the archive.
  ids.extra = "<validate xmlns='http://jabber.org/protocol/xdata-validate' datatype='xs:string'><open/></validate>";
  form.add(std::move(ids));
  writer.open("query", ns::archive);
  form.write(writer);
  writer.close();
}

std::optional<ArchiveResult> ArchiveResult::read(const xml::Element& message, const Jid& archive,
                                                 const Jid& own_account) {
  const auto from = message.attribute("from");
  const bool is_own_archive = archive.text() == own_account.bare_text();
  if (from != archive.text() && !(is_own_archive && from.empty())) return std::nullopt;
  const auto result = message.child("result", ns::archive);
  const auto forwarded = Forwarded::find(result);
  if (!forwarded) return std::nullopt;
  return ArchiveResult{result.attribute("id"), result.attribute("queryid"), *forwarded};
}

bool claims_archive_result(const xml::Element& message) {
  return static_cast<bool>(message.child("result", ns::archive));
}

void write_archive_result(xml::Writer& writer, std::string_view query_id, std::string_view id, WallTime received,
                          std::string_view stanza) {
  writer.open("result", ns::archive);
  if (!query_id.empty()) writer.attribute("queryid", query_id);
  writer.attribute("id", id);
  write_forwarded(writer, stanza, Delay{received, {}, {}});
  writer.close();
}

std::optional<ArchiveEnd> ArchiveEnd::find(const xml::Element& iq) {
  const auto fin = iq.child("fin", ns::archive);
  if (!fin) return std::nullopt;
  const auto complete = fin.attribute("complete");
  const auto stable = fin.attribute("stable");
  return ArchiveEnd{complete == "true" || complete == "1", stable != "false" && stable != "0", ResultSet::find(fin)};
}

void ArchiveEnd::write(xml::Writer& writer) const {
  writer.open("fin", ns::archive);
  if (is_complete) writer.attribute("complete", "true");
  if (!is_stable) writer.attribute("stable", "false");
  page.write(writer);
  writer.close();
}

std::optional<ArchiveBounds> ArchiveBounds::find(const xml::Element& iq) {
  const auto metadata = iq.child("metadata", ns::archive);
  if (!metadata) return std::nullopt;
  return ArchiveBounds{read_entry(metadata.child("start")), read_entry(metadata.child("end"))};
}

void ArchiveBounds::write(xml::Writer& writer) const {
  writer.open("metadata", ns::archive);
  write_entry(writer, "start", first);
  write_entry(writer, "end", last);
  writer.close();
}

}  // namespace queqiao::xmpp
