#include "client/core/messages/archive_sync.h"

#include <QTimer>
#include <algorithm>
#include <chrono>
#include <utility>

#include "client/core/messages/received_message.h"
#include "client/core/qt_text.h"
#include "client/core/session.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/payload.h"

namespace queqiao::client {
namespace {

constexpr std::uint32_t sync_page = 100, older_page = 50;  // messages
// A new machine shows so many messages at least, if so many pages have them: half of an archive are receipts.
constexpr int first_contents = 100, first_pages = 5;
constexpr std::size_t most_results = 1000;  // of one answer; what a server sends beyond is dropped

WallTime wall_time(qint64 microseconds) {
  return WallTime(std::chrono::microseconds(microseconds));
}

bool is_item_not_found(const xmpp::IqAnswer& answer) {
  return answer.kind == xmpp::IqAnswer::Kind::error && answer.error.condition == xmpp::StanzaCondition::item_not_found;
}

}  // namespace

ArchiveSync::ArchiveSync(Session& session, LocalHistory& history, MessageIntake& intake, QObject* parent)
    : QObject(parent), session_(session), history_(history), intake_(intake) {
  connect(&session_, &Session::online, this, [this](bool is_resumed) {
    if (!is_resumed) intake_.set_following(false);
  });
  connect(&session_, &Session::features_known, this, &ArchiveSync::begin);
}

void ArchiveSync::begin() {
  if (!session_.account_has(xmpp::ns::archive)) return emit caught_up();
  xmpp::ArchiveRequest request;
  request.page.max = sync_page;
  request.page.before = "";  // XEP-0059 2.5: the last page
  ask({.purpose = Purpose::newest}, std::move(request));
}

void ArchiveSync::ask(Query query, xmpp::ArchiveRequest request) {
  request.query_id = session_.make_id();
  const auto id = to_qt(request.query_id);
  queries_.insert(id, std::move(query));
  session_.request(xmpp::IqType::set, {}, xmpp::to_xml(request), [this, id](const xmpp::IqAnswer& answer) {
    if (auto asked = queries_.find(id); asked != queries_.end()) {
      auto taken = std::move(*asked);
      queries_.erase(asked);
      answered(std::move(taken), answer);
    }
  });
}

bool ArchiveSync::take(const xml::Element& message) {
  if (!xmpp::claims_archive_result(message)) return false;
  const auto result = xmpp::ArchiveResult::read(message, session_.account(), session_.account());
  const auto query = result ? queries_.find(to_qt(result->query_id)) : queries_.end();
  if (query == queries_.end() || query->results.size() >= most_results || !result->forwarded.delay) return true;
  const auto time = result->forwarded.delay->stamp.time_since_epoch().count();
  // On a new machine everything that the archive has is old.
  const bool is_known =
      query->purpose == Purpose::gap || (query->purpose == Purpose::newest && history_.archive().newest());
  const Origin origin{is_known ? Way::archive : Way::older, result->id, time};
  query->results.push_back(
      {{to_qt(result->id), time}, read_message(result->forwarded.stanza, session_.account(), origin)});
  return true;
}

void ArchiveSync::answered(Query query, const xmpp::IqAnswer& answer) {
  const auto end = answer.is_result() ? xmpp::ArchiveEnd::find(answer.iq) : std::nullopt;
  if (!end) return refused(std::move(query), answer);
  // Behind what came before: it may be the same.
  intake_.put([this, query = std::move(query), is_complete = end->is_complete]() mutable {
    store(std::move(query), is_complete);
    return true;
  });
}

void ArchiveSync::store(Query query, bool is_complete) {
  order(query);
  for (auto& result : query.results) {
    if (!result.received) continue;
    if (result.received->has_content) ++query.contents;
    result.received->quiet_before = query.quiet_before;
    intake_.put(*std::exchange(result.received, std::nullopt));
  }
  intake_.put([this, query = std::move(query), is_complete] { return finish(query, is_complete); });
}

// Servers stamp many messages with one moment, and pages come newest first: so each message gets its place in front of
// the one behind it, from the newest of the page to the oldest.
void ArchiveSync::order(Query& query) {
  for (auto result = query.results.rbegin(); result != query.results.rend(); ++result) {
    query.bound = std::min(result->place.time, query.bound - 1);
    if (!result->received) continue;
    if (result->received->has_content) query.bound = history_.free_place(query.bound);
    result->received->message.id = query.bound;
  }
}

// False: where the archive is known up to could not be stored, and nothing has happened.
bool ArchiveSync::finish(const Query& query, bool is_complete) {
  switch (query.purpose) {
    case Purpose::newest:
      return finish_newest(query, is_complete);
    case Purpose::first:
      finish_first(query, is_complete);
      return true;
    case Purpose::gap:
      return finish_gap(query, is_complete);
    case Purpose::older:
      return finish_older(query, is_complete);
  }
  return true;
}

void ArchiveSync::refused(Query query, const xmpp::IqAnswer& answer) {
  const bool is_forgotten = is_item_not_found(answer);
  if (query.purpose == Purpose::older) {
    // The place to go on from is gone: everything in front of it is, too (retention).
    if (is_forgotten) history_.chats().set_older_page(history_.chats().id_of(query.chat), {{}, true});
    return emit older_loaded(query.chat, is_forgotten);
  }
  if (query.purpose == Purpose::gap && is_forgotten) {
    if (!query.is_by_time) return ask_gap_by_time(std::move(query));
    return intake_.put([this, gap = query.gap.id] { return close_gap(gap); });
  }
  if (answer.kind != xmpp::IqAnswer::Kind::lost) emit gave_up();
}

bool ArchiveSync::finish_newest(const Query& query, bool is_complete) {
  const auto known = history_.archive().newest();
  LocalHistory::Batch batch(history_);
  if (!query.results.empty()) {
    const auto& first = query.results.front().place;
    const bool is_joined = is_complete || !known || first.time <= known->time ||
                           std::any_of(query.results.begin(), query.results.end(),
                                       [&](const auto& result) { return result.place.id == known->id; });
    if (!is_joined) history_.archive().add_gap(*known, {first.id, query.bound});
    history_.archive().set_newest(query.results.back().place);
  }
  if (!batch.commit()) return false;
  intake_.set_following(true);
  known ? ask_next_gap() : finish_first(query, is_complete);
  return true;
}

void ArchiveSync::finish_first(const Query& query, bool is_complete) {
  const bool is_enough = query.contents >= first_contents || query.pages >= first_pages;
  if (is_complete || is_enough || query.results.empty()) return ask_next_gap();
  xmpp::ArchiveRequest request;
  request.page.max = sync_page;
  request.page.before = to_utf8(query.results.front().place.id);
  ask({.purpose = Purpose::first, .bound = query.bound, .contents = query.contents, .pages = query.pages + 1},
      std::move(request));
}

void ArchiveSync::ask_next_gap() {
  const auto gap = history_.archive().newest_gap();
  if (!gap) return emit caught_up();
  xmpp::ArchiveRequest request;
  request.page.max = sync_page;
  request.page.before = to_utf8(gap->newer.id);
  ask({.purpose = Purpose::gap, .gap = *gap, .bound = gap->newer.time}, std::move(request));
}

void ArchiveSync::ask_gap_by_time(Query query) {
  xmpp::ArchiveRequest request;
  request.page.max = sync_page;
  request.page.before = "";
  // The place may have been moved forward a little, see order().
  request.filter.end = wall_time(query.gap.newer.time + 1'000'000);
  query.is_by_time = true;
  ask(std::move(query), std::move(request));
}

bool ArchiveSync::finish_gap(const Query& query, bool is_complete) {
  const auto& gap = query.gap;
  const bool is_stuck = query.results.empty() || query.results.front().place.id == gap.newer.id;
  const bool is_joined = is_complete || is_stuck || query.results.front().place.time < gap.older.time ||
                         std::any_of(query.results.begin(), query.results.end(),
                                     [&](const auto& result) { return result.place.id == gap.older.id; });
  if (is_joined) return close_gap(gap.id);
  LocalHistory::Batch batch(history_);
  history_.archive().shrink_gap(gap.id, {query.results.front().place.id, query.bound});
  if (!batch.commit()) return false;
  ask_next_gap();
  return true;
}

bool ArchiveSync::close_gap(qint64 gap) {
  LocalHistory::Batch batch(history_);
  history_.archive().close_gap(gap);
  if (!batch.commit()) return false;
  ask_next_gap();
  return true;
}

void ArchiveSync::load_older(const QString& chat) {
  const bool is_asked = std::any_of(queries_.begin(), queries_.end(), [&](const Query& query) {
    return query.purpose == Purpose::older && query.chat == chat;
  });
  if (is_asked) return;
  const auto page = history_.chats().older_page(history_.chats().id_of(chat));
  const bool has_archive = session_.account_has(xmpp::ns::archive);
  if (!page.is_whole && session_.is_online() && has_archive) return ask_older(chat);
  // Not within this call, which an answer would surprise.
  QTimer::singleShot(0, this, [this, chat, is_whole = page.is_whole] { emit older_loaded(chat, is_whole); });
}

void ArchiveSync::ask_older(const QString& chat) {
  const auto page = history_.chats().older_page(history_.chats().id_of(chat));
  xmpp::ArchiveRequest request;
  request.page.max = older_page;
  request.page.before = to_utf8(page.before.isEmpty() ? history_.oldest_archive_id(chat) : page.before);
  request.filter.with = to_jid(chat);
  Query query{.purpose = Purpose::older, .chat = chat};
  query.quiet_before = query.bound = history_.oldest(chat).value_or(query.bound);
  ask(std::move(query), std::move(request));
}

bool ArchiveSync::finish_older(const Query& query, bool is_complete) {
  const auto& chat = query.chat;
  const auto count = intake_.quiet_count(chat);
  const bool is_whole = is_complete || query.results.empty();
  LocalHistory::Batch batch(history_);
  const auto id = history_.chats().id_of(chat);
  history_.chats().set_older_page(id, {is_whole ? QString() : query.results.front().place.id, is_whole});
  if (count > 0) history_.announce_older(chat, count);
  if (!batch.commit()) return false;
  intake_.forget_quiet_count(chat);
  // A page of what was here already, or of receipts alone, is nothing to show.
  if (count == 0 && !is_whole) {
    ask_older(chat);
  } else {
    emit older_loaded(chat, is_whole);
  }
  return true;
}

}  // namespace queqiao::client
