// XEP-0198 Stream Management 1.6: acknowledgements and resumption.
#include <algorithm>
#include <deque>
#include <map>
#include <optional>

#include "base/crypto.h"
#include "base/hash.h"
#include "base/text.h"
#include "server/client_connection.h"
#include "server/shard.h"
#include "xml/writer.h"
#include "xmpp/namespaces.h"

namespace queqiao::server {
namespace {

using xmpp::ns::stream_management;

std::string failed(std::string_view condition, std::optional<std::uint32_t> handled = std::nullopt) {
  std::string out;
  xml::Writer writer(out);
  writer.open("failed", stream_management);
  if (handled) writer.attribute("h", std::to_string(*handled));
  writer.open(condition, xmpp::ns::stanza_errors).close().close();
  return out;
}

std::string answer(std::uint32_t handled) {
  std::string out;
  xml::Writer(out).open("a", stream_management).attribute("h", std::to_string(handled)).close();
  return out;
}

constexpr std::string_view request = "<r xmlns='urn:xmpp:sm:3'/>";

bool is_true(std::string_view text) {
  return text == "true" || text == "1";
}

// Whether the counter `h` has come to `number`; both wrap at 2^32 (XEP-0198 4).
bool has_reached(std::uint32_t h, std::uint32_t number) {
  return static_cast<std::int32_t>(h - number) >= 0;
}

// A resumption that waits until everything that the old connection brought is durable: before that nobody can say which
// stanzas the client must send again.
struct Waiting {
  std::uint64_t connection;
  xmpp::ServerStream* stream;  // of that connection
  std::uint32_t h;
};

// What is left of a session that could have been resumed.
struct Ended {
  std::string user;
  std::uint32_t handled;
};

class StreamManagement final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    shard.add_stream_feature("<sm xmlns='urn:xmpp:sm:3'/>");
    const auto on = [&](std::string_view name, void (StreamManagement::*action)(Session&, const xml::Element&)) {
      shard.on_nonza(name, stream_management, [this, action](Session& session, const xml::Element& element) {
        (this->*action)(session, element);
      });
    };
    on("enable", &StreamManagement::enable);
    on("r", &StreamManagement::requested);
    on("a", &StreamManagement::acknowledged);
    on("resume", &StreamManagement::resume_when_bound);
    shard.hooks().handled.push_back([this](Session& session) { handled(session); });
    shard.hooks().ended.push_back([this](Session& session) {
      waiting_ended(session);
      remember(session);
    });
    shard.hooks().resume = [this](ClientConnection& connection, xmpp::ServerStream& stream,
                                  const xml::Element& element) { resume(connection, stream, element); };
  }

 private:
  static void write(Session& session, std::string_view nonza) {
    if (session.connection()) session.connection()->write(nonza);
  }

  void enable(Session& session, const xml::Element& element) {
    if (session.resumption()) return write(session, failed("unexpected-request"));
    const auto time = resumption_time(element);
    const bool is_resumable = is_true(element.attribute("resume")) && time.count() > 0;
    std::string enabled;
    xml::Writer writer(enabled);
    writer.open("enabled", stream_management);
    std::string token;
    if (is_resumable) {
      token = random_id();
      writer.attribute("id", token).attribute("resume", "true");
      writer.attribute("max", std::to_string(time.count()));
    }
    writer.close();
    shard_->enable_resumption(session, std::move(token), time);
    write(session, enabled);
  }

  // 5: at most what the client wishes, at most what the operator allows.
  std::chrono::seconds resumption_time(const xml::Element& enable) const {
    const auto most = shard_->config().resumption_timeout;
    const auto wish = parse_number<std::uint32_t>(enable.attribute("max"));
    return wish && *wish > 0 ? std::min(most, std::chrono::seconds(*wish)) : most;
  }

  // An answer promises that everything up to h is durable, so it comes when what lies before the question is.
  void requested(Session& session, const xml::Element&) {
    auto& resumption = session.resumption();
    if (!resumption) return write(session, failed("unexpected-request"));
    if (resumption->answer_due) {
      resumption->is_asked_again = true;
      return;
    }
    resumption->answer_due = resumption->inbound.received();
    answer_if_due(session);
  }

  void answer_if_due(Session& session) {
    auto& resumption = *session.resumption();
    const auto h = resumption.inbound.handled();
    if (!resumption.answer_due || !has_reached(h, *resumption.answer_due)) return;
    resumption.answer_due.reset();
    write(session, answer(h));
    if (std::exchange(resumption.is_asked_again, false) && h != resumption.inbound.received()) {
      resumption.answer_due = resumption.inbound.received();
    }
  }

  void acknowledged(Session& session, const xml::Element& element) {
    if (!session.resumption()) return write(session, failed("unexpected-request"));
    const auto h = parse_number<std::uint32_t>(element.attribute("h"));
    if (!h) return session.connection()->end("bad-format", "An acknowledgement needs its 'h'.");
    auto& resumption = *session.resumption();
    const auto before = resumption.outbound.unacknowledged().size();
    if (!acknowledge(session, *h)) return refuse_too_high(*session.connection(), resumption, *h);
    const auto open = resumption.outbound.unacknowledged().size();
    // Something is still open: ask again, but not one who has just said that there is nothing new.
    const bool asks = open > 0 && open < before;
    if (asks) write(session, request);
    resumption.sent_since_request = asks ? 1 : 0;
    for (const auto& hook : shard_->hooks().acknowledged) hook(session);
  }

