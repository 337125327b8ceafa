#include "client/widgets/toast.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPointer>
#include <QTimer>
#include <chrono>

#include "client/widgets/icons.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr auto shown_for = std::chrono::seconds(4);

class Toast final : public QLabel {
 public:
  Toast(QWidget* window, const QString& text, ToastKind kind) : QLabel(text, window), kind_(kind) {
    setObjectName("toast");
    setTextFormat(Qt::PlainText);  // what others write is shown as they wrote it
    setWordWrap(true);
    setAlignment(Qt::AlignCenter);
    setContentsMargins(16, 10, 16, 10);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setStyleSheet(QStringLiteral("color: white"));
    setAccessibleName(text);
    window->installEventFilter(this);
    place();
    QTimer::singleShot(shown_for, this, &QObject::deleteLater);
  }

 protected:
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::Resize) place();
    return false;
  }

  void paintEvent(QPaintEvent* event) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QColor fill = kind_ == ToastKind::error  ? QColor(0xb3303c)
                        : kind_ == ToastKind::good ? QColor(0x1b7f4b)
                                                   : QColor(0x30363e);
    painter.setBrush(fill);
    painter.drawRoundedRect(rect(), look().radius, look().radius);
    painter.end();
    QLabel::paintEvent(event);
  }

 private:
  void place() {
    const QWidget* window = parentWidget();
    const int room = window->width() - 4 * look().gap;
    const int wide = fontMetrics().horizontalAdvance(text()) + 34;
    const int width = qMin(room, wide);
    resize(width, heightForWidth(width));
    move((window->width() - width) / 2, window->height() - height() - 7 * look().gap);
  }

  ToastKind kind_;
};

}  // namespace

void show_toast(QWidget* window, const QString& text, ToastKind kind) {
  delete window->findChild<QLabel*>("toast", Qt::FindDirectChildrenOnly);
  auto* toast = new Toast(window, text, kind);
  toast->show();
  toast->raise();
  QAccessibleEvent alert(toast, QAccessible::Alert);
  QAccessible::updateAccessibility(&alert);
}

std::function<void(const QString&)> toast_on_error(QWidget* window) {
  return [guard = QPointer<QWidget>(window)](const QString& error) {
    if (guard && !error.isEmpty()) show_toast(guard, error, ToastKind::error);
  };
}

InlineNote::InlineNote(QWidget* parent) : QWidget(parent), picture_(new QLabel), text_(new QLabel) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  row->addWidget(picture_, 0, Qt::AlignTop);
  row->addWidget(text_, 1);
  text_->setTextFormat(Qt::PlainText);
  text_->setWordWrap(true);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  hide();
}

void InlineNote::show_error(const QString& text) {
  show_text(text, "error", "error");
}
void InlineNote::show_good(const QString& text) {
  show_text(text, "good", "check");
}

void InlineNote::clear() {
  text_->clear();
  hide();
}

void InlineNote::show_text(const QString& text, const char* kind, const QString& icon_name) {
  const Tint tint = icon_name == QLatin1String("check") ? Tint::good : Tint::danger;
  picture_->setPixmap(icon(icon_name, tint).pixmap(16, 16));
  set_kind(*text_, kind);
  text_->setText(text);
  show();
  QAccessibleEvent alert(text_, QAccessible::Alert);
  QAccessible::updateAccessibility(&alert);
}

}  // namespace queqiao::client
