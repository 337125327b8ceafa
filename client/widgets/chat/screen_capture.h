#pragma once

#include <QImage>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QVariantMap>
#include <QWidget>

namespace queqiao::client {

// Lets people choose an area of the screen. Under X11 over a still picture of each screen; under Wayland by the
// desktop's own dialog (org.freedesktop.portal.Screenshot), since nothing else may see the screen there.
class ScreenCapture : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;
  void begin();  // one of the signals follows
  bool is_running() const;

 signals:
  void captured(const QImage& picture);
  void cancelled();
  void failed(const QString& why);

 private slots:
  void portal_answered(uint response, const QVariantMap& results);

 private:
  void cover_screens();
  void ask_portal();
  void uncover();

  QList<QPointer<QWidget>> covers_;
};

// One screen, frozen, with the area that is chosen. Enter or a double click takes it, Esc leaves.
class CaptureCover : public QWidget {
  Q_OBJECT

 public:
  explicit CaptureCover(const QPixmap& screen, QWidget* parent = nullptr);
  QRect area() const { return area_.normalized(); }
  QImage picture() const;  // of the area, in the screen's own pixels

 signals:
  void taken();
  void cancelled();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  bool has_area() const { return area().width() > 3 && area().height() > 3; }
  void draw_label(QPainter& painter, const QString& text, QPoint corner);

  QPixmap screen_;
  QRect area_;
  QPoint grabbed_;  // where in the area it is being moved
  bool is_moving_ = false;
};

}  // namespace queqiao::client
