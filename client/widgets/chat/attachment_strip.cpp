#include "client/widgets/chat/attachment_strip.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QImageReader>
#include <QLabel>
#include <QPointer>
#include <QScrollArea>
#include <QStandardPaths>
#include <QThreadPool>
#include <QUuid>
#include <algorithm>

#include "client/widgets/chat/message_text.h"
#include "client/widgets/chat/one_line_label.h"
#include "client/widgets/icon_button.h"
#include "client/widgets/icons.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

constexpr int picture_side = 64;

QString new_picture_path() {
  const QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/pasted"));
  folder.mkpath(QStringLiteral("."));
  return folder.filePath(QUuid::createUuid().toString(QUuid::WithoutBraces) + QStringLiteral(".png"));
}

QPixmap preview_of(const QString& path) {
  QImageReader reader(path);
  reader.setAutoTransform(true);
  const QSize size = reader.size();
  if (!size.isValid()) return icon(QStringLiteral("file"), Tint::accent).pixmap(32, 32);
  reader.setScaledSize(size.scaled(picture_side * 2, picture_side, Qt::KeepAspectRatio).expandedTo({1, 1}));
  return QPixmap::fromImageReader(&reader);
}

}  // namespace

AttachmentStrip::AttachmentStrip(QWidget* parent) : QWidget(parent) {
  auto* outer = new QHBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  auto* area = new QScrollArea(this);
  area->setFocusPolicy(Qt::NoFocus);  // what is in it takes the focus
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setFixedHeight(picture_side + scaled(40));
  area->setFocusPolicy(Qt::NoFocus);
  auto* inside = new QWidget(area);
  row_ = new QHBoxLayout(inside);
  row_->setContentsMargins(12, 4, 12, 4);
  row_->setSpacing(8);
  row_->addStretch();
  area->setWidget(inside);
  outer->addWidget(area);
  hide();
}

void AttachmentStrip::add_picture(const QImage& picture) {
  if (picture.isNull() || attachments_.size() >= most_attachments) return;
  const QPixmap preview =
      QPixmap::fromImage(picture.scaled(picture_side * 2, picture_side, Qt::KeepAspectRatio, Qt::SmoothTransformation));
  add({}, preview, tr("Picture"));
  const int number = last_number_;
  const QString path = new_picture_path();
  QThreadPool::globalInstance()->start([self = QPointer<AttachmentStrip>(this), picture, path, number] {
    const bool is_good = picture.save(path, "PNG");
    QMetaObject::invokeMethod(qApp, [self, path, number, is_good] {
      if (self) self->written(number, path, is_good);
    });
  });
}

void AttachmentStrip::add_file(const QString& path) {
  if (attachments_.size() >= most_attachments)
    return emit failed(tr("At most %1 files go with one message.").arg(most_attachments));
  add(path, preview_of(path), QFileInfo(path).fileName());
}

void AttachmentStrip::add(const QString& path, const QPixmap& picture, const QString& name) {
  const int number = ++last_number_;
  QWidget* card = make_card(number, picture, name);
  row_->insertWidget(row_->count() - 1, card);
  attachments_ << Attachment{number, path, card};
  show();
  emit changed();
}

QWidget* AttachmentStrip::make_card(int number, const QPixmap& picture, const QString& name) {
  auto* card = new QFrame(this);
  set_kind(*card, "card");
  card->setFixedWidth(picture_side * 2 + 24);
  auto* image = new QLabel(card);
  image->setPixmap(picture);
  image->setAlignment(Qt::AlignCenter);
  auto* title = new OneLineLabel(card);
  set_kind(*title, "small");
  title->set_text(name);
  title->setAlignment(Qt::AlignCenter);
  auto* column = new QVBoxLayout(card);
  column->setContentsMargins(4, 4, 4, 2);
  column->setSpacing(0);
  column->addWidget(image, 1);
  column->addWidget(title);
  auto* away = new IconButton(QStringLiteral("close"), {}, card);
  away->setIconSize({12, 12});
  away->setFixedSize(22, 22);
  away->move(card->width() - 24, 2);
  connect(away, &QAbstractButton::clicked, this, [this, number] { remove(number); });
  follow_language(away, [away, name] { away->set_name(tr("Remove %1").arg(name)); });
  return card;
}

void AttachmentStrip::remove(int number) {
  const auto found =
      std::find_if(attachments_.begin(), attachments_.end(), [&](const auto& a) { return a.number == number; });
  if (found == attachments_.end()) return;
  found->card->deleteLater();
  found->card->hide();
  attachments_.erase(found);
  setVisible(!attachments_.isEmpty());
  emit changed();
}

void AttachmentStrip::written(int number, const QString& path, bool is_good) {
  if (!is_good) {
    remove(number);
    return emit failed(tr("The picture could not be saved; is the disk full?"));
  }
  for (Attachment& attachment : attachments_) {
    if (attachment.number == number) attachment.path = path;
  }
  emit changed();
}

bool AttachmentStrip::is_ready() const {
  return std::none_of(attachments_.begin(), attachments_.end(), [](const auto& a) { return a.path.isEmpty(); });
}

QStringList AttachmentStrip::take() {
  QStringList paths;
  for (const Attachment& attachment : attachments_) {
    paths << attachment.path;
    attachment.card->deleteLater();
  }
  attachments_.clear();
  hide();
  emit changed();
  return paths;
}

}  // namespace queqiao::client
