#include "client/widgets/empty_state.h"

#include <QPainter>
#include <QVBoxLayout>

#include "client/widgets/icons.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

class Picture final : public QWidget {
 public:
  explicit Picture(const QString& name) : icon_(icon(name, Tint::accent)) { setFixedSize(72, 72); }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(look().selected);
    painter.drawEllipse(rect());
    icon_.paint(&painter, rect().adjusted(20, 20, -20, -20));
  }

 private:
  QIcon icon_;
};

}  // namespace

EmptyState::EmptyState(const QString& icon_name, QWidget* parent)
    : QWidget(parent), title_(new QLabel), text_(new QLabel), action_(new QPushButton) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 24, 24, 24);
  column->setSpacing(8);
  column->addStretch(2);
  column->addWidget(new Picture(icon_name), 0, Qt::AlignHCenter);
  column->addSpacing(4);
  for (auto* label : {title_, text_}) {
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    column->addWidget(label);
  }
  set_kind(*title_, "heading");
  set_kind(*text_, "faint");
  column->addSpacing(4);
  column->addWidget(action_, 0, Qt::AlignHCenter);
  column->addStretch(3);
  set_kind(*action_, "primary");
  connect(action_, &QPushButton::clicked, this, &EmptyState::action_clicked);
}

void EmptyState::set_texts(const QString& title, const QString& text, const QString& action) {
  title_->setText(title);
  text_->setText(text);
  text_->setVisible(!text.isEmpty());
  action_->setText(action);
  action_->setVisible(!action.isEmpty());
}

}  // namespace queqiao::client
