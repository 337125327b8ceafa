#include "client/widgets/main/hover_card.h"

#include <QHBoxLayout>
#include <QScreen>
#include <chrono>

#include "client/core/contact.h"
#include "client/core/profiles.h"
#include "client/core/roster.h"
#include "client/models/contact_tree.h"
#include "client/widgets/avatar.h"
#include "client/widgets/main/recent_delegate.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr auto rest = std::chrono::milliseconds(600);
constexpr int card_width = 280;

QString details_of(const Contact& contact, const std::optional<Profile>& profile) {
  QStringList lines;
  if (contact.status != Status::offline) {
    const QString status = status_name(contact.status);
    lines << (contact.device.isEmpty() ? status : HoverCard::tr("%1, with %2").arg(status, contact.device));
  } else if (contact.last_seen.isValid()) {
    lines << HoverCard::tr("Last seen: %1").arg(short_time(contact.last_seen, QDateTime::currentDateTime()));
  } else {
    lines << status_name(contact.status);
  }
  if (profile && !profile->city.isEmpty()) lines << profile->city;
  return lines.join(QStringLiteral(" · "));
}

}  // namespace

HoverCard::HoverCard(Account& account, QWidget* window)
    : QFrame(window, Qt::ToolTip | Qt::FramelessWindowHint),
      account_(account),
      window_(window),
      avatar_(new QLabel),
      name_(new QLabel),
      address_(new QLabel),
      signature_(new QLabel),
      details_(new QLabel) {
  setAttribute(Qt::WA_ShowWithoutActivating);
  setFixedWidth(card_width);
  set_kind(*this, "card");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(14, 14, 14, 14);
  row->setSpacing(12);
  auto* words = new QVBoxLayout;
  words->setSpacing(3);
  row->addWidget(avatar_, 0, Qt::AlignTop);
  row->addLayout(words, 1);
  for (auto* label : {name_, address_, signature_, details_}) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    words->addWidget(label);
  }
  set_kind(*name_, "heading");
  set_kind(*address_, "small");
  set_kind(*details_, "small");
  delay_.setSingleShot(true);
  delay_.setInterval(rest);
  connect(&delay_, &QTimer::timeout, this, &HoverCard::show_now);
  connect(&account.profiles(), &Profiles::profile_changed, this, [this](const QString& jid) {
    if (isVisible() && jid == jid_) fill();
  });
}

void HoverCard::set_person(const QString& jid, const QRect& row) {
  jid_ = jid;
  row_ = row;
  if (jid.isEmpty()) {
    delay_.stop();
    hide();
  } else if (isVisible()) {
    show_now();  // from one person to the next without waiting
  } else {
    delay_.start();
  }
}

void HoverCard::show_now() {
  if (!account_.roster().find(jid_)) return hide();
  if (!account_.profiles().profile(jid_)) account_.profiles().request(jid_);
  fill();
  move(place_beside());
  show();
}

void HoverCard::fill() {
  const Contact* contact = account_.roster().find(jid_);
  if (!contact) return;
  avatar_->setPixmap(
      avatar_pixmap(64, account_.profiles().avatar(jid_), jid_, contact->display_name(), contact->status));
  name_->setText(contact->display_name());
  const bool has_both = !contact->remark.isEmpty() && !contact->nickname.isEmpty();
  address_->setText(has_both ? contact->nickname + " · " + jid_ : jid_);
  signature_->setText(contact->signature);
  signature_->setVisible(!contact->signature.isEmpty());
  details_->setText(details_of(*contact, account_.profiles().profile(jid_)));
  layout()->activate();
  resize(card_width, layout()->totalHeightForWidth(card_width));
}

// On the side of the window where there is room.
QPoint HoverCard::place_beside() const {
  const QRect screen = window_->screen()->availableGeometry();
  const QRect window = window_->frameGeometry();
  const int right = window.right() + 8;
  const int x = right + width() <= screen.right() ? right : window.left() - 8 - width();
  const int y = qBound(screen.top(), row_.top(), qMax(screen.top(), screen.bottom() - height()));
  return {qMax(screen.left(), x), y};
}

}  // namespace queqiao::client
