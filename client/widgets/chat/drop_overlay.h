#pragma once

#include <QWidget>

namespace queqiao::client {

// Covers a chat while files are dragged over it and says what dropping them does.
class DropOverlay : public QWidget {
  Q_OBJECT

 public:
  explicit DropOverlay(QWidget* parent);
  void cover(const QString& text);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString text_;
};

}  // namespace queqiao::client
