#pragma once

#include <QImage>
#include <QPainter>
#include <QString>

#include "client/core/status.h"

namespace queqiao::client {

class Account;

// Names, faces and states of the people in a chat, oneself included, as the roster and the profiles know them now.
class People {
 public:
  explicit People(Account& account) : account_(account) {}

  QString name(const QString& jid) const;  // remark, nickname, or what stands before the @
  Status status(const QString& jid) const;
  QString status_line(const QString& jid) const;  // "Online · signature", for the head of a chat
  bool is_self(const QString& jid) const;
  void draw_face(QPainter& painter, const QRectF& place, const QString& jid) const;
  QPixmap face(int side, const QString& jid) const;

 private:
  Account& account_;
};

}  // namespace queqiao::client
