#include "client/widgets/chat/context_bar.h"

#include <QHBoxLayout>
#include <QPushButton>

#include "client/widgets/chat/one_line_label.h"
#include "client/widgets/icon_button.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

ContextBar::ContextBar(QWidget* parent)
    : QFrame(parent),
      picture_(new QLabel(this)),
      title_(new QLabel(this)),
      text_(new OneLineLabel(this)),
      button_(new QPushButton(this)),
      away_(new IconButton(QStringLiteral("close"), {}, this, Tint::faint)) {
  title_->setFont(text_font(9, true));
  title_->setTextFormat(Qt::PlainText);
  set_kind(*text_, "faint");
  away_->setIconSize({14, 14});
  auto* words = new QVBoxLayout;
  words->setSpacing(0);
  words->addWidget(title_);
  words->addWidget(text_);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(14, 4, 8, 4);
  row->setSpacing(10);
  row->addWidget(picture_);
  row->addLayout(words, 1);
  row->addWidget(button_);
  row->addWidget(away_);
  connect(button_, &QPushButton::clicked, this, &ContextBar::accepted);
  connect(away_, &QAbstractButton::clicked, this, &ContextBar::closed);
  follow_language(this, [this] { away_->set_name(tr("Close")); });
  hide();
}

void ContextBar::show_context(const QString& icon_name, const QString& title, const QString& text,
                              const QString& button) {
  picture_->setPixmap(icon(icon_name, Tint::accent).pixmap(18, 18));
  title_->setText(title);
  text_->set_text(text);
  text_->setVisible(!text.isEmpty());
  button_->setText(button);
  button_->setVisible(!button.isEmpty());
  show();
}

}  // namespace queqiao::client
