#include "client/widgets/main/status_menu.h"

#include <QPainter>

#include "client/models/contact_tree.h"
#include "client/widgets/avatar.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

QIcon status_icon(Status status) {
  QPixmap pixmap(32, 32);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  if (status == Status::offline) {
    painter.setPen(QPen(look().offline, 4));
    painter.drawEllipse(QRectF(5, 5, 22, 22));
  } else {
    // The dot is a quarter of an avatar: an avatar whose dot fills the icon.
    const qreal side = 26 / 0.26;
    draw_status_dot(painter, QRectF(28 - side, 28 - side, side, side), status);
  }
  return QIcon(pixmap);
}

StatusMenu::StatusMenu(Account& account, QWidget* parent) : QMenu(parent), account_(account) {
  follow_language(this, [this] { refresh(); });
  connect(this, &QMenu::aboutToShow, this, &StatusMenu::refresh);
}

void StatusMenu::refresh() {
  clear();
  const bool is_connected = account_.state() != ConnectionState::offline;
  const Status present = is_connected ? account_.status() : Status::offline;
  for (const auto status : {Status::online, Status::away, Status::busy, Status::invisible, Status::offline}) {
    auto* action = addAction(status_icon(status), status_name(status));
    action->setCheckable(true);
    action->setChecked(status == present);
    if (status == Status::offline) insertSeparator(action);
    connect(action, &QAction::triggered, this, [this, status] {
      if (status == Status::offline) {
        account_.disconnect_from_server();
      } else if (account_.state() == ConnectionState::offline) {
        account_.connect_to_server(status);
      } else {
        account_.set_status(status);
      }
    });
  }
}

}  // namespace queqiao::client
