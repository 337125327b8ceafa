#include "client/widgets/main/contact_delegate.h"

#include <QImage>
#include <QPainter>

#include "client/core/status.h"
#include "client/models/contact_roles.h"
#include "client/widgets/avatar.h"
#include "client/widgets/icons.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr int group_height = 34;

void paint_group(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) {
  const bool is_open = option.state & QStyle::State_Open;
  const QRect row = option.rect.adjusted(10, 0, -12, 0);
  icon(is_open ? "chevron_down" : "chevron_right", Tint::faint)
      .paint(&painter, QRect(row.left(), row.center().y() - 6, 13, 13));
  const QString counts =
      QStringLiteral("%1/%2").arg(index.data(online_count_role).toInt()).arg(index.data(total_count_role).toInt());
  painter.setFont(text_font(9));
  painter.setPen(look().faint_text);
  const int counts_width = painter.fontMetrics().horizontalAdvance(counts);
  painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, counts);
  painter.setFont(text_font());
  painter.setPen(look().text);
  const QRect place = row.adjusted(20, 0, -counts_width - 8, 0);
  const auto metrics = painter.fontMetrics();
  painter.drawText(place, Qt::AlignVCenter, metrics.elidedText(index.data().toString(), Qt::ElideRight, place.width()));
}

// The remark or nickname, and behind a remark the nickname in grey.
void paint_name(QPainter& painter, const QRect& place, const QModelIndex& index, bool is_offline) {
  painter.setFont(text_font());
  auto metrics = painter.fontMetrics();
  const QString name = metrics.elidedText(index.data().toString(), Qt::ElideRight, place.width());
  painter.setPen(is_offline ? look().faint_text : look().text);
  painter.drawText(place, Qt::AlignVCenter, name);
  const QString account_name = index.data(account_name_role).toString();
  const int left = metrics.horizontalAdvance(name) + 4;
  if (account_name.isEmpty() || place.width() - left < 40) return;
  painter.setPen(look().faint_text);
  const QString shown = metrics.elidedText('(' + account_name + ')', Qt::ElideRight, place.width() - left);
  painter.drawText(place.adjusted(left, 0, 0, 0), Qt::AlignVCenter, shown);
}

QString second_line(const QModelIndex& index) {
  if (index.data(is_blocked_role).toBool()) return ContactDelegate::tr("Blocked");
  if (index.data(is_pending_role).toBool()) return ContactDelegate::tr("Waiting for their answer");
  return index.data(signature_role).toString().simplified();
}

void paint_person(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) {
  const auto status = Status(index.data(status_role).toInt());
  const int side = look().avatar;
  const QRect row = option.rect.adjusted(12, 0, -12, 0);
  const QRect avatar(row.left(), row.center().y() - side / 2 + 1, side, side);
  draw_avatar(painter, avatar, index.data(avatar_role).value<QImage>(), index.data(jid_role).toString(),
              index.data().toString(), status);
  draw_status_dot(painter, avatar, status);
  const QRect words = row.adjusted(side + 10, 7, 0, -7);
  const QString second = second_line(index);
  if (second.isEmpty()) return paint_name(painter, words, index, status == Status::offline);
  const int half = words.height() / 2;
  paint_name(painter, words.adjusted(0, 0, 0, -half), index, status == Status::offline);
  painter.setFont(text_font(9));
  painter.setPen(look().faint_text);
  const auto metrics = painter.fontMetrics();
  painter.drawText(words.adjusted(0, half, 0, 0), Qt::AlignVCenter,
                   metrics.elidedText(second, Qt::ElideRight, words.width()));
}

}  // namespace

void paint_row(QPainter& painter, const QStyleOptionViewItem& option) {
  if (option.state & QStyle::State_Selected) {
    painter.fillRect(option.rect, look().selected);
  } else if (option.state & QStyle::State_MouseOver) {
    painter.fillRect(option.rect, look().hover);
  }
  if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
    painter.setPen(look().accent);
    painter.drawRect(option.rect.adjusted(1, 1, -2, -2));
  }
}

void ContactDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  painter->save();
  paint_row(*painter, option);
  if (index.data(is_group_role).toBool()) {
    paint_group(*painter, option, index);
  } else {
    paint_person(*painter, option, index);
  }
  painter->restore();
}

QSize ContactDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
  return {100, scaled(index.data(is_group_role).toBool() ? group_height : look().row_height)};
}

void ContactDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                           const QModelIndex&) const {
  editor->setGeometry(option.rect.adjusted(26, 1, -8, -1));
}

}  // namespace queqiao::client
