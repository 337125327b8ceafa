#include "client/widgets/main/popup.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScreen>
#include <chrono>

#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr auto life = std::chrono::seconds(6);
constexpr auto invitation_life = std::chrono::seconds(30);  // there is something to decide
constexpr int popup_width = 320, most_popups = 3, margin = 12, avatar_side = 44;

}  // namespace

Popup::Popup(const Notice& notice, const QPixmap& avatar)
    : QFrame(nullptr, Qt::ToolTip | Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint),
      notice_(notice),
      title_(new QLabel),
      text_(new QLabel),
      read_(new IconButton("check", {})),
      close_(new IconButton("close", {})),
      accept_(new QPushButton),
      decline_(new QPushButton) {
  setObjectName("popup");
  setAttribute(Qt::WA_ShowWithoutActivating);
  setCursor(Qt::PointingHandCursor);
  setFixedWidth(scaled(popup_width));
  set_kind(*this, "card");
  lay_out(avatar);
  connect_buttons();
  life_.setSingleShot(true);
  connect(&life_, &QTimer::timeout, this, &Popup::gone);
  follow_language(this, [this] { set_texts(); });
  set_notice(notice);
}

void Popup::lay_out(const QPixmap& avatar) {
  auto* picture = new QLabel;
  picture->setPixmap(avatar);
  for (auto* label : {title_, text_}) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
  }
  set_kind(*title_, "heading");
  set_kind(*text_, "faint");
  set_kind(*accept_, "primary");
  auto* answers = new QHBoxLayout;
  answers->setContentsMargins(0, 6, 0, 0);
  answers->addStretch();
  answers->addWidget(decline_);
  answers->addWidget(accept_);
  auto* words = new QVBoxLayout;
  words->setSpacing(2);
  words->addWidget(title_);
  words->addWidget(text_);
  words->addStretch();
  words->addLayout(answers);
  auto* buttons = new QVBoxLayout;
  buttons->setSpacing(0);
  buttons->addWidget(close_);
  buttons->addWidget(read_);
  buttons->addStretch();
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 10, 6, 10);
  row->setSpacing(10);
  row->addWidget(picture, 0, Qt::AlignTop);
  row->addLayout(words, 1);
  row->addLayout(buttons);
}

void Popup::connect_buttons() {
  for (auto* button : {close_, read_}) button->setIconSize({16, 16});
  connect(close_, &IconButton::clicked, this, &Popup::gone);
  connect(read_, &IconButton::clicked, this, &Popup::read_wanted);
  connect(accept_, &QPushButton::clicked, this, [this] { emit invitation_answered(true); });
  connect(decline_, &QPushButton::clicked, this, [this] { emit invitation_answered(false); });
}

void Popup::set_texts() {
  read_->set_name(tr("Mark as read"));
  close_->set_name(tr("Close"));
  accept_->setText(tr("Play"));
  decline_->setText(tr("Not now"));
}

void Popup::set_notice(const Notice& notice) {
  notice_ = notice;
  title_->setText(notice.title);
  text_->setText(notice.text);
  text_->setVisible(!notice.text.isEmpty());
  read_->setVisible(notice.about != Notice::About::friend_request);
  const bool is_invitation = notice.about == Notice::About::game_invitation;
  for (auto* button : {accept_, decline_}) button->setVisible(is_invitation);
  setAccessibleName(notice.title + ": " + notice.text);
  resize(width(), heightForWidth(width()));
  life_.start(is_invitation ? invitation_life : life);
}

void Popup::mouseReleaseEvent(QMouseEvent*) {
  emit clicked();
}

void Popup::enterEvent(QEnterEvent* event) {
  life_.stop();
  QFrame::enterEvent(event);
}

void Popup::leaveEvent(QEvent* event) {
  life_.start();
  QFrame::leaveEvent(event);
}

PopupStack::PopupStack(Account& account, QObject* parent) : NoticeBoard(account, parent) {}

PopupStack::~PopupStack() {
  qDeleteAll(popups_);
}

void PopupStack::show(const Notice& notice) {
  for (auto* popup : popups_) {
    if (popup->notice().jid != notice.jid) continue;
    popup->set_notice(notice);
    return arrange();
  }
  if (popups_.size() == most_popups) remove(popups_.first());
  Popup* popup = add(notice);
  arrange();
  popup->show();
}

Popup* PopupStack::add(const Notice& notice) {
  auto* popup = new Popup(notice, picture_of(notice, avatar_side));
  connect(popup, &Popup::gone, this, [this, popup] { remove(popup); });
  connect(popup, &Popup::clicked, this, [this, popup] {
    open(popup->notice());
    remove(popup);
  });
  connect(popup, &Popup::read_wanted, this, [this, popup] {
    mark_read(popup->notice());
    remove(popup);
  });
  connect(popup, &Popup::invitation_answered, this, [this, popup](bool accepts) {
    emit invitation_answered(popup->notice().jid, popup->notice().message, accepts);
    remove(popup);
  });
  popups_ << popup;
  return popup;
}

void PopupStack::take_down(const QString& jid) {
  const auto popups = popups_;
  for (auto* popup : popups) {
    if (popup->notice().jid == jid) remove(popup);
  }
}

void PopupStack::remove(Popup* popup) {
  if (!popups_.removeOne(popup)) return;
  popup->hide();
  popup->deleteLater();
  arrange();
}

void PopupStack::arrange() {
  const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
  int bottom = screen.bottom() - margin;
  for (auto* popup : popups_) {
    popup->move(screen.right() - popup->width() - margin, bottom - popup->height());
    bottom -= popup->height() + 8;
  }
}

}  // namespace queqiao::client
