#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QPoint>
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <chrono>
#include <functional>
#include <memory>

namespace queqiao::client {

// How a shake is shown.
enum class ShakeWay : quint8 {
  window,    // the window moves, and is put back to the exact place
  contents,  // what is in it moves: on Wayland, where windows cannot choose their place, and when it fills the screen
  none       // the desktop asks for no motion, or the window is not on the screen
};

// Shakes one window at a time (XEP-0224 as QQ's people know it). One clock for the cool-down of each person, so that a
// flood of them is one.
class WindowShake : public QObject {
  Q_OBJECT

 public:
  static constexpr std::chrono::milliseconds cool_down{10'000};
  using Clock = std::function<std::chrono::milliseconds()>;

  explicit WindowShake(QObject* parent = nullptr, Clock clock = {});
  ~WindowShake() override;

  static ShakeWay way_for(const QWidget& window);
  // False: this person has shaken less than the cool-down ago.
  bool shake(const QString& jid, QWidget& window, QWidget& contents);
  bool is_shaking() const { return timer_.isActive(); }

 signals:
  void finished();

 private:
  void step();

  Clock clock_;
  QHash<QString, std::chrono::milliseconds> last_;
  QTimer timer_;
  QPointer<QWidget> moved_;
  QPoint place_;
  int step_ = 0;
};

}  // namespace queqiao::client
