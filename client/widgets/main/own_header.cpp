#include "client/widgets/main/own_header.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

#include "client/core/profiles.h"
#include "client/models/contact_tree.h"
#include "client/widgets/avatar.h"
#include "client/widgets/language.h"
#include "client/widgets/main/status_menu.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr int avatar_side = 56;
constexpr int longest_signature = 200;

}  // namespace

OwnHeader::OwnHeader(Account& account, QWidget* parent)
    : QWidget(parent),
      account_(account),
      avatar_(new QToolButton),
      name_(new QLabel),
      status_(new QToolButton),
      signature_(new QLineEdit) {
  lay_out();
  dress();
  connect(avatar_, &QToolButton::clicked, this, &OwnHeader::own_profile_wanted);
  connect(signature_, &QLineEdit::editingFinished, this, &OwnHeader::save_signature);
  connect(&account, &Account::own_status_changed, this, &OwnHeader::refresh);
  connect(&account, &Account::state_changed, this, &OwnHeader::refresh);
  connect(&account.profiles(), &Profiles::profile_changed, this, &OwnHeader::refresh);
  connect(&account.profiles(), &Profiles::avatar_changed, this, &OwnHeader::refresh_avatar);
  follow_language(this, [this] { set_texts(); });
}

void OwnHeader::lay_out() {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(14, 14, 12, 12);
  row->setSpacing(10);
  auto* words = new QVBoxLayout;
  words->setSpacing(0);
  auto* first = new QHBoxLayout;
  first->setSpacing(4);
  first->addWidget(name_, 1);
  first->addWidget(status_);
  words->addStretch();
  words->addLayout(first);
  words->addWidget(signature_);
  words->addStretch();
  row->addWidget(avatar_);
  row->addLayout(words, 1);
}

void OwnHeader::dress() {
  for (auto* button : {avatar_, status_}) {
    set_kind(*button, "on_banner");
    button->setCursor(Qt::PointingHandCursor);
  }
  avatar_->setIconSize({avatar_side, avatar_side});
  avatar_->setStyleSheet("padding: 0; border-radius: 29px");
  set_kind(*name_, "banner_title");
  set_kind(*signature_, "on_banner");
  name_->setTextFormat(Qt::PlainText);
  name_->setMinimumWidth(20);
  name_->setContentsMargins(5, 0, 0, 0);  // as the text in the signature's field
  status_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  status_->setPopupMode(QToolButton::InstantPopup);
  status_->setMenu(new StatusMenu(account_, this));
  signature_->setObjectName("signature");
  signature_->setMaxLength(longest_signature);
  signature_->installEventFilter(this);
}

void OwnHeader::set_texts() {
  avatar_->setAccessibleName(tr("My profile"));
  avatar_->setToolTip(tr("My profile"));
  signature_->setPlaceholderText(tr("Write what is on your mind"));
  signature_->setAccessibleName(tr("Signature"));
  refresh();
}

void OwnHeader::refresh() {
  const auto profile = account_.profiles().profile(account_.jid());
  const QString user = account_.jid().section('@', 0, 0);
  const QString name = profile && !profile->nickname.isEmpty() ? profile->nickname : user;
  name_->setText(name);
  name_->setToolTip(account_.jid());
  const bool is_there = account_.state() == ConnectionState::online;
  const Status status = is_there ? account_.status() : Status::offline;
  status_->setIcon(status_icon(status));
  status_->setText(status_name(status));
  status_->setAccessibleName(tr("Status: %1").arg(status_name(status)));
  status_->setToolTip(tr("Change your status"));
  if (!signature_->hasFocus()) {
    signature_->setText(account_.signature());
    signature_->setCursorPosition(0);
  }
  refresh_avatar();
}

void OwnHeader::refresh_avatar() {
  const bool is_there = account_.state() == ConnectionState::online;
  avatar_->setIcon(avatar_pixmap(avatar_side, account_.profiles().avatar(account_.jid()), account_.jid(), name_->text(),
                                 is_there ? Status::online : Status::offline));
}

void OwnHeader::save_signature() {
  const QString text = signature_->text().trimmed();
  if (text != account_.signature()) account_.set_signature(text);
}

bool OwnHeader::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Escape) signature_->setText(account_.signature());
    if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
      signature_->clearFocus();
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void OwnHeader::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paint_banner(painter, rect());
}

void paint_banner(QPainter& painter, const QRect& place) {
  QLinearGradient gradient(place.topLeft(), place.bottomRight());
  gradient.setColorAt(0, look().banner_top);
  gradient.setColorAt(1, look().banner_bottom);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(place, gradient);
  // The arc of a bridge, hardly seen.
  painter.setClipRect(place);
  painter.setPen(QPen(QColor(255, 255, 255, 22), 14));
  painter.setBrush(Qt::NoBrush);
  const qreal radius = place.width() * 0.62;
  painter.drawEllipse(QPointF(place.center().x() + place.width() * 0.2, place.bottom() + radius * 0.55), radius,
                      radius);
  painter.restore();
}

}  // namespace queqiao::client
