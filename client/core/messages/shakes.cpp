#include "client/core/messages/shakes.h"

namespace queqiao::client {

std::chrono::seconds Shakes::until_next(const QString& chat, Clock::time_point now) const {
  const auto last = sent_.constFind(chat);
  if (last == sent_.constEnd() || now - *last >= pause) return std::chrono::seconds(0);
  return std::chrono::ceil<std::chrono::seconds>(pause - (now - *last));
}

bool Shakes::take(const QString& chat, Clock::time_point now) {
  const auto last = taken_.constFind(chat);
  if (last != taken_.constEnd() && now - *last < pause) return false;
  taken_[chat] = now;
  return true;
}

}  // namespace queqiao::client
