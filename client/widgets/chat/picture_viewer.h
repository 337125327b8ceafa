#pragma once

#include <QMovie>
#include <QPixmap>
#include <QWidget>
#include <memory>

class QLabel;

namespace queqiao::client {

class IconButton;

// A window with one picture: fits it to the window, zooms with the wheel and + - 0 1, moves it with the mouse, saves
// it. Animations play while it can be seen.
class PictureViewer : public QWidget {
  Q_OBJECT

 public:
  PictureViewer(const QString& path, const QString& name, QWidget* parent = nullptr);
  qreal zoom() const { return zoom_; }
  bool is_playing() const { return movie_ && movie_->state() == QMovie::Running; }
  void set_zoom(qreal zoom, QPointF around);  // screen pixels of one of the picture; 0.05 - 16
  void fit();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void build_bar();
  void set_texts();
  void play_while_seen();
  void show_frame();
  void save_as();
  void rotate();
  QPointF middle() const { return QRectF(rect()).center(); }
  void keep_inside();

  QString path_, name_;
  QPixmap picture_;
  std::unique_ptr<QMovie> movie_;  // null: it stands still
  int turned_ = 0;                 // degrees
  QWidget* bar_;
  QLabel* percent_;
  QList<IconButton*> buttons_;  // smaller, larger, fit, rotate, save
  qreal zoom_ = 1;
  QPointF centre_;  // where the picture's middle is in the window
  QPointF pressed_;
  bool fits_ = true;
};

// Asks where to, and copies. The answer is empty, or why it did not work, in words for people.
QString save_copy(QWidget* parent, const QString& path, const QString& name);

}  // namespace queqiao::client
