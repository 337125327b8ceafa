#pragma once

#include <QFrame>
#include <QLabel>
#include <QList>
#include <QObject>
#include <QTimer>

#include "client/core/account.h"
#include "client/widgets/icon_button.h"

namespace queqiao::client {

// One notification in the corner of the screen. Goes by itself, but not while the mouse is over it.
class Popup final : public QFrame {
  Q_OBJECT

 public:
  Popup(const QString& jid, const QPixmap& avatar);
  const QString& jid() const { return jid_; }
  void set_texts(const QString& title, const QString& text);

 signals:
  void clicked(const QString& jid);
  void read_wanted(const QString& jid);
  void gone();

 protected:
  void mouseReleaseEvent(QMouseEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  QString jid_;
  QLabel *title_, *text_;
  IconButton *read_, *close_;
  QTimer life_;
};

// The popups that are on the screen, one above the other, one for each chat.
class PopupStack final : public QObject {
  Q_OBJECT

 public:
  explicit PopupStack(Account& account, QObject* parent = nullptr);
  ~PopupStack() override;
  void show(const QString& jid, const QString& title, const QString& text);
  void take_down(const QString& jid);

 signals:
  void chat_wanted(const QString& jid);
  void notices_wanted();

 private:
  void arrange();
  void remove(Popup* popup);

  Account& account_;
  QList<Popup*> popups_;  // owned; the lowest first
};

}  // namespace queqiao::client
