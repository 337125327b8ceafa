#include "client/widgets/plain_labels.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <utility>

namespace queqiao::client {
namespace {

// Labels are polished before their text is laid out for the first time.
class PlainLabels final : public QObject {
 public:
  using QObject::QObject;

  bool eventFilter(QObject* object, QEvent* event) override {
    if (event->type() != QEvent::Polish) return false;
    auto* label = qobject_cast<QLabel*>(object);
    if (label && label->textFormat() == Qt::AutoText) label->setTextFormat(Qt::PlainText);
    return false;
  }
};

}  // namespace

void keep_labels_plain() {
  static bool is_done = false;
  if (std::exchange(is_done, true)) return;
  qApp->installEventFilter(new PlainLabels(qApp));
}

QString plain_tip(const QString& text) {
  return text.isEmpty() ? QString() : QStringLiteral("<span>%1</span>").arg(text.toHtmlEscaped());
}

}  // namespace queqiao::client
