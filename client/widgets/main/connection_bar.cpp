#include "client/widgets/main/connection_bar.h"

#include <QHBoxLayout>
#include <QTimer>
#include <chrono>

#include "client/widgets/icons.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

ConnectionBar::ConnectionBar(Account& account, QWidget* parent)
    : QWidget(parent), account_(account), text_(new QLabel), connect_(new QPushButton), wait_(new WaitLine) {
  auto* picture = new QLabel;
  picture->setPixmap(icon("warning", Tint::warning).pixmap(16, 16));
  auto* row = new QHBoxLayout;
  row->setContentsMargins(12, 2, 6, 2);
  row->setSpacing(6);
  row->addWidget(picture);
  row->addWidget(text_, 1);
  row->addWidget(connect_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(row);
  column->addWidget(wait_);
  text_->setWordWrap(true);
  set_kind(*text_, "small");
  set_kind(*connect_, "link");
  connect(connect_, &QPushButton::clicked, this, [this] {
    const bool was_away = account_.status() == Status::offline;
    account_.connect_to_server(was_away ? Status::online : account_.status());
  });
  connect(&account, &Account::state_changed, this, &ConnectionBar::refresh);
  // state_text() counts the seconds until the next attempt.
  auto* every_second = new QTimer(this);
  every_second->setInterval(std::chrono::seconds(1));
  connect(every_second, &QTimer::timeout, this, [this] {
    if (isVisible()) text_->setText(account_.state_text());
  });
  every_second->start();
  follow_language(this, [this] {
    connect_->setText(tr("Connect"));
    refresh();
  });
}

void ConnectionBar::refresh() {
  const auto state = account_.state();
  setVisible(state != ConnectionState::online);
  wait_->set_waiting(state == ConnectionState::connecting);
  connect_->setVisible(state == ConnectionState::offline || state == ConnectionState::waiting);
  const QString text = account_.state_text();
  text_->setText(text.isEmpty() ? tr("Not connected") : text);
}

}  // namespace queqiao::client
