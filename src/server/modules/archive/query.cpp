// XEP-0313 4: pages of one's own archive; 5: its borders.
#include <algorithm>
#include <memory>

#include "base/text.h"
#include "server/modules/archive/parts.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/archive.h"
#include "xmpp/xep/payload.h"

namespace queqiao::server::archive {
namespace {

using storage::ArchiveId;
using xmpp::StanzaCondition;
using xmpp::StanzaError;

StanzaError not_found() {
  return StanzaError::of(StanzaCondition::item_not_found, "The archive has no such message.");
}

// Our ids are numbers: what is none is in no archive of ours. An empty one stands for the end where the archive begins.
bool read_id(const std::optional<std::string>& text, std::optional<ArchiveId>& id) {
  if (!text || text->empty()) return true;
  id = parse_number<ArchiveId>(*text);
  return id.has_value();
}

std::variant<storage::ArchiveQuery, StanzaError> translate(const xmpp::ArchiveRequest& request, const Config& config) {
  const auto& filter = request.filter;
  if (request.page.index)
    return StanzaError::of(StanzaCondition::feature_not_implemented, "Pages have no numbers here.");
  storage::ArchiveQuery query;
  if (filter.with) (filter.with->is_full() ? query.with_full : query.with) = filter.with->text();
  if (filter.with) query.with = filter.with->bare_text();
  if (!filter.text.empty()) {
    if (!config.has_archive_search) {
      return StanzaError::of(StanzaCondition::feature_not_implemented, "There is no search in archives here.");
    }
    query.text = filter.text;
  }
  query.start = filter.start;
  query.end = filter.end;
  query.limit = std::min(request.page.max.value_or(config.archive_page), config.archive_page_max);
  query.is_last_page = request.page.is_last_page();
  if (filter.ids.size() > config.archive_page_max)
    return StanzaError::of(StanzaCondition::resource_constraint, "Too many ids.");
  bool is_known = read_id(filter.after_id, query.after_id) && read_id(filter.before_id, query.before_id) &&
                  read_id(request.page.after, query.page_after);
  if (!query.is_last_page) is_known = is_known && read_id(request.page.before, query.page_before);
  for (const auto& text : filter.ids) {
    const auto id = parse_number<ArchiveId>(text);
    if (!id) return not_found();
    query.ids.push_back(*id);
  }
  if (!is_known) return not_found();
  return query;
}

// One question that is under way.
struct Question {
  Question(Shard& there, IqRequest iq, xmpp::ArchiveRequest asked, storage::ArchiveQuery translated)
      : shard(there),
        owner(iq.user->name),
        session(iq.session->id()),
        request(std::move(iq)),
        wanted(std::move(asked)),
        query(std::move(translated)) {}

