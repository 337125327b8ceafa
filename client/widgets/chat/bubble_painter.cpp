#include "client/widgets/chat/bubble_painter.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QPainterPath>

#include "client/widgets/icons.h"
#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

struct BubbleWords {
  Q_DECLARE_TR_FUNCTIONS(BubbleWords)
};

constexpr qreal bubble_radius = 10;

QString day_text(const QDate& day) {
  const QDate today = QDate::currentDate();
  if (day == today) return BubbleWords::tr("Today");
  if (day == today.addDays(-1)) return BubbleWords::tr("Yesterday");
  return QLocale().toString(day, QLocale::LongFormat);
}

QString mark_name(Delivery delivery) {
  switch (delivery) {
    case Delivery::sending:
      return QStringLiteral("clock");
    case Delivery::sent:
      return QStringLiteral("check");
    case Delivery::delivered:
    case Delivery::read:
      return QStringLiteral("double_check");
    case Delivery::failed:
      return QStringLiteral("error");
    case Delivery::none:
      break;
  }
  return {};
}

Tint mark_tint(Delivery delivery) {
  if (delivery == Delivery::failed) return Tint::danger;
  return delivery == Delivery::read ? Tint::accent : Tint::faint;
}

// The same colour for the same kind of file, as people learn them.
QColor file_colour(const QString& suffix) {
  if (QStringList{"pdf"}.contains(suffix)) return 0xd9534f;
  if (QStringList{"doc", "docx", "odt", "txt", "md"}.contains(suffix)) return 0x3b7dd8;
  if (QStringList{"xls", "xlsx", "ods", "csv"}.contains(suffix)) return 0x2e9d61;
  if (QStringList{"ppt", "pptx", "odp"}.contains(suffix)) return 0xdb7a2c;
  if (QStringList{"zip", "rar", "7z", "gz", "tar", "xz"}.contains(suffix)) return 0xc39a1e;
  if (QStringList{"mp3", "ogg", "flac", "wav", "mp4", "mkv", "webm", "avi"}.contains(suffix)) return 0x8a5cc9;
  return 0x71808f;
}

}  // namespace

BubblePainter::BubblePainter(QPainter& painter, const Message& message, const BubbleLayout& layout,
                             const BubbleView& view, const People& people)
    : painter_(painter),
      message_(message),
      layout_(layout),
      view_(view),
      people_(people),
      is_own_(message.is_outgoing) {}

bool BubblePainter::is_hovered(BubblePart part, int index) const {
  return view_.hovered_message == message_.id && view_.hovered.part == part &&
         (index < 0 || view_.hovered.index == index);
}

void BubblePainter::paint_row(int width, bool has_focus) {
  const QRectF row(0, 0, width, layout_.height());
  if (view_.flashed_message == message_.id || (view_.is_choosing && view_.chosen.contains(message_.id))) {
    QColor wash = look().accent;
    wash.setAlpha(36);
    painter_.fillRect(row, wash);
  }
  if (layout_.day.isValid()) paint_day(width);
  if (layout_.unread.isValid()) paint_unread(width);
  if (layout_.notice.isValid()) paint_notice();
  if (layout_.bubble.isValid()) {
    people_.draw_face(painter_, layout_.face, message_.sender);
    paint_bubble();
    paint_stamp();
    paint_reactions();
    paint_failure();
  }
  if (layout_.check.isValid()) paint_check();
  if (!has_focus) return;
  const QRectF around = layout_.bubble.isValid() ? layout_.bubble : layout_.notice;
  painter_.setPen(QPen(look().accent, 2));
  painter_.setBrush(Qt::NoBrush);
  painter_.drawRoundedRect(around.adjusted(-3, -3, 3, 3), bubble_radius + 2, bubble_radius + 2);
}

void BubblePainter::paint_day(int) {
  painter_.setFont(text_font(8));
  painter_.setPen(look().faint_text);
  painter_.drawText(layout_.day, Qt::AlignCenter, day_text(message_.time.toLocalTime().date()));
}

void BubblePainter::paint_unread(int width) {
  const QString text = BubbleWords::tr("New messages");
  painter_.setFont(text_font(8));
  const qreal half = QFontMetricsF(painter_.font()).horizontalAdvance(text) / 2 + 12;
  const qreal y = layout_.unread.center().y(), middle = width / 2.0;
  painter_.setPen(QPen(look().danger, 1));
  painter_.drawLine(QPointF(16, y), QPointF(middle - half, y));
  painter_.drawLine(QPointF(middle + half, y), QPointF(width - 16, y));
  painter_.drawText(layout_.unread, Qt::AlignCenter, text);
}

