#pragma once

#include <QList>
#include <QPointF>
#include <QRectF>
#include <QTextLayout>
#include <memory>
#include <optional>
#include <utility>

#include "client/core/message.h"
#include "client/core/transfers.h"
#include "client/widgets/chat/file_actions.h"
#include "client/widgets/chat/found_words.h"
#include "client/widgets/chat/message_text.h"

namespace queqiao::client {

// What a row shows beside the message itself.
struct BubbleFrame {
  int width = 0;  // of the row
  bool starts_day = false;
  bool starts_unread = false;
  bool is_invitation = false;  // to a game, and waits for the user's answer
  bool is_choosing = false;    // several messages are being chosen: room for a mark at the left
  QString sender_name;         // for recalled lines and /me
  bool operator==(const BubbleFrame&) const = default;
};

enum class BubblePart : quint8 {
  none,
  beside,  // the blank space of the row
  face,
  text,
  link,
  quote,
  picture,
  file,
  action,    // `index` into actions
  reaction,  // `index` into the message's reactions
  delivery,
  resend,
  edit_again,
  game,
  accept,  // an invitation to a game
  decline
};

struct BubbleHit {
  BubblePart part = BubblePart::none;
  int index = -1;
  QString address;  // of a link
  bool operator==(const BubbleHit&) const = default;
};

// Where everything of one message is, in the coordinates of its row, for one width, font and look. Text is shaped once.
class BubbleLayout {
 public:
  struct Action {
    FileAction action;
    QRectF place;
  };

  BubbleLayout(const Message& message, const BubbleFrame& frame, const std::optional<Transfer>& transfer);

  int height() const { return height_; }
  BubbleHit hit(QPointF point) const;
  int text_position(QPointF point) const;  // the nearest place between two characters
  QString text() const { return shown_.text; }
  bool has_text() const { return lines_ != nullptr; }
  std::pair<int, int> word_at(int position) const;  // start and end
  // `marks`: what a search has found.
  void draw_text(QPainter& painter, int selected_from, int selected_to, const QList<FoundRange>& marks) const;
  const QList<TextLink>& links() const { return shown_.links; }

  QRectF day, unread, notice, face, bubble, quote, picture, file, game, accept, decline, stamp, failure, edit_again,
      check;
  QList<Action> actions;
  QList<QRectF> reactions;
  QString stamp_text;

 private:
  void place_lines_above(const BubbleFrame& frame);
  void place_notice(const QString& text, int width, bool has_edit_again);
  void place_bubble(const Message& message, const BubbleFrame& frame, const std::optional<Transfer>& transfer);
  QSizeF place_content(const Message& message, qreal widest, const std::optional<Transfer>& transfer);
  QSizeF place_game(const Message& message, qreal widest);
  QSizeF shape_text(const Message& message, qreal widest);
  QSizeF place_actions(QPointF start, const Message& message, const std::optional<Transfer>& transfer);
  void place_below(const Message& message, bool is_own);
  void move_content(QPointF by);

  ShownText shown_;
  std::unique_ptr<QTextLayout> lines_;
  QPointF text_origin_;
  qreal top_ = 0;  // below day and unread lines
  int height_ = 0;
};

QString failure_text(const Message& message);  // "Not sent: no connection. Click to send it again."

// The size in which a picture is shown in a bubble.
QSize shown_picture_size(QSize picture);

}  // namespace queqiao::client
