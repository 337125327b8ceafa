#pragma once

#include <QString>

namespace queqiao::client {

// What asks for the user's attention in the corner of the screen.
struct Notice {
  enum class About : quint8 { message, friend_request, game_invitation };
  About about = About::message;
  QString jid;  // whose chat; empty: about a friend request
  QString title, text;
  qint64 message = 0;  // Message::id of an invitation to a game
};

}  // namespace queqiao::client
