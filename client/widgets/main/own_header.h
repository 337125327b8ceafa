#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QWidget>

#include "client/core/account.h"

namespace queqiao::client {

// The top of the main window: one's avatar, name, status and signature, which is edited in place.
class OwnHeader final : public QWidget {
  Q_OBJECT

 public:
  explicit OwnHeader(Account& account, QWidget* parent = nullptr);

 signals:
  void own_profile_wanted();

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void lay_out();
  void dress();
  void set_texts();
  void refresh();
  void refresh_avatar();
  void save_signature();

  Account& account_;
  QToolButton* avatar_;
  QLabel* name_;
  QToolButton* status_;
  QLineEdit* signature_;
};

// A button that fills itself with the gradient's colours needs them too: the banner of headers and the log-in window.
void paint_banner(QPainter& painter, const QRect& place);

}  // namespace queqiao::client