void BubblePainter::paint_notice() {
  QColor ground = look().faint_text;
  ground.setAlpha(28);
  painter_.setPen(Qt::NoPen);
  painter_.setBrush(ground);
  painter_.drawRoundedRect(layout_.notice, bubble_radius, bubble_radius);
  painter_.setFont(text_font(9));
  painter_.setPen(look().faint_text);
  QRectF words = layout_.notice.adjusted(8, 0, -8, 0);
  if (layout_.edit_again.isValid()) words.setRight(layout_.edit_again.left());
  painter_.drawText(words, Qt::AlignCenter | Qt::TextWordWrap, layout_.text());
  if (!layout_.edit_again.isValid()) return;
  QFont font = text_font(9);
  font.setUnderline(is_hovered(BubblePart::edit_again));
  painter_.setFont(font);
  painter_.setPen(look().link);
  painter_.drawText(layout_.edit_again, Qt::AlignCenter, BubbleWords::tr("Edit again"));
}

void BubblePainter::paint_bubble() {
  const bool is_card = layout_.file.isValid() || layout_.game.isValid();
  const bool has_ground = !layout_.picture.isValid();
  if (has_ground) {
    const bool is_blue = is_own_ && !is_card;
    painter_.setPen(is_blue || look().is_dark ? QPen(Qt::NoPen) : QPen(look().line, 1));
    painter_.setBrush(is_blue ? look().own_bubble : is_card ? look().raised : look().other_bubble);
    painter_.drawRoundedRect(layout_.bubble, bubble_radius, bubble_radius);
  }
  if (layout_.quote.isValid()) paint_quote();
  if (layout_.game.isValid()) paint_game();
  const bool is_selected = view_.selected_message == message_.id;
  painter_.setPen(is_card ? look().text : is_own_ ? look().own_bubble_text : look().other_bubble_text);
  layout_.draw_text(painter_, is_selected ? view_.selected_from : 0, is_selected ? view_.selected_to : 0,
                    found_ranges(layout_.text(), view_.searched));
}

void BubblePainter::paint_quote() {
  QColor ground = is_own_ ? look().own_bubble_text : look().faint_text;
  const QColor words = is_own_ ? look().own_bubble_text : look().other_bubble_text;
  ground.setAlpha(is_hovered(BubblePart::quote) ? 70 : is_own_ ? 44 : 30);
  painter_.setPen(Qt::NoPen);
  painter_.setBrush(ground);
  painter_.drawRoundedRect(layout_.quote, 6, 6);
  painter_.setBrush(is_own_ ? look().own_bubble_text : look().accent);
  painter_.drawRoundedRect(QRectF(layout_.quote.left(), layout_.quote.top() + 4, 3, layout_.quote.height() - 8), 1.5,
                           1.5);
  const QRectF inside = layout_.quote.adjusted(10, 4, -8, -4);
  const qreal half = inside.height() / 2;
  painter_.setPen(words);
  painter_.setFont(text_font(9, true));
  const QFontMetricsF bold(painter_.font());
  painter_.drawText(QRectF(inside.left(), inside.top(), inside.width(), half), Qt::AlignVCenter,
                    bold.elidedText(people_.name(message_.quote->author), Qt::ElideRight, inside.width()));
  painter_.setFont(text_font(9));
  painter_.drawText(
      QRectF(inside.left(), inside.top() + half, inside.width(), half), Qt::AlignVCenter,
      QFontMetricsF(painter_.font()).elidedText(message_.quote->text.simplified(), Qt::ElideRight, inside.width()));
}

void BubblePainter::paint_stamp() {
  painter_.setFont(text_font(8));
  painter_.setPen(look().faint_text);
  painter_.drawText(layout_.stamp, Qt::AlignVCenter | Qt::AlignLeft, layout_.stamp_text);
  const QString mark = is_own_ ? mark_name(message_.delivery) : QString();
  if (mark.isEmpty()) return;
  const QRectF place(layout_.stamp.right() - 15, layout_.stamp.center().y() - 7, 14, 14);
  icon(mark, mark_tint(message_.delivery)).paint(&painter_, place.toRect());
}

