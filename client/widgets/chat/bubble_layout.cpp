#include "client/widgets/chat/bubble_layout.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QTextBoundaryFinder>
#include <algorithm>
#include <cmath>

#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

struct BubbleWords {
  Q_DECLARE_TR_FUNCTIONS(BubbleWords)
};

constexpr qreal side_margin = 16, face_side = 36, space = 8, row_padding = 6;
constexpr qreal inset_x = 12, inset_y = 8;  // of text in its bubble
constexpr qreal check_room = 36;
constexpr int largest_picture = 280, smallest_picture = 72;
constexpr int big_emoji_points = 28;

qreal small_line() {
  return QFontMetricsF(text_font(8)).height();
}

bool is_grey_line(const Message& message) {
  return message.kind == MessageKind::notice || message.kind == MessageKind::recalled;
}

QString stamp_of(const Message& message) {
  const QString time = QLocale().toString(message.time.toLocalTime().time(), QStringLiteral("HH:mm"));
  return message.is_edited ? BubbleWords::tr("edited %1").arg(time) : time;
}

QList<QTextLayout::FormatRange> link_formats(const QList<TextLink>& links, bool is_own) {
  QList<QTextLayout::FormatRange> ranges;
  for (const TextLink& link : links) {
    QTextLayout::FormatRange range;
    range.start = link.start;
    range.length = link.length;
    range.format.setForeground(is_own ? look().own_bubble_text : look().link);
    range.format.setFontUnderline(true);
    ranges << range;
  }
  return ranges;
}

QList<QTextLayout::FormatRange> emoji_formats(const QString& text) {
  QList<QTextLayout::FormatRange> ranges;
  for (const int place : plain_font_emoji(text)) {
    QTextLayout::FormatRange range;
    range.start = place;
    range.length = 1;
    range.format.setFontFamilies(QStringList{QStringLiteral("Noto Color Emoji")});
    ranges << range;
  }
  return ranges;
}

}  // namespace

QSize shown_picture_size(QSize picture) {
  const QSize box(largest_picture, largest_picture);
  QSize size = picture.width() > box.width() || picture.height() > box.height()
                   ? picture.scaled(box, Qt::KeepAspectRatio)
                   : picture;
  return size.expandedTo({smallest_picture, smallest_picture});
}

QString failure_text(const Message& message) {
  return message.failure.isEmpty() ? BubbleWords::tr("Not sent. Click to send it again.")
                                   : BubbleWords::tr("Not sent: %1 Click to send it again.").arg(message.failure);
}

BubbleLayout::BubbleLayout(const Message& message, const BubbleFrame& frame, const std::optional<Transfer>& transfer) {
  place_lines_above(frame);
  if (is_grey_line(message)) {
    const bool is_recalled = message.kind == MessageKind::recalled;
    const QString text = is_recalled ? recalled_text(message, frame.sender_name) : message.text;
    place_notice(text, frame.width, is_recalled && message.is_outgoing && !message.text.isEmpty());
    return;
  }
  shown_ = shown_text(message, frame.sender_name);
  place_bubble(message, frame, transfer);
  place_below(message, message.is_outgoing);
}

void BubbleLayout::place_lines_above(const BubbleFrame& frame) {
  if (frame.starts_day) {
    day = QRectF(0, top_, frame.width, small_line() + 20);
    top_ = day.bottom();
  }
  if (frame.starts_unread) {
    unread = QRectF(0, top_, frame.width, small_line() + 16);
    top_ = unread.bottom();
  }
}

