#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <string_view>

#include "client/core/history/local_history.h"
#include "xml/element.h"

namespace queqiao::client {

class OutboxSender;
class Roster;
class Session;
class Settings;

// What was on the screen: told to the sender (XEP-0333) if the user lets it, and to the user's other devices
// (XEP-0490), so that they stop flashing.
class ReadMarks : public QObject {
  Q_OBJECT

 public:
  ReadMarks(Session& session, LocalHistory& history, OutboxSender& sender, Settings& settings, Roster& roster,
            QObject* parent = nullptr);

  void mark_read(const QString& chat);
  // A message is here now that another device had displayed before.
  void added(const Message& message);

 signals:
  void read_elsewhere(const QString& chat);

 private:
  void tell_sender(const Message& newest);
  void tell_devices(const QString& chat, const QString& archive_id);
  void fetch();
  void take(const xml::Element& items);
  void take_item(const QString& chat, const QString& archive_id);

  Session& session_;
  LocalHistory& history_;
  OutboxSender& sender_;
  Settings& settings_;
  Roster& roster_;
  QHash<QString, QString> awaited_;  // by archive id: chats that another device read up to a message that is not here
};

}  // namespace queqiao::client
