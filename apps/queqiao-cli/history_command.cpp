#include <string>
#include <vector>

#include "base/time_text.h"
#include "command.h"
#include "message.h"
#include "printer.h"
#include "session.h"
#include "xmpp/xep/archive.h"
#include "xmpp/xep/payload.h"

// history: XEP-0313 Message Archive Management.
namespace queqiao::cli {
namespace {

// A border is a time, or the archive's id of a message.
xmpp::ArchiveRequest request_of(const Options& options, std::string query_id) {
  xmpp::ArchiveRequest request;
  request.query_id = std::move(query_id);
  if (!options.peer.empty()) request.filter.with = options.peer;
  request.page.max = options.limit;
  request.filter.end = parse_date_time(options.before);
  request.filter.start = parse_date_time(options.after);
  const bool is_after_id = !options.after.empty() && !request.filter.start;
  const bool is_before_id = !options.before.empty() && !request.filter.end;
  if (is_after_id) {
    request.page.after = options.after;
    // XEP-0059 has no page between two ids; XEP-0313 4.1.3 has a filter for it.
    if (is_before_id) request.filter.before_id = options.before;
  } else if (is_before_id) {
    request.page.before = options.before;
  } else if (options.after.empty()) {
    request.page.before = "";  // the newest
  }
  return request;
}

class History final : public Command {
 public:
  void online(Session& session, bool) override {
    messages_.clear();
    query_id_ = session.stream().make_id();
    session.ask(xmpp::IqType::set, {}, to_xml(request_of(session.options(), query_id_)),
                [this, &session](const xml::Element&) {
                  for (const auto& message : messages_) print_message(message, session.options().is_json);
                  session.finish(ExitCode::done);
                });
  }
  void received(Session& session, const xml::Element& stanza) override {
    const auto& account = session.options().account;
    const auto result = xmpp::ArchiveResult::read(stanza, account.bare(), account);
    if (!result || result->query_id != query_id_ || messages_.size() >= session.options().limit) return;
    auto message = read_plain_message(result->forwarded.stanza, account, {});
    if (!message) return;
    message->archive_id = result->id;
    if (result->forwarded.delay) message->time = result->forwarded.delay->stamp;
    messages_.push_back(*std::move(message));
  }

 private:
  std::string query_id_;
  std::vector<Message> messages_;  // oldest first, as they come
};

}  // namespace

std::unique_ptr<Command> make_history(const Options&) {
  return std::make_unique<History>();
}

}  // namespace queqiao::cli
