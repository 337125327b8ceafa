#include "client/core/messages/typing_notices.h"

#include <QTimer>
#include <chrono>

#include "client/core/messages/stanza_writer.h"
#include "client/core/presences.h"
#include "client/core/qt_text.h"
#include "client/core/session.h"
#include "client/core/settings.h"
#include "xmpp/namespaces.h"

namespace queqiao::client {
namespace {

constexpr std::chrono::seconds longest_silence{60};  // after which nobody is believed to be typing still

}  // namespace

TypingNotices::TypingNotices(Session& session, Presences& presences, Settings& settings, QObject* parent)
    : QObject(parent), session_(session), presences_(presences), settings_(settings) {
  session_.advertise(xmpp::ns::chat_states);
  connect(&presences_, &Presences::changed, this, [this](const QString& person) {
    if (presences_.resources(person).empty()) note(person, false);
  });
  connect(&session_, &Session::offline, this, [this] {
    told_.clear();
    for (const auto& chat : typing_.keys()) note(chat, false);
  });
}

bool TypingNotices::may_tell(const QString& chat) const {
  if (!settings_.flag(setting::sends_typing) || !session_.is_online()) return false;
  const auto device = presences_.best(chat);
  // XEP-0085 5.1: not to a program that is known not to understand.
  return device && presences_.has_feature(device->jid, xmpp::ns::chat_states).value_or(true);
}

void TypingNotices::set_typing(const QString& chat, bool is_typing) {
  if (is_typing == told_.contains(chat)) return;
  if (is_typing && !may_tell(chat)) return;
  if (is_typing) {
    told_.insert(chat);
  } else {
    told_.remove(chat);
  }
  const auto state = is_typing ? xmpp::ChatState::composing : xmpp::ChatState::paused;
  if (session_.is_online()) session_.send_message(chat_state_stanza(chat, to_qt(session_.make_id()), state));
}

void TypingNotices::heard(const QString& chat, xmpp::ChatState state) {
  note(chat, state == xmpp::ChatState::composing);
}

void TypingNotices::note(const QString& chat, bool is_typing) {
  if (auto* timer = typing_.value(chat)) {
    if (is_typing) return timer->start();
    typing_.remove(chat);
    timer->deleteLater();
    emit changed(chat, false);
  } else if (is_typing) {
    timer = new QTimer(this);
    timer->setSingleShot(true);
    timer->setInterval(longest_silence);
    connect(timer, &QTimer::timeout, this, [this, chat] { note(chat, false); });
    timer->start();
    typing_.insert(chat, timer);
    emit changed(chat, true);
  }
}

}  // namespace queqiao::client
