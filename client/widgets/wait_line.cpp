#include "client/widgets/wait_line.h"

#include <QPainter>
#include <chrono>

#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr int steps = 60;  // of one way over the line

}  // namespace

WaitLine::WaitLine(QWidget* parent) : QWidget(parent) {
  setFixedHeight(3);
  timer_.setInterval(std::chrono::milliseconds(33));
  connect(&timer_, &QTimer::timeout, this, [this] {
    step_ = (step_ + 1) % steps;
    update();
  });
}

void WaitLine::set_waiting(bool is_waiting) {
  is_waiting_ = is_waiting;
  if (is_waiting && isVisible()) timer_.start();
  if (!is_waiting) timer_.stop();
  update();
}

void WaitLine::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (is_waiting_) timer_.start();
}

void WaitLine::hideEvent(QHideEvent* event) {
  timer_.stop();
  QWidget::hideEvent(event);
}

void WaitLine::paintEvent(QPaintEvent*) {
  if (!is_waiting_) return;
  QPainter painter(this);
  painter.fillRect(rect(), look().line);
  const int light = width() / 3;
  const int left = -light + (width() + light) * step_ / steps;
  painter.fillRect(QRect(left, 0, light, height()), look().accent);
}

}  // namespace queqiao::client
