#include "client/widgets/main/avatar_crop.h"

#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

#include "client/widgets/confirm.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr int view_side = 320, window_side = 240, avatar_side = 192;
constexpr int least_zoom = 100, most_zoom = 500;

}  // namespace

CropView::CropView(const QImage& picture, QWidget* parent)
    : QWidget(parent), picture_(picture), middle_(QRectF(picture.rect()).center()) {
  setFixedSize(view_side, view_side);
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::OpenHandCursor);
  setAccessibleName(tr("Part of the picture"));
  setAccessibleDescription(tr("Arrow keys move it, plus and minus zoom."));
}

void CropView::set_zoom(int percent) {
  const int wanted = qBound(least_zoom, percent, most_zoom);
  if (wanted == zoom_) return;
  zoom_ = wanted;
  move_by({});
  emit zoomed(zoom_);
}

QImage CropView::cropped(int side) const {
  const qreal covered = window_side / scale();
  const QRectF part(middle_.x() - covered / 2, middle_.y() - covered / 2, covered, covered);
  return picture_.copy(part.toRect()).scaled(side, side, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

QRectF CropView::window_place() const {
  const qreal margin = (view_side - window_side) / 2.0;
  return {margin, margin, window_side, window_side};
}

qreal CropView::scale() const {
  return window_side * (zoom_ / 100.0) / qMax(1, qMin(picture_.width(), picture_.height()));
}

// The window never leaves the picture.
void CropView::move_by(const QPointF& by) {
  const qreal half = window_side / scale() / 2;
  middle_ += by;
  middle_.setX(qBound(half, middle_.x(), qMax(half, picture_.width() - half)));
  middle_.setY(qBound(half, middle_.y(), qMax(half, picture_.height() - half)));
  update();
}

void CropView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  painter.fillRect(rect(), look().window);
  painter.save();
  painter.translate(window_place().center());
  painter.scale(scale(), scale());
  painter.drawImage(-middle_, picture_);
  painter.restore();
  QPainterPath shade;
  shade.addRect(rect());
  shade.addEllipse(window_place());
  painter.fillPath(shade, QColor(0, 0, 0, 130));
  painter.setPen(QPen(hasFocus() ? look().accent : QColor(Qt::white), 2));
  painter.drawEllipse(window_place());
}

void CropView::mousePressEvent(QMouseEvent* event) {
  dragged_from_ = event->position();
}

void CropView::mouseMoveEvent(QMouseEvent* event) {
  move_by((dragged_from_ - event->position()) / scale());
  dragged_from_ = event->position();
}

void CropView::wheelEvent(QWheelEvent* event) {
  set_zoom(zoom_ + event->angleDelta().y() / 12);
  event->accept();
}

void CropView::keyPressEvent(QKeyEvent* event) {
  const qreal step = 8 / scale();
  switch (event->key()) {
    case Qt::Key_Left:
      return move_by({-step, 0});
    case Qt::Key_Right:
      return move_by({step, 0});
    case Qt::Key_Up:
      return move_by({0, -step});
    case Qt::Key_Down:
      return move_by({0, step});
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return set_zoom(zoom_ + 10);
    case Qt::Key_Minus:
      return set_zoom(zoom_ - 10);
    default:
      QWidget::keyPressEvent(event);
  }
}

AvatarCrop::AvatarCrop(const QImage& picture, QWidget* parent) : QDialog(parent) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Part of the picture"));
  auto* view = new CropView(picture);
  auto* zoom = new QSlider(Qt::Horizontal);
  zoom->setRange(least_zoom, most_zoom);
  zoom->setAccessibleName(tr("Zoom"));
  auto* hint = new QLabel(tr("Drag the picture; zoom with the wheel."));
  set_kind(*hint, "faint");
  hint->setAlignment(Qt::AlignCenter);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(20, 16, 20, 16);
  column->setSpacing(12);
  column->addWidget(view, 0, Qt::AlignHCenter);
  column->addWidget(zoom);
  column->addWidget(hint);
  auto buttons = add_buttons(this, tr("Use this part"));
  column->addWidget(buttons.box);
  connect(zoom, &QSlider::valueChanged, view, &CropView::set_zoom);
  connect(view, &CropView::zoomed, zoom, &QSlider::setValue);
  connect(this, &QDialog::accepted, this, [=, this] { emit cropped(view->cropped(avatar_side)); });
  view->setFocus();
}

}  // namespace queqiao::client
