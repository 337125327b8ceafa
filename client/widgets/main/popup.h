#pragma once

#include <QFrame>
#include <QLabel>
#include <QList>
#include <QTimer>

#include "client/widgets/icon_button.h"
#include "client/widgets/main/notice_board.h"

class QPushButton;

namespace queqiao::client {

// One notification in the corner of the screen. Goes by itself, but not while the mouse is over it.
class Popup final : public QFrame {
  Q_OBJECT

 public:
  Popup(const Notice& notice, const QPixmap& avatar);
  const Notice& notice() const { return notice_; }
  void set_notice(const Notice& notice);

 signals:
  void clicked();
  void read_wanted();
  void invitation_answered(bool accepts);
  void gone();

 protected:
  void mouseReleaseEvent(QMouseEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  void lay_out(const QPixmap& avatar);
  void connect_buttons();
  void set_texts();

  Notice notice_;
  QLabel *title_, *text_;
  IconButton *read_, *close_;
  QPushButton *accept_, *decline_;  // of an invitation
  QTimer life_;
};

// The popups that are on the screen, one above the other, one for each chat.
class PopupStack final : public NoticeBoard {
  Q_OBJECT

 public:
  explicit PopupStack(Account& account, QObject* parent = nullptr);
  ~PopupStack() override;
  void show(const queqiao::client::Notice& notice) override;
  void take_down(const QString& jid) override;

 private:
  Popup* add(const Notice& notice);
  void arrange();
  void remove(Popup* popup);

  QList<Popup*> popups_;  // owned; the lowest first
};

}  // namespace queqiao::client