  bool acknowledge(Session& session, std::uint32_t h) {
    std::uint64_t confirmed = 0;
    if (session.resumption()->outbound.acknowledge(h, confirmed) == xmpp::AckQueue::Outcome::too_high) return false;
    if (confirmed) shard_->set_served(session.user(), confirmed);
    return true;
  }

  // XEP-0198 4: a peer that has handled more than it was sent has lost count.
  static void refuse_too_high(ClientConnection& connection, const Resumption& resumption, std::uint32_t h) {
    const auto sent =
        resumption.outbound.acknowledged() + static_cast<std::uint32_t>(resumption.outbound.unacknowledged().size());
    std::string condition;
    xml::Writer(condition)
        .open("handled-count-too-high", stream_management)
        .attribute("h", std::to_string(h))
        .attribute("send-count", std::to_string(sent))
        .close();
    connection.end("undefined-condition", "You acknowledged stanzas that were never sent.", condition);
  }

  void resume_when_bound(Session& session, const xml::Element&) { write(session, failed("unexpected-request")); }

  void handled(Session& session) {
    answer_if_due(session);
    const auto place = waiting_.find(session.id());
    if (place == waiting_.end() || session.resumption()->inbound.is_holding()) return;
    const auto waiting = place->second;
    waiting_.erase(place);
    auto* connection = shard_->connection(waiting.connection);
    // It may have run out of time meanwhile.
    if (connection && !connection->is_ended()) complete(*connection, *waiting.stream, session, waiting.h);
  }

  void resume(ClientConnection& connection, xmpp::ServerStream& stream, const xml::Element& element) {
    const auto h = parse_number<std::uint32_t>(element.attribute("h"));
    if (!h) return stream.refuse_resume(failed("bad-request"));
    Session* session = shard_->find_resumable(element.attribute("previd"));
    // The token names the session; only who logged in as its user may have it.
    if (!session || session->user().name != stream.user()) return stream.refuse_resume(gone(element, stream.user()));
    // Before anything happens to the session: the old connection may be alive and well.
    const auto& resumption = *session->resumption();
    if (!resumption.outbound.may_acknowledge(*h)) return refuse_too_high(connection, resumption, *h);
    detach(*session);
    if (session->resumption()->inbound.is_holding()) {
      waiting_.insert_or_assign(session->id(), Waiting{connection.id(), &stream, *h});
      return;
    }
    complete(connection, stream, *session, *h);
  }

  // The old connection may look alive for long after the client has lost it. The session stays, and its time runs.
  void detach(Session& session) {
    if (auto* old = session.connection()) {
      session.attach(nullptr);
      old->forget_session();
      old->end("conflict", "Resumed on a new connection.");
      shard_->connection_lost(session);
    }
    // Of two that try at once the newer one wins.
    const auto place = waiting_.find(session.id());
    if (place == waiting_.end()) return;
    if (auto* older = shard_->connection(place->second.connection))
      older->end("conflict", "Resumed on a new connection.");
    waiting_.erase(place);
  }

  void complete(ClientConnection& connection, xmpp::ServerStream&, Session& session, std::uint32_t h) {
    auto& resumption = *session.resumption();
    if (!acknowledge(session, h)) return refuse_too_high(connection, resumption, h);
    shard_->loop().cancel(std::exchange(resumption.timeout, 0));
    resumption.answer_due.reset();
    resumption.is_asked_again = false;
    std::string resumed;
    xml::Writer(resumed)
        .open("resumed", stream_management)
        .attribute("h", std::to_string(resumption.inbound.handled()))
        .attribute("previd", resumption.token)
        .close();
    connection.send_output();
    connection.write(resumed);
    connection.resume_session(session);
    for (const auto& sent : resumption.outbound.unacknowledged()) connection.write(sent.stanza);
    resumption.sent_since_request = 0;
    if (!resumption.outbound.unacknowledged().empty()) {
      connection.write(request);
      resumption.sent_since_request = 1;
    }
    for (const auto& hook : shard_->hooks().resumed) hook(session);
    for (const auto& hook : shard_->hooks().acknowledged) hook(session);
    connection.go_on_later();
  }

  // 5: a client whose session is over still learns which of its stanzas arrived, as long as we remember.
  void remember(const Session& session) {
    constexpr std::size_t most_ended = 2'000;
    if (!session.resumption() || session.resumption()->token.empty()) return;
    const auto& token = session.resumption()->token;
    ended_.insert_or_assign(token, Ended{session.user().name, session.resumption()->inbound.handled()});
    ended_order_.push_back(token);
    if (ended_order_.size() <= most_ended) return;
    ended_.erase(ended_order_.front());
    ended_order_.pop_front();
  }

  std::string gone(const xml::Element& resume, const std::string& user) const {
    const auto place = ended_.find(resume.attribute("previd"));
    if (place == ended_.end() || place->second.user != user) return failed("item-not-found");
    return failed("item-not-found", place->second.handled);
  }

  void waiting_ended(Session& session) {
    const auto place = waiting_.find(session.id());
    if (place == waiting_.end()) return;
    const auto waiting = place->second;
    waiting_.erase(place);
    auto* connection = shard_->connection(waiting.connection);
    if (!connection || connection->is_ended()) return;
    waiting.stream->refuse_resume(failed("item-not-found"));
    connection->send_output();
    connection->go_on_later();
  }

  Shard* shard_ = nullptr;                    // not owned
  std::map<std::uint64_t, Waiting> waiting_;  // by session
  TextMap<Ended> ended_;                      // by token
  std::deque<std::string> ended_order_;       // the oldest first
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(stream_management, StreamManagement)
