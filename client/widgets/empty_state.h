#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>

namespace queqiao::client {

// What stands where a list has nothing to show: a picture, what this place is for, and perhaps what to do next.
class EmptyState final : public QWidget {
  Q_OBJECT

 public:
  explicit EmptyState(const QString& icon_name, QWidget* parent = nullptr);
  void set_texts(const QString& title, const QString& text, const QString& action = {});

 signals:
  void action_clicked();

 private:
  QLabel* title_;
  QLabel* text_;
  QPushButton* action_;
};

}  // namespace queqiao::client
