#pragma once

#include <QToolButton>

#include "client/widgets/icons.h"

namespace queqiao::client {

// A button with a picture only. Its name is shown as a tool tip and read by screen readers, so it cannot be left out;
// set_name() again when the language changes.
class IconButton : public QToolButton {
  Q_OBJECT

 public:
  IconButton(const QString& icon_name, const QString& name, QWidget* parent = nullptr, Tint tint = Tint::text);
  void set_name(const QString& name);
  void set_icon(const QString& icon_name, Tint tint = Tint::text);

  // A small number at the upper right corner; 0 takes it away.
  void set_badge(int count);
  int badge() const { return badge_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  int badge_ = 0;
};

// A red, or for muted chats grey, pill with a number, its right end and middle at `right_middle`; 99+ at most.
// The answer is its place.
QRectF draw_badge(QPainter& painter, const QPointF& right_middle, int count, bool is_muted = false);

}  // namespace queqiao::client
