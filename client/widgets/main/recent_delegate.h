#pragma once

#include <QStyledItemDelegate>

namespace queqiao::client {

// Paints one chat of RecentChats: who, when, the newest line, how much is unread.
class RecentDelegate final : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// As short as it says enough: 14:05 today, Yesterday, Tuesday, 3/14, 2024/3/14.
QString short_time(const QDateTime& time, const QDateTime& now);

}  // namespace queqiao::client
