#include "client/widgets/main/popup.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScreen>
#include <chrono>

#include "client/core/messenger.h"
#include "client/core/profiles.h"
#include "client/widgets/avatar.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr auto life = std::chrono::seconds(6);
constexpr int popup_width = 320, most_popups = 3, margin = 12;

}  // namespace

Popup::Popup(const QString& jid, const QPixmap& avatar)
    : QFrame(nullptr, Qt::ToolTip | Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint),
      jid_(jid),
      title_(new QLabel),
      text_(new QLabel),
      read_(new IconButton("check", {})),
      close_(new IconButton("close", {})) {
  setObjectName("popup");
  setAttribute(Qt::WA_ShowWithoutActivating);
  setCursor(Qt::PointingHandCursor);
  setFixedWidth(popup_width);
  set_kind(*this, "card");
  auto* picture = new QLabel;
  picture->setPixmap(avatar);
  for (auto* label : {title_, text_}) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
  }
  set_kind(*title_, "heading");
  set_kind(*text_, "faint");
  auto* words = new QVBoxLayout;
  words->setSpacing(2);
  words->addWidget(title_);
  words->addWidget(text_);
  words->addStretch();
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
  for (auto* button : {close_, read_}) button->setIconSize({16, 16});
  read_->setVisible(!jid.isEmpty());
  life_.setSingleShot(true);
  connect(&life_, &QTimer::timeout, this, &Popup::gone);
  connect(close_, &IconButton::clicked, this, &Popup::gone);
  connect(read_, &IconButton::clicked, this, [this] { emit read_wanted(jid_); });
  follow_language(this, [this] {
    read_->set_name(tr("Mark as read"));
    close_->set_name(tr("Close"));
  });
}

void Popup::set_texts(const QString& title, const QString& text) {
  title_->setText(title);
  text_->setText(text);
  text_->setVisible(!text.isEmpty());
  setAccessibleName(title + ": " + text);
  resize(popup_width, heightForWidth(popup_width));
  life_.start(life);
}

void Popup::mouseReleaseEvent(QMouseEvent*) {
  emit clicked(jid_);
}

void Popup::enterEvent(QEnterEvent* event) {
  life_.stop();
  QFrame::enterEvent(event);
}

void Popup::leaveEvent(QEvent* event) {
  life_.start(life);
  QFrame::leaveEvent(event);
}

PopupStack::PopupStack(Account& account, QObject* parent) : QObject(parent), account_(account) {}

PopupStack::~PopupStack() {
  qDeleteAll(popups_);
}

void PopupStack::show(const QString& jid, const QString& title, const QString& text) {
  for (auto* popup : popups_) {
    if (popup->jid() != jid) continue;
    popup->set_texts(title, text);
    return arrange();
  }
  if (popups_.size() == most_popups) remove(popups_.first());
  const QPixmap avatar = jid.isEmpty() ? icon("add_friend", Tint::accent).pixmap(40, 40)
                                       : avatar_pixmap(44, account_.profiles().avatar(jid), jid, title, Status::online);
  auto* popup = new Popup(jid, avatar);
  connect(popup, &Popup::gone, this, [this, popup] { remove(popup); });
  connect(popup, &Popup::clicked, this, [this, popup](const QString& clicked) {
    clicked.isEmpty() ? emit notices_wanted() : emit chat_wanted(clicked);
    remove(popup);
  });
  connect(popup, &Popup::read_wanted, this, [this, popup](const QString& read) {
    account_.messenger().mark_read(read);
    remove(popup);
  });
  popups_ << popup;
  popup->set_texts(title, text);
  arrange();
  popup->show();
}

void PopupStack::take_down(const QString& jid) {
  const auto popups = popups_;
  for (auto* popup : popups) {
    if (popup->jid() == jid) remove(popup);
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
    popup->move(screen.right() - popup_width - margin, bottom - popup->height());
    bottom -= popup->height() + 8;
  }
}

}  // namespace queqiao::client
