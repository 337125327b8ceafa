#include "client/widgets/chat/picture_viewer.h"

#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QImageReader>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QScreen>
#include <QStandardPaths>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "client/widgets/chat/animations.h"
#include "client/widgets/icon_button.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"
#include "client/widgets/toast.h"

namespace queqiao::client {
namespace {

constexpr qreal least_zoom = 0.05, most_zoom = 16, zoom_step = 1.25;
constexpr int largest_side = 8192;  // pixels that are read; larger pictures are scaled down

QPixmap read_picture(const QString& path) {
  QImageReader reader(path);
  reader.setAutoTransform(true);
  const QSize size = reader.size();
  if (size.width() > largest_side || size.height() > largest_side) {
    reader.setScaledSize(size.scaled(largest_side, largest_side, Qt::KeepAspectRatio));
  }
  return QPixmap::fromImageReader(&reader);
}

}  // namespace

QString save_copy(QWidget* parent, const QString& path, const QString& name) {
  const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
  const QString target = QFileDialog::getSaveFileName(parent, PictureViewer::tr("Save as"), folder + u'/' + name);
  if (target.isEmpty() || target == path) return {};
  if (QFile::exists(target)) QFile::remove(target);  // the dialog has asked
  QFile source(path);
  if (source.copy(target)) return {};
  return PictureViewer::tr("The file could not be saved: %1").arg(source.errorString());
}

PictureViewer::PictureViewer(const QString& path, const QString& name, QWidget* parent)
    : QWidget(parent, Qt::Window), path_(path), name_(name), picture_(read_picture(path)), movie_(open_movie(path)) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(name);
  setFocusPolicy(Qt::StrongFocus);
  build_bar();
  follow_language(this, [this] { set_texts(); });
  if (movie_) connect(movie_.get(), &QMovie::frameChanged, this, &PictureViewer::show_frame);
  setFocus();
  const QSize room = screen()->availableGeometry().size() * 0.8;
  resize(picture_.size().boundedTo(room).expandedTo({480, 360}));
  fit();
}

void PictureViewer::build_bar() {
  bar_ = new QWidget(this);
  set_kind(*bar_, "panel");
  bar_->setAttribute(Qt::WA_StyledBackground);
  percent_ = new QLabel(bar_);
  percent_->setMinimumWidth(56);
  percent_->setAlignment(Qt::AlignCenter);
  auto* row = new QHBoxLayout(bar_);
  row->setContentsMargins(8, 4, 8, 4);
  const auto add = [this, row](const char* picture, auto action) {
    auto* button = new IconButton(QString::fromLatin1(picture), {}, bar_);
    connect(button, &QAbstractButton::clicked, this, action);
    row->addWidget(button);
    buttons_ << button;
  };
  row->addStretch();
  add("zoom_out", [this] { set_zoom(zoom_ / zoom_step, middle()); });
  row->addWidget(percent_);
  add("zoom_in", [this] { set_zoom(zoom_ * zoom_step, middle()); });
  add("full_screen", [this] { fit(); });
  add("rotate", [this] { rotate(); });
  add("download", [this] { save_as(); });
  row->addStretch();
}

void PictureViewer::set_texts() {
  setAccessibleName(tr("Picture %1").arg(name_));
  const QStringList names{tr("Smaller (-)"), tr("Larger (+)"), tr("Fit to the window (0)"), tr("Rotate (R)"),
                          tr("Save as… (Ctrl+S)")};
  for (int i = 0; i < names.size(); ++i) buttons_[i]->set_name(names[i]);
}

void PictureViewer::play_while_seen() {
  if (!movie_) return;
  const bool is_seen = isVisible() && !isMinimized();
  if (movie_->state() == QMovie::NotRunning && is_seen) movie_->start();
  movie_->setPaused(!is_seen);
}

void PictureViewer::show_frame() {
  picture_ = movie_->currentPixmap().transformed(QTransform().rotate(turned_));
  update();
}

void PictureViewer::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  play_while_seen();
}

void PictureViewer::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  play_while_seen();
}

void PictureViewer::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::WindowStateChange) play_while_seen();
}

void PictureViewer::fit() {
  fits_ = true;
  const QSizeF room(width() - 16.0, height() - bar_->sizeHint().height() - 16.0);
  if (!picture_.isNull()) {
    zoom_ = std::min({1.0, room.width() / picture_.width(), room.height() / picture_.height()});
  }
  centre_ = QPointF(width() / 2.0, (height() - bar_->sizeHint().height()) / 2.0);
  percent_->setText(QStringLiteral("%1 %").arg(std::lround(zoom_ * 100)));
  update();
}

void PictureViewer::set_zoom(qreal zoom, QPointF around) {
  zoom = std::clamp(zoom, least_zoom, most_zoom);
  centre_ = around + (centre_ - around) * (zoom / zoom_);
  zoom_ = zoom;
  fits_ = false;
  keep_inside();
  percent_->setText(QStringLiteral("%1 %").arg(std::lround(zoom_ * 100)));
  update();
}

void PictureViewer::keep_inside() {
  const QSizeF half = QSizeF(picture_.size()) * zoom_ / 2;
  centre_.setX(std::clamp(centre_.x(), -half.width() + 48, width() + half.width() - 48));
  centre_.setY(std::clamp(centre_.y(), -half.height() + 48, height() + half.height() - 48));
}

void PictureViewer::rotate() {
  turned_ = (turned_ + 90) % 360;
  picture_ = picture_.transformed(QTransform().rotate(90));
  fit();
}

void PictureViewer::save_as() {
  const QString problem = save_copy(this, path_, name_);
  if (!problem.isEmpty()) show_toast(this, problem, ToastKind::error);
}

void PictureViewer::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), look().is_dark ? QColor(0x101215) : QColor(0x2a2d31));
  if (picture_.isNull()) {
    painter.setPen(Qt::white);
    painter.drawText(rect(), Qt::AlignCenter, tr("This picture cannot be shown."));
    return;
  }
  painter.setRenderHint(QPainter::SmoothPixmapTransform, zoom_ < 3);
  QRectF place({}, QSizeF(picture_.size()) * zoom_);
  place.moveCenter(centre_);
  painter.drawPixmap(place, picture_, QRectF(picture_.rect()));
}

void PictureViewer::resizeEvent(QResizeEvent*) {
  const int high = bar_->sizeHint().height();
  bar_->setGeometry(0, height() - high, width(), high);
  if (fits_) fit();
}

void PictureViewer::wheelEvent(QWheelEvent* event) {
  set_zoom(zoom_ * std::pow(zoom_step, event->angleDelta().y() / 120.0), event->position());
}

void PictureViewer::mousePressEvent(QMouseEvent* event) {
  pressed_ = event->position();
}

void PictureViewer::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton)) return;
  centre_ += event->position() - pressed_;
  pressed_ = event->position();
  fits_ = false;
  keep_inside();
  update();
}

void PictureViewer::mouseDoubleClickEvent(QMouseEvent* event) {
  fits_ ? set_zoom(1, event->position()) : fit();
}

void PictureViewer::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Escape:
      close();
      return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return set_zoom(zoom_ * zoom_step, middle());
    case Qt::Key_Minus:
      return set_zoom(zoom_ / zoom_step, middle());
    case Qt::Key_0:
      return fit();
    case Qt::Key_1:
      return set_zoom(1, middle());
    case Qt::Key_R:
      return rotate();
    default:
      break;
  }
  if (event->matches(QKeySequence::Save)) return save_as();
  if (event->matches(QKeySequence::Close)) close();
}

}  // namespace queqiao::client
