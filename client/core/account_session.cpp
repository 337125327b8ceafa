#include "client/core/account_session.h"

#include <utility>

#include "base/crypto.h"
#include "client/core/connection.h"
#include "client/core/data_folder.h"
#include "client/core/qt_text.h"
#include "client/core/stream_end_text.h"
#include "xml/writer.h"
#include "xmpp/namespaces.h"

namespace queqiao::client {
namespace {

constexpr std::string_view shake_feature = "urn:xmpp:attention:0";
constexpr qsizetype longest_signature = 200;

// The same one every time on this machine: after a crash the new session takes the place of the dead one, instead of
// standing beside it until the server notices.
std::string own_resource(SettingsStore& settings) {
  auto resource = settings.text(own_resource_key);
  if (resource.isEmpty()) {
    resource = "queqiao-" + to_qt(random_id()).left(8);
    settings.set_value(own_resource_key, resource);
  }
  return to_utf8(resource);
}

}  // namespace

std::unique_ptr<Account> Account::create(const AccountSettings& settings, QObject* parent) {
  return std::make_unique<AccountSession>(settings, parent);
}

AccountSession::AccountSession(const AccountSettings& settings, QObject* parent)
    : Account(parent),
      folder_(account_folder(settings)),
      settings_(data_folder(settings.data_folder), folder_),
      session_({settings, own_resource(settings_)}),
      presences_(session_),
      storage_(session_),
      settings_sync_(session_, storage_, settings_),
      roster_(session_, presences_, storage_, folder_ + "/roster.json"),
      profiles_(session_, folder_ + "/avatars"),
      search_(session_, settings_),
      visibility_(session_, [this] { return profiles_.own_avatar(); }),
      answers_(session_, [this](const xmpp::Jid& who) { return may_know(who); }),
      history_(make_history(folder_ + "/history.sqlite")),
      transfers_(make_transfers(session_, *history_, settings_, settings.transfer_timeout)),
      messenger_(make_messenger(session_, presences_, *history_, settings_, roster_, *transfers_)) {
  visibility_.set_signature(settings_.text(own_signature_key));
  use_setting(setting::may_shake);
  use_setting(setting::proxy);
  forward_signals();
}

void AccountSession::forward_signals() {
  auto& link = session_.link();
  connect(&link, &StreamLink::state_changed, this, &Account::state_changed);
  connect(&link, &StreamLink::certificate_question, this, &Account::certificate_question);
  connect(&link, &StreamLink::replaced, this, &Account::replaced);
  connect(&link, &StreamLink::login_failed, this, [this](const QString& why) {
    if (closed_) return account_closed();
    emit login_failed(why);
  });
  connect(&session_, &Session::online, this, [this](bool is_resumed) {
    if (closed_ && !is_resumed) std::exchange(closed_, nullptr)(explain(xmpp::IqAnswer{}));
  });
  connect(&settings_, &Settings::changed, this, &AccountSession::use_setting);
  connect(&profiles_, &ProfileBook::own_avatar_changed, &visibility_, &Visibility::refresh);
  connect(&profiles_, &ProfileBook::nickname_changed, this, [this](const QString& whose, const QString& nickname) {
    if (whose == jid()) roster_.set_own_nickname(nickname);
    roster_.set_nickname(whose, nickname);
  });
}

void AccountSession::use_setting(const QString& key) {
  if (key == setting::may_shake) session_.advertise(shake_feature, settings_.flag(key));
  if (key == setting::proxy) use_proxy(settings_.text(key));
}

// Those who see our presence know that we are here; nobody else is told so by an answer.
bool AccountSession::may_know(const xmpp::Jid& who) const {
  if (who.bare() == session_.account() || who.text() == session_.account().domain()) return true;
  return !visibility_.is_invisible() && roster_.sees_us(bare(who));
}

QString AccountSession::jid() const {
  return bare(session_.account());
}

QString AccountSession::state_text() const {
  if (state() == ConnectionState::online && visibility_.is_absent()) {
    return tr("Invisible. This server does not know how to hide you otherwise: messages wait until you show yourself.");
  }
  return session_.link().state_text();
}

void AccountSession::connect_to_server(Status status) {
  set_status(status == Status::offline ? Status::online : status);
  session_.link().start();
}

void AccountSession::disconnect_from_server() {
  session_.link().stop();
}

void AccountSession::set_status(Status status) {
  const bool is_change = status != visibility_.status();
  visibility_.set_status(status);
  if (status == Status::offline) disconnect_from_server();
  if (is_change) emit own_status_changed();
}

void AccountSession::set_signature(const QString& text) {
  const auto signature = text.simplified().left(longest_signature);
  settings_.set_value(own_signature_key, signature);
  visibility_.set_signature(signature);
  emit own_status_changed();
}

void AccountSession::set_idle(bool is_idle) {
  const auto since = is_idle ? std::optional(QDateTime::currentDateTimeUtc()) : std::nullopt;
  visibility_.set_idle_since(since);
  answers_.set_idle_since(since);
}

void AccountSession::register_query(std::string_view content, Session::Answered then) {
  std::string payload;
  xml::Writer(payload).open("query", xmpp::ns::register_query).raw(content).close();
  const auto server = xmpp::Jid::from_parts({}, session_.account().domain(), {}).value_or(xmpp::Jid());
  session_.request(xmpp::IqType::set, server, payload, std::move(then));
}

// XEP-0077 3.3.
void AccountSession::change_password(const QString& password, Done done) {
  std::string content;
  xml::Writer writer(content);
  writer.open("username").text(session_.account().local()).close();
  writer.open("password").text(to_utf8(password)).close();
  register_query(content, [this, password, done = std::move(done)](const xmpp::IqAnswer& answer) {
    if (answer.is_result()) session_.link().set_password(password);
    done(explain(answer));
  });
}

// XEP-0077 3.2: a server may end the stream instead of answering, for there is no account any more that it could
// answer. Whether there is one shows when logging in again then.
void AccountSession::close_account(Done done) {
  if (!session_.is_online()) return done(explain(xmpp::IqAnswer{}));
  closed_ = std::move(done);
  register_query("<remove/>", [this](const xmpp::IqAnswer& answer) {
    if (!closed_ || answer.kind == xmpp::IqAnswer::Kind::lost) return;
    if (answer.is_result()) return account_closed();
    std::exchange(closed_, nullptr)(explain(answer));
  });
}

void AccountSession::account_closed() {
  const auto done = std::exchange(closed_, nullptr);
  session_.link().stop();
  done({});
}

}  // namespace queqiao::client
