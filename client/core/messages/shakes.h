#pragma once

#include <QHash>
#include <QString>
#include <chrono>

namespace queqiao::client {

// When somebody may be shaken again (XEP-0224 is silent; a shake that never ends is an attack). The same pause at both
// ends: what comes too early is not shown, whatever the sender's program allows.
class Shakes {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds pause{10};

  std::chrono::seconds until_next(const QString& chat, Clock::time_point now) const;  // rounded up; 0: now
  void sent(const QString& chat, Clock::time_point now) { sent_[chat] = now; }
  bool take(const QString& chat, Clock::time_point now);  // whether one that arrived now counts

 private:
  QHash<QString, Clock::time_point> sent_, taken_;
};

}  // namespace queqiao::client
