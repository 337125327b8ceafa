#include "client/widgets/chat/choosing_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

ChoosingBar::ChoosingBar(QWidget* parent) : QFrame(parent), count_(new QLabel(this)) {
  set_kind(*this, "panel");
  setAttribute(Qt::WA_StyledBackground);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(16, 12, 16, 12);
  row->setSpacing(8);
  count_->setWordWrap(true);
  row->addWidget(count_, 1);
  actions_ << add("forward", &ChoosingBar::forward_wanted) << add("copy", &ChoosingBar::copy_wanted)
           << add("delete", &ChoosingBar::delete_wanted, Tint::danger);
  cancel_ = add("close", &ChoosingBar::cancelled);
  follow_language(this, [this] { set_texts(); });
  hide();
}

QToolButton* ChoosingBar::add(const char* picture, void (ChoosingBar::*signal)(), Tint tint) {
  auto* button = new QToolButton(this);
  button->setIcon(icon(QString::fromLatin1(picture), tint));
  button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
  button->setIconSize({22, 22});
  button->setFocusPolicy(Qt::StrongFocus);
  connect(button, &QToolButton::clicked, this, signal);
  layout()->addWidget(button);
  return button;
}

void ChoosingBar::set_texts() {
  actions_[0]->setText(tr("Forward"));
  actions_[1]->setText(tr("Copy"));
  actions_[2]->setText(tr("Delete here"));
  cancel_->setText(tr("Cancel"));
  set_count(chosen_);
}

void ChoosingBar::set_count(int count) {
  chosen_ = count;
  count_->setText(count == 0 ? tr("Click messages") : tr("%1 chosen").arg(count));
  for (QToolButton* action : actions_) action->setEnabled(count > 0);
}

}  // namespace queqiao::client
