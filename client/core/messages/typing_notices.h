#pragma once

#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>

#include "xmpp/xep/message_signals.h"

class QTimer;

namespace queqiao::client {

class Presences;
class Session;
class Settings;

// Who is typing (XEP-0085), in both directions. What goes out are changes alone, to people who are there and whose
// program knows the notices, and only if the user lets it.
class TypingNotices : public QObject {
  Q_OBJECT

 public:
  TypingNotices(Session& session, Presences& presences, Settings& settings, QObject* parent = nullptr);

  void set_typing(const QString& chat, bool is_typing);
  void message_sent(const QString& chat) { told_.remove(chat); }  // the message itself says that typing has ended
  void heard(const QString& chat, xmpp::ChatState state);
  bool is_typing(const QString& chat) const { return typing_.contains(chat); }

 signals:
  void changed(const QString& chat, bool is_typing);

 private:
  bool may_tell(const QString& chat) const;
  void note(const QString& chat, bool is_typing);

  Session& session_;
  Presences& presences_;
  Settings& settings_;
  QSet<QString> told_;              // chats whose other side believes that the user is typing
  QHash<QString, QTimer*> typing_;  // ends what nobody ended; children of this object
};

}  // namespace queqiao::client
