#pragma once

#include <QPainter>
#include <QWidget>
#include <string>

namespace queqiao::client {

// A die (1-6), a hand ("rock", "paper", "scissors"), or, while it is not known, a question mark.
class Face final : public QWidget {
  Q_OBJECT

 public:
  explicit Face(QWidget* parent);
  void show_unknown();
  void show_die(int value);
  void show_hand(const std::string& hand);

  QSize sizeHint() const override { return {112, 112}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void paint_dots(QPainter& painter, const QRectF& place) const;

  int die_ = 0;
  QString text_;
};

QString hand_emoji(const std::string& hand);

}  // namespace queqiao::client