void BubblePainter::paint_game() {
  const QRectF die(layout_.bubble.left() + 12, layout_.bubble.top() + 12, 36, 36);
  painter_.setPen(Qt::NoPen);
  painter_.setBrush(look().accent);
  painter_.drawRoundedRect(die, 8, 8);
  icon(QStringLiteral("game"), Tint::on_accent).paint(&painter_, die.adjusted(7, 7, -7, -7).toRect());
  painter_.setPen(QPen(look().line, 1));
  painter_.drawLine(layout_.game.topLeft() + QPointF(1, 0), layout_.game.topRight() - QPointF(1, 0));
  if (!layout_.accept.isValid()) {
    return paint_game_link(layout_.game, BubblePart::game, BubbleWords::tr("Open the game"));
  }
  painter_.drawLine(layout_.accept.topLeft(), layout_.accept.bottomLeft());
  paint_game_link(layout_.decline, BubblePart::decline, BubbleWords::tr("Not now"));
  paint_game_link(layout_.accept, BubblePart::accept, BubbleWords::tr("Play"));
}

void BubblePainter::paint_game_link(const QRectF& place, BubblePart part, const QString& text) {
  QFont font = text_font(9, true);
  font.setUnderline(is_hovered(part));
  painter_.setFont(font);
  painter_.setPen(part == BubblePart::decline ? look().faint_text : look().link);
  painter_.drawText(place, Qt::AlignCenter, text);
}

void BubblePainter::paint_reactions() {
  painter_.setFont(text_font(9));
  for (int i = 0; i < layout_.reactions.size(); ++i) {
    const Reaction& reaction = message_.reactions[i];
    bool is_mine = false;
    for (const QString& jid : reaction.people) is_mine = is_mine || people_.is_self(jid);
    const QRectF& pill = layout_.reactions[i];
    painter_.setPen(QPen(is_mine ? look().accent : look().line, 1));
    painter_.setBrush(is_hovered(BubblePart::reaction, i) || is_mine ? look().selected : look().raised);
    painter_.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), pill.height() / 2, pill.height() / 2);
    painter_.setPen(look().text);
    painter_.drawText(pill, Qt::AlignCenter, reaction.emoji + QStringLiteral(" %1").arg(reaction.people.size()));
  }
}

void BubblePainter::paint_failure() {
  if (!layout_.failure.isValid()) return;
  QFont font = text_font(8);
  font.setUnderline(is_hovered(BubblePart::resend));
  painter_.setFont(font);
  painter_.setPen(look().danger);
  painter_.drawText(layout_.failure, Qt::AlignCenter,
                    QFontMetricsF(font).elidedText(failure_text(message_), Qt::ElideMiddle, layout_.failure.width()));
}

void BubblePainter::paint_check() {
  const bool is_chosen = view_.chosen.contains(message_.id);
  painter_.setPen(QPen(is_chosen ? look().accent : look().faint_text, 1.5));
  painter_.setBrush(is_chosen ? QBrush(look().accent) : QBrush(look().raised));
  painter_.drawEllipse(layout_.check);
  if (is_chosen)
    icon(QStringLiteral("check"), Tint::on_accent).paint(&painter_, layout_.check.adjusted(3, 3, -3, -3).toRect());
}

void BubblePainter::paint_picture(const QPixmap& picture, const std::optional<Transfer>& transfer, bool is_broken) {
  QPainterPath corners;
  corners.addRoundedRect(layout_.picture, bubble_radius, bubble_radius);
  painter_.save();
  painter_.setClipPath(corners);
  painter_.fillRect(layout_.picture, look().hover);
  if (!picture.isNull()) {
    QSizeF size = QSizeF(picture.size()).scaled(layout_.picture.size(), Qt::KeepAspectRatio);
    if (picture.width() < layout_.picture.width() && picture.height() < layout_.picture.height() &&
        message_.file->thumbnail.isEmpty()) {
      size = QSizeF(picture.size()) / painter_.device()->devicePixelRatioF();
    }
    QRectF place({}, size);
    place.moveCenter(layout_.picture.center());
    painter_.drawPixmap(place, picture, QRectF(picture.rect()));
  }
  painter_.restore();
  const QList<FileAction> possible = file_actions(message_, transfer);
  const FileAction first = possible.isEmpty() ? FileAction::open : possible.first();
  if (first == FileAction::pause) return paint_overlay(layout_.picture, QStringLiteral("pause"), transfer);
  if (first == FileAction::resume) return paint_overlay(layout_.picture, QStringLiteral("play"), transfer);
  if (first == FileAction::retry) return paint_overlay(layout_.picture, QStringLiteral("retry"), {});
  if (first == FileAction::download) return paint_overlay(layout_.picture, QStringLiteral("download"), {});
  if (picture.isNull()) {
    QRectF place(0, 0, 32, 32);
    place.moveCenter(layout_.picture.center());
    icon(is_broken ? QStringLiteral("error") : QStringLiteral("picture"), Tint::faint).paint(&painter_, place.toRect());
  }
  painter_.setPen(QPen(look().line, 1));
  painter_.setBrush(Qt::NoBrush);
  painter_.drawPath(corners);
}

