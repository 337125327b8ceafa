#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace queqiao::client {

// Stands where the input is while several messages are being chosen.
class ChoosingBar : public QFrame {
  Q_OBJECT

 public:
  explicit ChoosingBar(QWidget* parent = nullptr);
  void set_count(int count);

 signals:
  void forward_wanted();
  void copy_wanted();
  void delete_wanted();
  void cancelled();

 private:
  QLabel* count_;
  QList<QToolButton*> actions_;
};

}  // namespace queqiao::client
