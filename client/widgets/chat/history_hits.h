#pragma once

#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include "client/core/history.h"
#include "client/widgets/chat/people.h"

namespace queqiao::client {

// What a search of the history has found, newest first; the next page is read when the view gets there.
class HistoryHits : public QAbstractListModel {
  Q_OBJECT

 public:
  static constexpr int page = 50;

  HistoryHits(History& history, const People& people, QObject* parent = nullptr);
  void search(const HistoryQuery& query);
  const HistoryQuery& query() const { return query_; }
  const Message& message(int row) const { return hits_[row]; }

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  bool canFetchMore(const QModelIndex& parent) const override;
  void fetchMore(const QModelIndex& parent) override;

 private:
  History& history_;
  const People& people_;
  HistoryQuery query_;
  QList<Message> hits_;
  bool has_more_ = false;
};

// Paints a hit: face, name, time, and the words around what was searched.
class HitDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  HitDelegate(const People& people, QObject* parent) : QStyledItemDelegate(parent), people_(people) {}
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  void paint_words(QPainter& painter, const QRectF& place, const QString& text, const QString& searched) const;

  const People& people_;
};

// The part of a long text that shows `searched`, in one line.
QString excerpt(const QString& text, const QString& searched);

}  // namespace queqiao::client
