#pragma once

#include <QObject>

namespace queqiao::client {

class Session;

// The time as the account's server has it (XEP-0202). What it archives bears its time; with what this machine wrote
// meanwhile that makes one order only if both go by the same clock, and the clocks of people's machines are wrong by
// hours.
class ServerClock : public QObject {
  Q_OBJECT

 public:
  explicit ServerClock(Session& session, QObject* parent = nullptr);
  qint64 now() const;  // microseconds since 1970

 signals:
  void set(qint64 ahead);  // microseconds that the server's clock is ahead of ours

 private:
  void ask();

  Session& session_;
  qint64 ahead_ = 0;
};

}  // namespace queqiao::client