void BubbleLayout::place_notice(const QString& text, int width, bool has_edit_again) {
  shown_.text = text;
  const QFontMetricsF metrics(text_font(9));
  const qreal link_width = has_edit_again ? metrics.horizontalAdvance(BubbleWords::tr("Edit again")) + space : 0;
  const qreal widest = width - 4 * side_margin - link_width;
  const QRectF words = metrics.boundingRect(QRectF(0, 0, widest, 10'000), Qt::TextWordWrap | Qt::AlignHCenter, text);
  const QSizeF size(words.width() + 4 + link_width + 20, words.height() + 8);
  notice = QRectF(QPointF((width - size.width()) / 2, top_ + row_padding), size);
  if (has_edit_again) {
    edit_again = notice.adjusted(notice.width() - link_width - 10, 0, -10 + space / 2, 0);
  }
  height_ = int(notice.bottom() + row_padding);
}

void BubbleLayout::place_bubble(const Message& message, const BubbleFrame& frame,
                                const std::optional<Transfer>& transfer) {
  const bool is_own = message.is_outgoing;
  const qreal left = side_margin + (frame.is_choosing ? check_room : 0);
  if (frame.is_choosing) check = QRectF(side_margin, top_ + row_padding + 8, 20, 20);
  stamp_text = stamp_of(message);
  const qreal mark = is_own ? 18 : 0;
  const qreal stamp_width = QFontMetricsF(text_font(8)).horizontalAdvance(stamp_text) + mark + 2;
  const qreal around = left + side_margin + 2 * (face_side + space);
  const qreal widest = std::clamp<qreal>(frame.width - around - stamp_width, 80, scaled(560));
  const QSizeF size = place_content(message, widest, transfer);
  const qreal y = top_ + row_padding;
  const qreal face_x = is_own ? frame.width - side_margin - face_side : left;
  face = QRectF(face_x, y, face_side, face_side);
  bubble = QRectF(QPointF(is_own ? face_x - space - size.width() : face.right() + space, y), size);
  move_content(bubble.topLeft());
  if (frame.is_invitation && game.isValid()) {
    decline = game.adjusted(0, 0, -game.width() / 2, 0);
    accept = game.adjusted(game.width() / 2, 0, 0, 0);
  }
  stamp = QRectF(is_own ? bubble.left() - stamp_width - 6 : bubble.right() + 6, bubble.bottom() - small_line() - 2,
                 stamp_width, small_line());
  height_ = int(std::max(bubble.bottom(), face.bottom()) + row_padding);
}

// Places what the bubble holds as if the bubble were at 0, 0; the answer is the bubble's size.
QSizeF BubbleLayout::place_content(const Message& message, qreal widest, const std::optional<Transfer>& transfer) {
  if (message.kind == MessageKind::file && message.file && message.file->is_picture()) {
    picture = QRectF({}, QSizeF(shown_picture_size(message.file->picture_size)));
    return picture.size();
  }
  if (message.kind == MessageKind::file && message.file) {
    const qreal wide = std::min<qreal>(widest, scaled(290));
    file = QRectF(0, 0, wide, scaled(60));
    return place_actions(file.bottomLeft(), message, transfer).expandedTo({wide, file.height()});
  }
  if (message.kind == MessageKind::game) {
    return place_game(message, widest);
  }
  const QSizeF words = shape_text(message, widest - 2 * inset_x);
  qreal wide = words.width(), y = inset_y;
  if (message.quote) {
    const QFontMetricsF metrics(text_font(9));
    const qreal quoted = metrics.horizontalAdvance(message.quote->text.left(80).simplified());
    wide =
        std::max(wide, std::clamp<qreal>(quoted + 24, scaled(120), std::min<qreal>(widest - 2 * inset_x, scaled(320))));
    quote = QRectF(inset_x, y, wide, 2 * metrics.height() + 8);
    y = quote.bottom() + 6;
  }
  text_origin_ = {inset_x, y};
  return {wide + 2 * inset_x, y + words.height() + inset_y};
}

QSizeF BubbleLayout::place_game(const Message& message, qreal widest) {
  const QSizeF words = shape_text(message, std::min<qreal>(widest, scaled(290)) - 60 - 2 * inset_x);
  const qreal wide = std::max<qreal>(words.width() + 48 + 2 * inset_x, scaled(220));
  text_origin_ = {inset_x + 48, inset_y + 4};
  const qreal button_top = std::max<qreal>(words.height(), 40) + 2 * inset_y;
  game = QRectF(0, button_top, wide, scaled(36));
  return {wide, game.bottom()};
}

QSizeF BubbleLayout::shape_text(const Message& message, qreal widest) {
  QString text = shown_.text;
  text.replace(u'\n', QChar::LineSeparator);
  QFont font = text_font(shown_.is_big_emoji ? big_emoji_points : 10);
  font.setItalic(shown_.is_action);
  lines_ = std::make_unique<QTextLayout>(text, font);
  QTextOption option;
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  lines_->setTextOption(option);
  lines_->setFormats(link_formats(shown_.links, message.is_outgoing) + emoji_formats(text));
  lines_->setCacheEnabled(true);
  qreal y = 0, wide = 0;
  lines_->beginLayout();
  for (QTextLine line = lines_->createLine(); line.isValid(); line = lines_->createLine()) {
    line.setLineWidth(widest);
    line.setPosition({0, y});
    y += std::ceil(line.height());
    wide = std::max(wide, line.naturalTextWidth());
  }
  lines_->endLayout();
  return {std::min(std::ceil(wide) + 1, widest), y};
}

QSizeF BubbleLayout::place_actions(QPointF start, const Message& message, const std::optional<Transfer>& transfer) {
  const QFontMetricsF metrics(text_font(9));
  const qreal high = metrics.height() + 12;
  qreal x = start.x() + inset_x - 6;
  for (const FileAction action : file_actions(message, transfer)) {
    const qreal wide = metrics.horizontalAdvance(action_name(action)) + 12;
    actions << Action{action, QRectF(x, start.y(), wide, high)};
    x += wide + 2;
  }
  return {x + inset_x - 6, start.y() + high};
}

void BubbleLayout::move_content(QPointF by) {
  text_origin_ += by;
  for (QRectF* place : {&quote, &picture, &file, &game}) {
    if (place->isValid()) place->translate(by);
  }
  for (Action& action : actions) action.place.translate(by);
}

void BubbleLayout::place_below(const Message& message, bool is_own) {
  qreal y = bubble.bottom() + 4;
  const QFontMetricsF metrics(text_font(9));
  qreal x = bubble.left();
  for (const Reaction& reaction : message.reactions) {
    const qreal wide =
        metrics.horizontalAdvance(reaction.emoji + QStringLiteral(" %1").arg(reaction.people.size())) + 18;
    reactions << QRectF(x, y, wide, metrics.height() + 4);
    x += wide + 4;
  }
  if (!reactions.isEmpty()) {
    const qreal overhang = is_own ? reactions.back().right() - bubble.right() : 0;
    for (QRectF& pill : reactions) pill.translate(-std::max<qreal>(overhang, 0), 0);
    y = reactions.back().bottom() + 4;
  }
  if (message.delivery == Delivery::failed) {
    const QString text = failure_text(message);
    const qreal wide = std::min(QFontMetricsF(text_font(8)).horizontalAdvance(text) + 4, scaled(560) * 1.0);
    failure = QRectF(is_own ? bubble.right() - wide : bubble.left(), y, wide, small_line() + 2);
    y = failure.bottom() + 2;
  }
  height_ = int(std::max<qreal>(height_, y - 4 + row_padding));
}

BubbleHit BubbleLayout::hit(QPointF point) const {
  if (edit_again.contains(point)) return {BubblePart::edit_again};
  if (!bubble.isValid()) return {BubblePart::none};
  if (face.contains(point)) return {BubblePart::face};
  if (failure.contains(point)) return {BubblePart::resend};
  if (stamp.contains(point)) return {BubblePart::delivery};
  for (int i = 0; i < reactions.size(); ++i) {
    if (reactions[i].contains(point)) return {BubblePart::reaction, i};
  }
  for (int i = 0; i < actions.size(); ++i) {
    if (actions[i].place.contains(point)) return {BubblePart::action, i};
  }
  if (!bubble.contains(point)) return {point.y() >= top_ ? BubblePart::beside : BubblePart::none};
  if (quote.contains(point)) return {BubblePart::quote};
  if (picture.contains(point)) return {BubblePart::picture};
  if (accept.contains(point)) return {BubblePart::accept};
  if (decline.contains(point)) return {BubblePart::decline};
  if (game.contains(point)) return {BubblePart::game};
  if (!has_text()) return {BubblePart::file};
  const QRectF words(text_origin_, lines_->boundingRect().size());
  if (words.contains(point)) {
    const int position = text_position(point);
    for (int i = 0; i < shown_.links.size(); ++i) {
      const TextLink& link = shown_.links[i];
      if (position >= link.start && position < link.start + link.length) return {BubblePart::link, i, link.address};
    }
  }
  return {BubblePart::text};
}

int BubbleLayout::text_position(QPointF point) const {
  if (!lines_) return 0;
  const QPointF inside = point - text_origin_;
  for (int i = 0; i < lines_->lineCount(); ++i) {
    const QTextLine line = lines_->lineAt(i);
    if (inside.y() < line.y() + line.height() || i == lines_->lineCount() - 1) return line.xToCursor(inside.x());
  }
  return 0;
}

std::pair<int, int> BubbleLayout::word_at(int position) const {
  QTextBoundaryFinder finder(QTextBoundaryFinder::Word, shown_.text);
  finder.setPosition(std::min<qsizetype>(position + 1, shown_.text.size()));
  const qsizetype start = finder.toPreviousBoundary();
  const qsizetype end = finder.toNextBoundary();
  return {int(std::max<qsizetype>(start, 0)), int(end < 0 ? shown_.text.size() : end)};
}

void BubbleLayout::draw_text(QPainter& painter, int selected_from, int selected_to,
                             const QList<FoundRange>& marks) const {
  if (!lines_) return;
  QList<QTextLayout::FormatRange> ranges;
  for (const FoundRange& found : marks) {
    QTextLayout::FormatRange mark;
    mark.start = found.start;
    mark.length = found.length;
    mark.format.setBackground(QColor(0xffd54d));
    mark.format.setForeground(QColor(0x1c2128));
    ranges << mark;
  }
  if (selected_from != selected_to) {
    QTextLayout::FormatRange selection;
    selection.start = std::min(selected_from, selected_to);
    selection.length = std::abs(selected_to - selected_from);
    selection.format.setBackground(look().is_dark ? QColor(0xcfe3ff) : QColor(0xb9d7fb));
    selection.format.setForeground(QColor(0x10161d));
    ranges << selection;
  }
  lines_->draw(&painter, text_origin_, ranges);
}

}  // namespace queqiao::client
