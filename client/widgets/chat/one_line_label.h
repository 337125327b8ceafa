#pragma once

#include <QLabel>

namespace queqiao::client {

// A label of one line that is cut with "…" where there is no room, and never makes its window wider. Plain text.
class OneLineLabel : public QLabel {
  Q_OBJECT

 public:
  explicit OneLineLabel(QWidget* parent = nullptr);
  void set_text(const QString& text);
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace queqiao::client
