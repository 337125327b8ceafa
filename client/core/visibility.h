#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>
#include <QTimer>
#include <functional>
#include <optional>
#include <string>

#include "client/core/own_presence.h"
#include "client/core/status.h"

namespace queqiao::client {

class Session;

// Keeps what the server tells others of us in step with what the user chose. Invisible is XEP-0186 where the server has
// it; elsewhere the only way not to be seen is not to be available, at the price that messages wait on the server.
class Visibility : public QObject {
  Q_OBJECT

 public:
  using Avatar = std::function<std::optional<std::string>()>;  // see OwnPresence::avatar

  Visibility(Session& session, Avatar avatar, QObject* parent = nullptr);

  void set_status(Status status);
  void set_signature(const QString& signature);
  void set_idle_since(std::optional<QDateTime> since);
  Status status() const { return status_; }
  const QString& signature() const { return signature_; }
  bool is_invisible() const { return status_ == Status::invisible; }
  bool is_absent() const { return is_absent_; }  // invisible without the server's help

  void refresh();  // once this turn of the event loop is over: several changes are one presence

 private:
  void show();
  void become_visible();
  void become_invisible();
  void send(const std::string& presence);

  Session& session_;
  Avatar avatar_;
  Status status_ = Status::online;
  QString signature_;
  std::optional<QDateTime> idle_since_;
  QTimer refresh_timer_;
  std::string last_sent_;          // in this session
  std::string_view invisible_ns_;  // of the version that the server was told to hide us by; empty: it was not
  bool is_absent_ = false;
  bool has_features_ = false;
};

}  // namespace queqiao::client