  Shard& shard;
  std::string owner;
  std::uint64_t session;
  IqRequest request;
  xmpp::ArchiveRequest wanted;
  storage::ArchiveQuery query;
};
using QuestionPtr = std::unique_ptr<Question>;

// However large the messages are, a page is what a client can take at once; the rest is another page's.
void trim(storage::ArchivePage& page, bool is_backward, std::size_t most_bytes) {
  auto& messages = page.messages;
  std::size_t bytes = 0, count = 0;
  const auto size_at = [&](std::size_t place) {
    return messages[is_backward ? messages.size() - 1 - place : place].stanza->size();
  };
  while (count < messages.size() && (count == 0 || bytes + size_at(count) <= most_bytes)) bytes += size_at(count++);
  if (count == messages.size()) return;
  page.is_complete = false;
  const auto excess = static_cast<std::ptrdiff_t>(messages.size() - count);
  if (is_backward) {
    messages.erase(messages.begin(), messages.begin() + excess);
    page.first_index.reset();
  } else {
    messages.erase(messages.end() - excess, messages.end());
  }
}

void send_result(Shard& shard, Session& session, std::string_view query_id, const storage::ArchivedMessage& message) {
  std::string stanza;
  xmpp::write_stanza_start(stanza, "message", session.user().jid.text(), session.jid().text(), {}, {});
  stanza += '>';
  xml::Writer writer(stanza);
  xmpp::write_archive_result(writer, query_id, std::to_string(message.id), message.received, *message.stanza);
  shard.send(session, stanza.append("</message>"), xmpp::StanzaKind::message);
}

// 4.3: first the messages, to whoever asked and to nobody else, and then the end.
void send_page(Question& asked, storage::ArchivePage page) {
  Session* session = asked.shard.session(asked.session);
  if (!session) return asked.request.reply();  // nobody hears it
  trim(page, asked.query.page_before || asked.query.is_last_page, asked.shard.config().archive_page_bytes);
  xmpp::ArchiveEnd end{.is_complete = page.is_complete, .page = {}};
  end.page.count = page.count;
  end.page.first_index = page.first_index;
  if (!page.messages.empty()) {
    end.page.first = std::to_string(page.messages.front().id);
    end.page.last = std::to_string(page.messages.back().id);
  }
  if (asked.wanted.is_flipped) std::reverse(page.messages.begin(), page.messages.end());
  for (const auto& message : page.messages) send_result(asked.shard, *session, asked.wanted.query_id, message);
  asked.request.reply(xmpp::to_xml(end));
}

void refuse(Question& asked, const Error& error) {
  if (error.code == ErrorCode::not_found) return asked.request.reply_error(not_found());
  asked.request.reply_error(error);
}

void ask(QuestionPtr asked) {
  auto& [shard, owner, session, request, wanted, query] = *asked;
  auto& there = shard;
  const auto name = owner;
  const auto copy = query;
  there.store().query_archive(name, copy,
                              {&there.loop(), [asked = std::move(asked)](Result<storage::ArchivePage> page) {
                                 if (!page) return refuse(*asked, page.error());
                                 send_page(*asked, *std::move(page));
                               }});
}

// 4.1.3: the messages that border the filter must be there; the store looks only for those that border the page.
void ask_for_borders(QuestionPtr asked) {
  storage::ArchiveQuery borders;
  borders.limit = 0;
  for (const auto& id : {asked->query.after_id, asked->query.before_id}) {
    if (id) borders.ids.push_back(*id);
  }
  if (borders.ids.empty()) return ask(std::move(asked));
  auto& there = asked->shard;
  const auto name = asked->owner;
  there.store().query_archive(name, borders,
                              {&there.loop(), [asked = std::move(asked)](Result<storage::ArchivePage> found) mutable {
                                 if (!found) return refuse(*asked, found.error());
                                 ask(std::move(asked));
                               }});
}

}  // namespace

void answer_query(Shard& shard, IqRequest request) {
  if (!request.is_own_account()) return request.reply_error(StanzaCondition::forbidden);
  if (!request.is_set()) {
    std::string form;
    xml::Writer writer(form);
    xmpp::write_archive_form(writer, shard.config().has_archive_search);
    return request.reply(form);
  }
  auto parsed = xmpp::ArchiveRequest::parse(request.payload);
  if (const auto* error = std::get_if<StanzaError>(&parsed)) return request.reply_error(*error);
  auto& wanted = std::get<xmpp::ArchiveRequest>(parsed);
  auto query = translate(wanted, shard.config());
  if (const auto* error = std::get_if<StanzaError>(&query)) return request.reply_error(*error);
  ask_for_borders(std::make_unique<Question>(shard, std::move(request), std::move(wanted),
                                             std::get<storage::ArchiveQuery>(std::move(query))));
}

void answer_metadata(Shard& shard, IqRequest request) {
  if (!request.is_own_account()) return request.reply_error(StanzaCondition::forbidden);
  if (request.is_set()) return request.reply_error(StanzaCondition::bad_request);
  const std::string name = request.user->name;
  auto then = [request = std::move(request)](Result<storage::ArchiveMetadata> found) mutable {
    if (!found) return request.reply_error(found.error());
    xmpp::ArchiveBounds bounds;
    if (found->first) bounds.first = {std::to_string(found->first->first), found->first->second};
    if (found->last) bounds.last = {std::to_string(found->last->first), found->last->second};
    request.reply(xmpp::to_xml(bounds));
  };
  shard.store().archive_metadata(name, {&shard.loop(), std::move(then)});
}

}  // namespace queqiao::server::archive
