#include "client/widgets/main/attention.h"

#include <QDateTime>
#include <chrono>

#include "client/core/history.h"
#include "client/core/messenger.h"
#include "client/core/roster.h"
#include "client/core/settings.h"

namespace queqiao::client {

namespace {

// What is older arrived while the user was away, and much of it at once: it flashes, and makes no noise.
constexpr auto news = std::chrono::minutes(2);
constexpr int longest_popup_text = 120;

}  // namespace

Attention::Attention(Account& account, RecentChats& chats, std::function<bool(const QString& jid)> is_looked_at,
                     std::function<QString(const Message&)> invitation_of, QObject* parent)
    : QObject(parent),
      account_(account),
      chats_(chats),
      is_looked_at_(std::move(is_looked_at)),
      invitation_of_(std::move(invitation_of)) {
  connect(&account.messenger(), &Messenger::received, this, &Attention::take_message);
  connect(&account.messenger(), &Messenger::shaken, this, &Attention::take_shake);
  connect(&account.messenger(), &Messenger::read_elsewhere, this, &Attention::popup_done);
  connect(&account.roster(), &Roster::request_received, this, &Attention::take_request);
  connect(&account.roster(), &Roster::requests_changed, this, &Attention::flashing_changed);
  connect(&chats, &RecentChats::unread_changed, this, &Attention::flashing_changed);
  connect(&account.history(), &History::conversation_changed, this, [this](const QString& jid) {
    const auto chat = account_.history().conversation(jid);
    if (!chat || chat->unread == 0) emit popup_done(jid);
  });
}

QString Attention::flashing_chat() const {
  return chats_.newest_unread();
}

bool Attention::has_requests() const {
  return !account_.roster().requests().isEmpty();
}

void Attention::take_message(const Message& message) {
  const bool is_old = message.time.isValid() && message.time < QDateTime::currentDateTime().addDuration(-news);
  if (is_old || is_looked_at_(message.chat) || is_chat_muted(message.chat)) return;
  const Contact* contact = account_.roster().find(message.chat);
  const QString name = contact ? contact->display_name() : message.chat.section('@', 0, 0);
  const QString invitation = invitation_of_ ? invitation_of_(message) : QString();
  if (invitation.isEmpty()) return announce("message", {Notice::About::message, message.chat, name, text_of(message)});
  const QString shown = shows_text() ? invitation : tr("invites you to a game");
  announce("request", {Notice::About::game_invitation, message.chat, name, shown, message.id});
}

QString Attention::text_of(const Message& message) const {
  if (!shows_text()) return tr("sent you a message");
  if (message.kind == MessageKind::file && message.file) return tr("[File] %1").arg(message.file->name);
  const QString text = message.text.simplified();
  return text.size() > longest_popup_text ? text.left(longest_popup_text) + QStringLiteral("…") : text;
}

void Attention::take_shake(const QString& jid) {
  const bool is_wanted = account_.settings().flag(setting::may_shake) && account_.settings().flag(setting::sounds);
  if (is_wanted && !is_quiet() && !is_chat_muted(jid)) emit sound_wanted("shake");
}

void Attention::take_request(const FriendRequest& request) {
  const QString name = request.nickname.isEmpty() ? request.jid : request.nickname;
  announce("request", {Notice::About::friend_request,
                       {},
                       tr("%1 wants to be your friend").arg(name),
                       request.greeting.left(longest_popup_text)});
}

void Attention::announce(const QString& sound, const Notice& notice) {
  if (is_quiet()) return;
  if (account_.settings().flag(setting::sounds)) emit sound_wanted(sound);
  if (account_.settings().flag(setting::popups)) emit popup_wanted(notice);
}

bool Attention::is_chat_muted(const QString& jid) const {
  const auto chat = account_.history().conversation(jid);
  return chat && chat->is_muted;
}

bool Attention::shows_text() const {
  return account_.settings().flag(setting::popup_shows_text);
}

bool Attention::is_quiet() const {
  return is_muted_ || account_.status() == Status::busy;
}

}  // namespace queqiao::client
