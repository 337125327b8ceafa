#include "client/widgets/games/game_window.h"

#include <QEvent>
#include <QKeyEvent>

#include "client/core/account.h"
#include "client/widgets/games/player_bar.h"
#include "client/widgets/icons.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

GameWindow::GameWindow(Account& account, GameRoom& room, const QString& chat, const QString& id)
    : account_(account), room_(room), chat_(chat), id_(id), again_(new QPushButton(this)) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowIcon(program_icon());
  set_kind(*again_, "primary");
  connect(again_, &QPushButton::clicked, this, [this] {
    if (const Game* now = game()) emit again_wanted(chat_, static_cast<int>(now->kind()));
  });
  connect(&room_, &GameRoom::changed, this, [this](const QString& where, const QString& which) {
    if (where == chat_ && which == id_) show_state();
  });
}

QString GameWindow::peer_name() const {
  return name_of_person(account_, chat_);
}

void GameWindow::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

void GameWindow::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape || event->matches(QKeySequence::Close)) {
    close();
  } else {
    QWidget::keyPressEvent(event);
  }
}

void GameWindow::retranslate() {
  const Game* now = game();
  if (!now) return;
  setWindowTitle(tr("%1 with %2").arg(game_name(now->kind()), peer_name()));
  again_->setText(tr("Play again"));
  set_texts();
  show_state();
}

void GameWindow::show_state() {
  Game* now = game();
  if (!now) return;
  again_->setVisible(now->is_over());
  refresh(*now);
}

}  // namespace queqiao::client
