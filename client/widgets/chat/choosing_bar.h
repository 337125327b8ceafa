#pragma once

#include <QFrame>

#include "client/widgets/icons.h"

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
  QToolButton* add(const char* picture, void (ChoosingBar::*signal)(), Tint tint = Tint::text);
  void set_texts();

  QLabel* count_;
  QList<QToolButton*> actions_;  // forward, copy, delete
  QToolButton* cancel_;
  int chosen_ = 0;
};

}  // namespace queqiao::client
