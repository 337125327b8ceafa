#pragma once

#include <QDialog>
#include <QImage>
#include <QPointF>
#include <QSlider>
#include <QWidget>

namespace queqiao::client {

// A picture under a round window: drag or arrow keys move it, wheel or +/- zoom.
class CropView final : public QWidget {
  Q_OBJECT

 public:
  explicit CropView(const QImage& picture, QWidget* parent = nullptr);
  void set_zoom(int percent);  // 100: the shorter side fills the window
  int zoom() const { return zoom_; }
  QImage cropped(int side) const;

 signals:
  void zoomed(int percent);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QRectF window_place() const;
  qreal scale() const;
  void move_by(const QPointF& by);

  QImage picture_;
  QPointF middle_;  // of the window, in the picture's pixels
  QPointF dragged_from_;
  int zoom_ = 100;
};

// Cuts an avatar out of a picture. Deletes itself.
class AvatarCrop final : public QDialog {
  Q_OBJECT

 public:
  AvatarCrop(const QImage& picture, QWidget* parent);

 signals:
  void cropped(const QImage& image);
};

}  // namespace queqiao::client
