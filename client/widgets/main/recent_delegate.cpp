#include "client/widgets/main/recent_delegate.h"

#include <QDateTime>
#include <QImage>
#include <QLocale>
#include <QPainter>

#include "client/core/status.h"
#include "client/models/contact_roles.h"
#include "client/widgets/avatar.h"
#include "client/widgets/icon_button.h"
#include "client/widgets/main/contact_delegate.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr int row_height = 64;

// The upper line: name, and the time at its end.
void paint_head(QPainter& painter, const QRect& place, const QModelIndex& index) {
  const QString time = short_time(index.data(time_role).toDateTime(), QDateTime::currentDateTime());
  painter.setFont(text_font(9));
  painter.setPen(look().faint_text);
  const int time_width = painter.fontMetrics().horizontalAdvance(time);
  painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, time);
  painter.setFont(text_font());
  painter.setPen(look().text);
  const int room = place.width() - time_width - 8;
  painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room));
}

// The lower line: what was said last, a draft or "is typing…", and at its end how much is unread or that it is muted.
void paint_tail(QPainter& painter, QRect place, const QModelIndex& index) {
  const int unread = index.data(unread_role).toInt();
  const bool is_muted = index.data(is_muted_role).toBool();
  if (unread > 0) {
    const QRectF pill = draw_badge(painter, QPointF(place.right(), place.center().y() + 1), unread, is_muted);
    place.setRight(int(pill.left()) - 6);
  }
  if (is_muted) {
    const QRect picture(place.right() - 15, place.center().y() - 7, 15, 15);
    icon("mute", Tint::faint).paint(&painter, picture);
    place.setRight(picture.left() - 6);
  }
  painter.setFont(text_font(9));
  const auto metrics = painter.fontMetrics();
  QString text = index.data(preview_role).toString();
  const QString draft = index.data(draft_role).toString().simplified();
  if (!draft.isEmpty() && !index.data(is_typing_role).toBool()) {
    const QString mark = RecentDelegate::tr("[Draft]") + ' ';
    painter.setPen(look().danger);
    painter.drawText(place, Qt::AlignVCenter, mark);
    place.setLeft(place.left() + metrics.horizontalAdvance(mark));
    text = draft;
  }
  painter.setPen(index.data(is_typing_role).toBool() ? look().link : look().faint_text);
  painter.drawText(place, Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, place.width()));
}

}  // namespace

void RecentDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  painter->save();
  if (index.data(is_pinned_role).toBool()) painter->fillRect(option.rect, look().window);
  paint_row(*painter, option);
  const auto status = Status(index.data(status_role).toInt());
  const int side = look().avatar + 4;
  const QRect row = option.rect.adjusted(12, 0, -12, 0);
  const QRect avatar(row.left(), row.center().y() - side / 2 + 1, side, side);
  // Not greyed: who wrote is more important here than whether they are there.
  const auto shown = status == Status::offline ? Status::online : status;
  draw_avatar(*painter, avatar, index.data(avatar_role).value<QImage>(), index.data(jid_role).toString(),
              index.data().toString(), shown);
  draw_status_dot(*painter, avatar, status);
  const QRect words = row.adjusted(side + 10, 9, 0, -9);
  const int half = words.height() / 2;
  paint_head(*painter, words.adjusted(0, 0, 0, -half), index);
  paint_tail(*painter, words.adjusted(0, half, 0, 0), index);
  painter->restore();
}

QSize RecentDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  return {100, scaled(row_height)};
}

QString short_time(const QDateTime& time, const QDateTime& now) {
  if (!time.isValid()) return {};
  const QDateTime local = time.toLocalTime();
  const auto days = local.date().daysTo(now.date());
  if (days <= 0) return local.toString(QStringLiteral("HH:mm"));
  if (days == 1) return RecentDelegate::tr("Yesterday");
  if (days < 7) return QLocale().dayName(local.date().dayOfWeek(), QLocale::ShortFormat);
  return local.toString(local.date().year() == now.date().year() ? QStringLiteral("M/d") : QStringLiteral("yyyy/M/d"));
}

}  // namespace queqiao::client
