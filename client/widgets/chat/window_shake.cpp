#include "client/widgets/chat/window_shake.h"

#include <QGuiApplication>
#include <QStyle>

namespace queqiao::client {
namespace {

using std::chrono::milliseconds;

constexpr int step_ms = 35;
// One shake: wide, then settling. The last step is the exact place.
constexpr QPoint offsets[] = {{10, 4}, {-10, -4}, {9, -6},  {-9, 6}, {8, 5},  {-8, -5}, {7, -3},
                              {-7, 3}, {6, 4},    {-5, -4}, {4, -2}, {-4, 2}, {2, 1},   {0, 0}};

milliseconds steady_now() {
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace

WindowShake::WindowShake(QObject* parent, Clock clock)
    : QObject(parent), clock_(clock ? std::move(clock) : steady_now) {
  timer_.setInterval(step_ms);
  timer_.setTimerType(Qt::PreciseTimer);
  connect(&timer_, &QTimer::timeout, this, &WindowShake::step);
}

WindowShake::~WindowShake() {
  if (timer_.isActive() && moved_) moved_->move(place_);
}

ShakeWay WindowShake::way_for(const QWidget& window) {
  if (!window.isVisible()) return ShakeWay::none;
  const bool fills_screen = window.windowState() & (Qt::WindowFullScreen | Qt::WindowMaximized);
  const bool can_be_placed = !QGuiApplication::platformName().startsWith(QLatin1String("wayland"));
  return can_be_placed && !fills_screen ? ShakeWay::window : ShakeWay::contents;
}

bool WindowShake::shake(const QString& jid, QWidget& window, QWidget& contents) {
  const milliseconds now = clock_();
  const auto last = last_.constFind(jid);
  if (last != last_.cend() && now - *last < cool_down) return false;
  last_[jid] = now;
  const ShakeWay way = way_for(window);
  if (timer_.isActive() || way == ShakeWay::none) return true;
  moved_ = way == ShakeWay::window ? &window : &contents;
  place_ = moved_->pos();
  step_ = 0;
  timer_.start();
  return true;
}

void WindowShake::step() {
  if (!moved_) return timer_.stop();
  moved_->move(place_ + offsets[step_]);
  if (++step_ < int(std::size(offsets))) return;
  timer_.stop();
  emit finished();
}

}  // namespace queqiao::client
