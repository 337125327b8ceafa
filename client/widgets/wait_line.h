#pragma once

#include <QTimer>
#include <QWidget>

namespace queqiao::client {

// A thin line with a light that wanders over it: something is being waited for. Still while it is hidden.
class WaitLine final : public QWidget {
  Q_OBJECT

 public:
  explicit WaitLine(QWidget* parent = nullptr);
  void set_waiting(bool is_waiting);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  QTimer timer_;
  int step_ = 0;
  bool is_waiting_ = false;
};

}  // namespace queqiao::client
