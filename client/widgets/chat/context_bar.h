#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace queqiao::client {

class IconButton;
class OneLineLabel;

// A strip above the input: what is being answered or edited, or something to decide, with a way out.
class ContextBar : public QFrame {
  Q_OBJECT

 public:
  explicit ContextBar(QWidget* parent = nullptr);
  // Without `button` it can only be closed.
  void show_context(const QString& icon_name, const QString& title, const QString& text, const QString& button = {});

 signals:
  void accepted();
  void closed();

 private:
  QLabel* picture_;
  QLabel* title_;
  OneLineLabel* text_;
  QPushButton* button_;
  IconButton* away_;
};

}  // namespace queqiao::client
