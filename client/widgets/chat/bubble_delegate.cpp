#include "client/widgets/chat/bubble_delegate.h"

#include <QPainter>

#include "client/core/transfers.h"
#include "client/models/message_window.h"
#include "client/widgets/chat/bubble_painter.h"
#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

constexpr int kept_layouts = 2 * MessageWindow::most_rows;

const Message& message_at(const QModelIndex& index) {
  return static_cast<const MessageWindow*>(index.model())->message(index.row());
}

}  // namespace

BubbleDelegate::BubbleDelegate(const People& people, Transfers& transfers, PictureCache& pictures, QObject* parent)
    : QStyledItemDelegate(parent),
      people_(people),
      transfers_(transfers),
      pictures_(pictures),
      layouts_(kept_layouts) {}

void BubbleDelegate::set_width(int width) {
  if (width == width_) return;
  width_ = width;
  layouts_.clear();
}

const BubbleLayout& BubbleDelegate::layout(const QModelIndex& index) const {
  const Message& message = message_at(index);
  BubbleFrame frame;
  frame.width = width_;
  frame.starts_day = index.data(MessageWindow::starts_day).toBool();
  frame.starts_unread = index.data(MessageWindow::starts_unread).toBool();
  frame.is_choosing = view.is_choosing;
  frame.is_invitation = message.kind == MessageKind::game && is_invitation && is_invitation(message);
  const Kept* kept = layouts_.object(message.id);
  frame.sender_name = people_.name(message.sender);
  if (kept && kept->frame == frame) return *kept->layout;
  auto layout = std::make_unique<BubbleLayout>(message, frame, transfers_.find(message.id));
  const BubbleLayout& answer = *layout;
  layouts_.insert(message.id, new Kept{frame, std::move(layout)});
  return answer;
}

QSize BubbleDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
  return {width_, layout(index).height()};
}

QPixmap BubbleDelegate::picture_of(const FileInfo& file, QSize pixels) const {
  QPixmap picture = animations_.frame(file.local_path);
  if (picture.isNull() && !file.local_path.isEmpty()) picture = pictures_.picture(file.local_path, pixels);
  if (picture.isNull() && !file.thumbnail.isEmpty()) picture = pictures_.thumbnail(file.thumbnail);
  return picture;
}

void BubbleDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Message& message = message_at(index);
  const BubbleLayout& places = layout(index);
  painter->save();
  painter->translate(option.rect.topLeft());
  painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  BubblePainter bubble(*painter, message, places, view, people_);
  bubble.paint_row(option.rect.width(), view.shows_focus && option.state & QStyle::State_HasFocus);
  const auto transfer = transfers_.find(message.id);
  if (places.picture.isValid() && message.file) {
    const QSize pixels = (places.picture.size() * painter->device()->devicePixelRatioF()).toSize();
    bubble.paint_picture(picture_of(*message.file, pixels), transfer, pictures_.cannot_read(message.file->local_path));
  }
  if (places.file.isValid()) bubble.paint_file(transfer);
  painter->restore();
}

}  // namespace queqiao::client
