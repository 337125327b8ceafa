#pragma once

#include <QCache>
#include <QSet>
#include <QStyledItemDelegate>
#include <functional>

#include "client/widgets/chat/animations.h"
#include "client/widgets/chat/bubble_layout.h"
#include "client/widgets/chat/people.h"
#include "client/widgets/chat/picture_cache.h"

namespace queqiao::client {

class MessageWindow;
class Transfers;

// What of the list is not in the model: the mouse, the selection, the search.
struct BubbleView {
  qint64 selected_message = 0;  // that has selected text
  int selected_from = 0, selected_to = 0;
  qint64 hovered_message = 0;
  BubbleHit hovered;
  bool shows_focus = false;  // the current message was reached by keyboard
  bool is_choosing = false;
  QSet<qint64> chosen;
  QString searched;            // words to mark
  qint64 flashed_message = 0;  // what somebody jumped to
};

// Paints the messages of a MessageWindow as bubbles. Layouts are kept by message and width, and forgotten when the
// message, the font or the look changes.
class BubbleDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  BubbleDelegate(const People& people, Transfers& transfers, PictureCache& pictures, QObject* parent);
  Animations& animations() { return animations_; }

  BubbleView view;                                            // the list keeps it
  std::function<bool(const Message& message)> is_invitation;  // to a game, without an answer yet; may be empty

  void set_width(int width);
  void forget(qint64 message) { layouts_.remove(message); }
  void forget_all() { layouts_.clear(); }
  // Valid until the next call.
  const BubbleLayout& layout(const QModelIndex& index) const;

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  QPixmap picture_of(const FileInfo& file, QSize pixels) const;

  struct Kept {
    BubbleFrame frame;
    std::unique_ptr<BubbleLayout> layout;
  };

  const People& people_;
  Transfers& transfers_;
  PictureCache& pictures_;
  Animations animations_;
  mutable QCache<qint64, Kept> layouts_;
  int width_ = 400;
};

}  // namespace queqiao::client
