#pragma once

#include <QApplication>
#include <QDir>
#include <QPainter>

#include "client/widgets/theme.h"
#include "tests/client/fakes/fake_account.h"

namespace queqiao::client::test {

inline const QString romeo = QStringLiteral("romeo@example.org");
inline const QString nurse = QStringLiteral("nurse@example.org");

// An account with two friends and nothing said yet.
struct ChatScene {
  explicit ChatScene(bool sets_look = true) {
    if (sets_look) set_look(false, 100);
    Contact friend_one;
    friend_one.jid = romeo;
    friend_one.remark = QStringLiteral("罗密欧");
    friend_one.is_friend = true;
    friend_one.status = Status::online;
    friend_one.signature = QStringLiteral("But soft, what light 💡");
    account.fake_roster.put(friend_one);
    Contact friend_two;
    friend_two.jid = nurse;
    friend_two.nickname = QStringLiteral("Angelica");
    friend_two.is_friend = true;
    friend_two.status = Status::away;
    account.fake_roster.put(friend_two);
  }

  Message from(const QString& chat, const QString& text, int minutes_ago = 0) const {
    Message message;
    message.chat = message.sender = chat;
    message.text = text;
    message.time = QDateTime::currentDateTime().addSecs(-60LL * minutes_ago);
    return message;
  }

  Message own(const QString& chat, const QString& text, int minutes_ago = 0, Delivery delivery = Delivery::read) const {
    Message message = from(chat, text, minutes_ago);
    message.sender = account.jid();
    message.is_outgoing = true;
    message.delivery = delivery;
    return message;
  }

  FakeAccount account;
};

// A picture on disk, its path.
inline QString make_picture(const QString& path, QSize size) {
  QImage image(size, QImage::Format_RGB32);
  QPainter painter(&image);
  QLinearGradient sky(0, 0, 0, size.height());
  sky.setColorAt(0, QColor(0x7fb8f0));
  sky.setColorAt(1, QColor(0xf6d7a7));
  painter.fillRect(image.rect(), sky);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(QColor(0x2e6b4f));
  painter.setPen(Qt::NoPen);
  painter.drawEllipse(QPointF(size.width() * 0.3, size.height() * 1.1), size.width() * 0.5, size.height() * 0.4);
  painter.drawEllipse(QPointF(size.width() * 0.8, size.height() * 1.15), size.width() * 0.5, size.height() * 0.5);
  painter.setBrush(QColor(0xfff2c9));
  painter.drawEllipse(QPointF(size.width() * 0.7, size.height() * 0.3), 24, 24);
  painter.end();
  image.save(path);
  return path;
}

}  // namespace queqiao::client::test
