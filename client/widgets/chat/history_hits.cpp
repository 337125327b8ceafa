#include "client/widgets/chat/history_hits.h"

#include <QLocale>
#include <QPainter>
#include <QTextLayout>

#include "client/widgets/chat/found_words.h"
#include "client/widgets/chat/message_text.h"
#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

constexpr int words_before = 20, longest_excerpt = 200;
constexpr int face_side = 36;

QString when(const QDateTime& time) {
  const QDateTime local = time.toLocalTime();
  if (local.date() == QDate::currentDate()) return local.toString(QStringLiteral("HH:mm"));
  return QLocale().toString(local, QLocale::ShortFormat);
}

}  // namespace

QString excerpt(const QString& text, const QString& searched) {
  const QString line = text.simplified();
  const auto found = found_ranges(line, searched);
  const int at = found.isEmpty() ? -1 : found.first().start;
  if (at <= words_before) return line.left(longest_excerpt);
  return QStringLiteral("…") + line.mid(at - words_before, longest_excerpt);
}

HistoryHits::HistoryHits(History& history, const People& people, QObject* parent)
    : QAbstractListModel(parent), history_(history), people_(people) {}

void HistoryHits::search(const HistoryQuery& query) {
  beginResetModel();
  query_ = query;
  query_.limit = page;
  query_.offset = 0;
  hits_ = history_.search(query_);
  has_more_ = hits_.size() == page;
  endResetModel();
}

int HistoryHits::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : int(hits_.size());
}

bool HistoryHits::canFetchMore(const QModelIndex&) const {
  return has_more_;
}

void HistoryHits::fetchMore(const QModelIndex&) {
  query_.offset = int(hits_.size());
  const QList<Message> more = history_.search(query_);
  has_more_ = more.size() == page;
  if (more.isEmpty()) return;
  beginInsertRows({}, int(hits_.size()), int(hits_.size() + more.size()) - 1);
  hits_ += more;
  endInsertRows();
}

QVariant HistoryHits::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= hits_.size()) return {};
  const Message& message = hits_[index.row()];
  if (role == Qt::DisplayRole) return excerpt(summary_of(message), query_.text);
  if (role != Qt::AccessibleTextRole) return {};
  return tr("%1, %2, %3").arg(people_.name(message.sender), when(message.time), summary_of(message));
}

QSize HitDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  return {200, std::max(scaled(60), face_side + 16)};
}

void HitDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const auto* hits = static_cast<const HistoryHits*>(index.model());
  const Message& message = hits->message(index.row());
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  const QRectF row = QRectF(option.rect).adjusted(8, 2, -8, -2);
  const bool is_selected = option.state & QStyle::State_Selected;
  if (is_selected || option.state & QStyle::State_MouseOver) {
    painter->setPen(is_selected && option.state & QStyle::State_HasFocus ? QPen(look().accent, 1) : QPen(Qt::NoPen));
    painter->setBrush(is_selected ? look().selected : look().hover);
    painter->drawRoundedRect(row, 6, 6);
  }
  const QRectF face(row.left() + 8, row.center().y() - face_side / 2.0, face_side, face_side);
  people_.draw_face(*painter, face, message.sender);
  const QRectF words(face.right() + 10, row.top() + 7, row.right() - face.right() - 22, row.height() - 14);
  const QString time = when(message.time);
  painter->setFont(text_font(8));
  painter->setPen(look().faint_text);
  painter->drawText(words, Qt::AlignTop | Qt::AlignRight, time);
  const qreal left_for_name = words.width() - QFontMetricsF(painter->font()).horizontalAdvance(time) - 12;
  QString name = people_.name(message.sender);
  if (hits->query().chat.isEmpty() && message.is_outgoing) name += QStringLiteral(" → ") + people_.name(message.chat);
  painter->setFont(text_font(9, true));
  painter->setPen(message.is_outgoing ? look().good : look().link);
  painter->drawText(words, Qt::AlignTop | Qt::AlignLeft,
                    QFontMetricsF(painter->font()).elidedText(name, Qt::ElideRight, left_for_name));
  paint_words(*painter, words, index.data().toString(), hits->query().text);
  painter->restore();
}

void HitDelegate::paint_words(QPainter& painter, const QRectF& place, const QString& text,
                              const QString& searched) const {
  const QFont font = text_font(10);
  const QString shown = QFontMetricsF(font).elidedText(text, Qt::ElideRight, place.width());
  QTextLayout layout(shown, font);
  QList<QTextLayout::FormatRange> marks;
  for (const FoundRange& found : found_ranges(shown, searched)) {
    QTextLayout::FormatRange mark{found.start, found.length, {}};
    mark.format.setBackground(QColor(0xffd54d));
    mark.format.setForeground(QColor(0x1c2128));
    marks << mark;
  }
  layout.beginLayout();
  QTextLine line = layout.createLine();
  if (line.isValid()) line.setLineWidth(place.width() + 1);
  layout.endLayout();
  painter.setPen(look().text);
  layout.draw(&painter, QPointF(place.left(), place.bottom() - line.height()), marks);
}

}  // namespace queqiao::client
