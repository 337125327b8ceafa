#include "client/widgets/chat/choosing_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "client/widgets/icons.h"
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
  const auto add = [this, row](const char* picture, const QString& text, auto signal, Tint tint = Tint::text) {
    auto* button = new QToolButton(this);
    button->setIcon(icon(QString::fromLatin1(picture), tint));
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setIconSize({22, 22});
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, signal);
    row->addWidget(button);
    return button;
  };
  actions_ << add("forward", tr("Forward"), &ChoosingBar::forward_wanted)
           << add("copy", tr("Copy"), &ChoosingBar::copy_wanted)
           << add("delete", tr("Delete here"), &ChoosingBar::delete_wanted, Tint::danger);
  add("close", tr("Cancel"), &ChoosingBar::cancelled);
  set_count(0);
  hide();
}

void ChoosingBar::set_count(int count) {
  count_->setText(count == 0 ? tr("Click messages") : tr("%1 chosen").arg(count));
  for (QToolButton* action : actions_) action->setEnabled(count > 0);
}

}  // namespace queqiao::client
