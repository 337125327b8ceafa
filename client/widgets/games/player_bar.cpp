#include "client/widgets/games/player_bar.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "client/core/account.h"
#include "client/core/profiles.h"
#include "client/core/roster.h"
#include "client/widgets/avatar.h"
#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

QString clock_text(std::chrono::milliseconds left) {
  const auto seconds = (left.count() + 999) / 1000;
  return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

}  // namespace

QString name_of_person(Account& account, const QString& jid) {
  if (jid == account.jid()) return PlayerBar::tr("You");
  const auto* contact = account.roster().find(jid);
  return contact ? contact->display_name() : jid.section('@', 0, 0);
}

PlayerBar::PlayerBar(Account& account, const QString& jid, QWidget* parent)
    : QWidget(parent),
      account_(account),
      jid_(jid),
      avatar_(new QLabel),
      name_(new QLabel),
      side_(new QLabel),
      clock_(new QLabel) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(look().gap, look().gap, look().gap, look().gap);
  row->setSpacing(look().gap);
  auto* texts = new QVBoxLayout;
  texts->setSpacing(2);
  texts->addWidget(name_);
  texts->addWidget(side_);
  row->addWidget(avatar_);
  row->addLayout(texts, 1);
  row->addWidget(clock_);
  set_kind(*name_, "heading");
  set_kind(*side_, "faint");
  set_kind(*clock_, "title");
  connect(&account.profiles(), &Profiles::avatar_changed, this, &PlayerBar::show_person);
  connect(&account.roster(), &Roster::contact_changed, this, &PlayerBar::show_person);
  show_person();
}

void PlayerBar::show_person() {
  const auto name = name_of_person(account_, jid_);
  name_->setText(name);
  avatar_->setPixmap(avatar_pixmap(look().avatar, account_.profiles().avatar(jid_), jid_, name, Status::online));
}

void PlayerBar::set_side(games::GameKind kind, games::Side side) {
  const bool is_first = side == games::Side::first;
  if (kind == games::GameKind::gomoku) {
    side_->setText(is_first ? tr("Black, moves first") : tr("White"));
  } else {
    side_->setText(is_first ? tr("Red, moves first") : tr("Black"));
  }
}

void PlayerBar::set_clock(std::optional<std::chrono::milliseconds> left) {
  clock_->setText(left ? clock_text(*left) : QString());
  clock_->setAccessibleName(left ? tr("Time left: %1").arg(clock_text(*left)) : QString());
}

void PlayerBar::set_acting(bool is_acting) {
  is_acting_ = is_acting;
  update();
}

void PlayerBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(is_acting_ ? QPen(look().accent, 2) : QPen(look().line, 1));
  painter.setBrush(look().raised);
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), look().radius, look().radius);
}

}  // namespace queqiao::client