// A dark disc in the middle of a picture with what a click does, and a ring that says how far the transfer is.
void BubblePainter::paint_overlay(const QRectF& place, const QString& icon_name,
                                  const std::optional<Transfer>& transfer) {
  QRectF disc(0, 0, 44, 44);
  disc.moveCenter(place.center());
  painter_.setPen(Qt::NoPen);
  painter_.setBrush(QColor(0, 0, 0, is_hovered(BubblePart::picture) ? 190 : 140));
  painter_.drawEllipse(disc);
  icon(icon_name, Tint::on_accent).paint(&painter_, disc.adjusted(12, 12, -12, -12).toRect());
  if (!transfer || transfer->bytes_total <= 0) return;
  const int sixteenths = int(360 * 16 * transfer->bytes_done / transfer->bytes_total);
  painter_.setPen(QPen(Qt::white, 3, Qt::SolidLine, Qt::RoundCap));
  painter_.setBrush(Qt::NoBrush);
  painter_.drawArc(disc.adjusted(3, 3, -3, -3), 90 * 16, -sixteenths);
}

void BubblePainter::paint_file(const std::optional<Transfer>& transfer) {
  const QRectF& card = layout_.file;
  const QString suffix = QFileInfo(message_.file->name).suffix().toLower();
  const QRectF sheet(card.left() + 12, card.center().y() - 20, 36, 40);
  painter_.setPen(Qt::NoPen);
  painter_.setBrush(file_colour(suffix));
  painter_.drawRoundedRect(sheet, 6, 6);
  painter_.setFont(text_font(8, true));
  painter_.setPen(Qt::white);
  if (suffix.isEmpty() || suffix.size() > 4) {
    icon(QStringLiteral("file"), Tint::on_accent).paint(&painter_, sheet.adjusted(8, 10, -8, -10).toRect());
  } else {
    painter_.drawText(sheet, Qt::AlignCenter, suffix.toUpper());
  }
  const QRectF words(sheet.right() + 10, card.top() + 8, card.right() - sheet.right() - 22, card.height() - 16);
  const bool has_failed = transfer && transfer->state == TransferState::failed;
  painter_.setPen(look().text);
  painter_.setFont(text_font(10));
  painter_.drawText(words, Qt::AlignTop,
                    QFontMetricsF(painter_.font()).elidedText(message_.file->name, Qt::ElideMiddle, words.width()));
  painter_.setPen(has_failed ? look().danger : look().faint_text);
  painter_.setFont(text_font(8));
  painter_.drawText(
      words, Qt::AlignBottom,
      QFontMetricsF(painter_.font()).elidedText(file_state_text(message_, transfer), Qt::ElideRight, words.width()));
  if (is_on_its_way(transfer)) paint_progress({card.left() + 12, card.bottom() - 3, card.width() - 24, 3}, *transfer);
  for (int i = 0; i < layout_.actions.size(); ++i) {
    QFont font = text_font(9);
    font.setUnderline(is_hovered(BubblePart::action, i));
    painter_.setFont(font);
    painter_.setPen(look().link);
    painter_.drawText(layout_.actions[i].place, Qt::AlignCenter, action_name(layout_.actions[i].action));
  }
}

void BubblePainter::paint_progress(const QRectF& place, const Transfer& transfer) {
  const qreal part = transfer.bytes_total > 0 ? qreal(transfer.bytes_done) / qreal(transfer.bytes_total) : 0;
  painter_.setPen(Qt::NoPen);
  painter_.setBrush(look().line);
  painter_.drawRoundedRect(place, 1.5, 1.5);
  painter_.setBrush(look().accent);
  painter_.drawRoundedRect(QRectF(place.topLeft(), QSizeF(place.width() * std::clamp<qreal>(part, 0, 1), 3)), 1.5, 1.5);
}

}  // namespace queqiao::client
