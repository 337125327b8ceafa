#include "client/widgets/main/avatar_picker.h"

#include <QDir>
#include <QFileDialog>
#include <QImageReader>
#include <QLabel>
#include <QPainter>
#include <QSvgRenderer>
#include <QVBoxLayout>

#include "client/core/status.h"
#include "client/widgets/avatar.h"
#include "client/widgets/confirm.h"
#include "client/widgets/main/avatar_crop.h"
#include "client/widgets/resources.h"
#include "client/widgets/theme.h"
#include "client/widgets/toast.h"

namespace queqiao::client {

namespace {

constexpr int shown_side = 64, avatar_side = 192;
constexpr int largest_picture = 12000;  // pixels in either direction; decoding more would take too much memory

}  // namespace

QStringList AvatarPicker::gallery() {
  load_resources();
  return QDir(":/queqiao/gallery").entryList({"*.svg"}, QDir::Files, QDir::Name);
}

QImage AvatarPicker::gallery_picture(const QString& name, int side) {
  QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::white);
  QPainter painter(&image);
  QSvgRenderer(":/queqiao/gallery/" + name).render(&painter, QRectF(0, 0, side, side));
  return image;
}

AvatarPicker::AvatarPicker(QWidget* parent) : QDialog(parent), list_(new QListWidget) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Choose an avatar"));
  list_->setViewMode(QListView::IconMode);
  list_->setIconSize({shown_side, shown_side});
  list_->setGridSize({shown_side + 16, shown_side + 16});
  list_->setMovement(QListView::Static);
  list_->setResizeMode(QListView::Adjust);
  list_->setAccessibleName(tr("Gallery"));
  int number = 0;
  for (const QString& name : gallery()) {
    const QImage picture = gallery_picture(name, shown_side * 2);
    auto* item = new QListWidgetItem(QIcon(avatar_pixmap(shown_side, picture, name, name, Status::online)), QString());
    item->setData(Qt::UserRole, name);
    item->setData(Qt::AccessibleTextRole, tr("Picture %1").arg(++number));
    list_->addItem(item);
  }
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(20, 16, 20, 16);
  column->setSpacing(12);
  auto* title = new QLabel(tr("Choose an avatar"));
  set_kind(*title, "heading");
  column->addWidget(title);
  column->addWidget(list_, 1);
  auto buttons = add_buttons(this, tr("Use this one"));
  auto* from_file = buttons.box->addButton(tr("From a file…"), QDialogButtonBox::ActionRole);
  auto* none = buttons.box->addButton(tr("No avatar"), QDialogButtonBox::ActionRole);
  column->addWidget(buttons.box);
  resize(560, 370);
  buttons.yes->setEnabled(false);
  connect(list_, &QListWidget::currentItemChanged, this, [=] { buttons.yes->setEnabled(true); });
  connect(list_, &QListWidget::itemActivated, this, &QDialog::accept);
  connect(from_file, &QPushButton::clicked, this, &AvatarPicker::open_file);
  connect(none, &QPushButton::clicked, this, [this] {
    emit chosen({});
    reject();
  });
  connect(this, &QDialog::accepted, this, [this] {
    if (const auto* item = list_->currentItem())
      emit chosen(gallery_picture(item->data(Qt::UserRole).toString(), avatar_side));
  });
}

void AvatarPicker::open_file() {
  const QString path = QFileDialog::getOpenFileName(this, tr("Choose a picture"), {},
                                                    tr("Pictures (%1)").arg("*.png *.jpg *.jpeg *.gif *.webp *.bmp"));
  if (path.isEmpty()) return;
  QImageReader reader(path);
  reader.setAutoTransform(true);
  const QSize size = reader.size();
  if (size.width() > largest_picture || size.height() > largest_picture) {
    return show_toast(this, tr("This picture is too large: %1 pixels at most.").arg(largest_picture), ToastKind::error);
  }
  const QImage picture = reader.read();
  if (picture.isNull()) {
    return show_toast(this, tr("This file is not a picture that can be read."), ToastKind::error);
  }
  auto* crop = new AvatarCrop(picture, this);
  connect(crop, &AvatarCrop::cropped, this, [this](const QImage& image) {
    emit chosen(image);
    reject();
  });
  crop->open();
}

}  // namespace queqiao::client
