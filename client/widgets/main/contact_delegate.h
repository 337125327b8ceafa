#pragma once

#include <QStyledItemDelegate>

namespace queqiao::client {

// Paints friend groups and friends from the roles of contact_roles.h: ContactTree and ContactSearch.
class ContactDelegate final : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const override;
};

// The row's background: chosen, under the mouse, or nothing; with a frame when the keyboard is in the list.
void paint_row(QPainter& painter, const QStyleOptionViewItem& option);

}  // namespace queqiao::client
