#include "client/widgets/main/requests_page.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

#include "client/core/profiles.h"
#include "client/core/roster.h"
#include "client/widgets/avatar.h"
#include "client/widgets/language.h"
#include "client/widgets/main/recent_delegate.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr qsizetype most_shown = 100;  // at once; the next ones come up as these are answered

QLabel* plain_label(const QString& text, const char* kind) {
  auto* label = new QLabel(text);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  set_kind(*label, kind);
  return label;
}

}  // namespace

RequestsPage::RequestsPage(Account& account, QWidget* parent)
    : QWidget(parent), account_(account), empty_(new EmptyState("bell")), cards_(new QVBoxLayout) {
  auto* area = new QScrollArea;
  area->setFocusPolicy(Qt::NoFocus);  // what is in it takes the focus
  scroll_ = area;
  auto* inside = new QWidget;
  inside->setLayout(cards_);
  cards_->setContentsMargins(12, 12, 12, 12);
  cards_->setSpacing(10);
  area->setWidget(inside);
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(empty_);
  column->addWidget(area);
  connect(&account.roster(), &Roster::requests_changed, this, &RequestsPage::refresh);
  connect(&account.roster(), &Roster::reset, this, &RequestsPage::refresh);
  follow_language(this, [this] {
    empty_->set_texts(tr("No notices"), tr("When somebody wants to be your friend, you see it here."));
    refresh();
  });
}

void RequestsPage::refresh() {
  while (auto* item = cards_->takeAt(0)) {
    if (auto* card = item->widget()) {
      card->hide();
      card->deleteLater();  // one of its buttons may have asked for this
    }
    delete item;
  }
  const auto requests = account_.roster().requests();
  for (const auto& request : requests.mid(0, most_shown)) cards_->addWidget(card(request));
  cards_->addStretch();
  empty_->setVisible(requests.isEmpty());
  scroll_->setVisible(!requests.isEmpty());
}

QWidget* RequestsPage::card(const FriendRequest& request) {
  const QString name = request.nickname.isEmpty() ? request.jid.section('@', 0, 0) : request.nickname;
  auto* frame = new QFrame;
  set_kind(*frame, "card");
  auto* avatar = new QToolButton;
  avatar->setIconSize({40, 40});
  avatar->setIcon(avatar_pixmap(40, account_.profiles().avatar(request.jid), request.jid, name, Status::online));
  avatar->setAccessibleName(tr("Profile of %1").arg(name));
  connect(avatar, &QToolButton::clicked, this, [=, this] { emit profile_wanted(request.jid); });
  auto* words = new QVBoxLayout;
  words->setSpacing(2);
  words->addWidget(plain_label(name, "heading"));
  const QString time = short_time(request.received, QDateTime::currentDateTime());
  words->addWidget(plain_label(time.isEmpty() ? request.jid : request.jid + " · " + time, "small"));
  words->addWidget(plain_label(request.greeting.isEmpty() ? tr("would like to be your friend") : request.greeting, ""));
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  buttons->setContentsMargins(0, 6, 0, 0);
  auto* accept = new QPushButton(tr("Accept…"));
  auto* refuse = new QPushButton(tr("Refuse"));
  set_kind(*accept, "primary");
  accept->setAccessibleName(tr("Accept %1").arg(name));
  refuse->setAccessibleName(tr("Refuse %1").arg(name));
  connect(accept, &QPushButton::clicked, this, [=, this] { emit accept_wanted(request); });
  connect(refuse, &QPushButton::clicked, this, [=, this] { account_.roster().refuse(request.jid); });
  buttons->addStretch();
  buttons->addWidget(refuse);
  buttons->addWidget(accept);
  words->addLayout(buttons);
  auto* row = new QHBoxLayout(frame);
  row->setContentsMargins(10, 12, 12, 12);
  row->addWidget(avatar, 0, Qt::AlignTop);
  row->addLayout(words, 1);
  return frame;
}

}  // namespace queqiao::client
