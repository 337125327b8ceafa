#include "client/widgets/chat/message_list.h"

#include <QLabel>
#include <QLocale>
#include <QMouseEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QToolTip>

#include "client/models/message_window.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/icons.h"
#include "client/widgets/plain_labels.h"
#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

constexpr int fetch_distance = 240;  // pixels from an end at which the next page is fetched
constexpr int end_slack = 4;
constexpr int flash_ms = 1600;

QString delivery_name(const Message& message) {
  switch (message.delivery) {
    case Delivery::sending:
      return MessageList::tr("Sending");
    case Delivery::sent:
      return MessageList::tr("Sent");
    case Delivery::delivered:
      return MessageList::tr("Delivered");
    case Delivery::read:
      return MessageList::tr("Read");
    case Delivery::failed:
      return failure_text(message);
    case Delivery::none:
      break;
  }
  return {};
}

bool is_clickable(BubblePart part) {
  return part != BubblePart::none && part != BubblePart::beside && part != BubblePart::text &&
         part != BubblePart::file && part != BubblePart::delivery;
}

}  // namespace

MessageList::MessageList(MessageWindow& messages, const People& people, Transfers& transfers, PictureCache& pictures,
                         QWidget* parent)
    : QListView(parent),
      messages_(messages),
      bubbles_(people, transfers, pictures, this),
      animations_(bubbles_.animations()),
      to_newest_(new QPushButton(this)),
      loading_(new QLabel(this)),
      empty_(new EmptyState(QStringLiteral("chat"), this)) {
  set_kind(*this, "messages");
  setModel(&messages);
  setItemDelegate(&bubbles_);
  setVerticalScrollMode(ScrollPerPixel);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setSelectionMode(NoSelection);
  setEditTriggers(NoEditTriggers);
  setFrameShape(NoFrame);
  setMouseTracking(true);
  setAutoScroll(false);
  verticalScrollBar()->setSingleStep(24);
  flash_.setSingleShot(true);
  flash_.setInterval(flash_ms);
  connect(&flash_, &QTimer::timeout, this, [this] {
    bubbles_.view.flashed_message = 0;
    viewport()->update();
  });
  to_newest_->setObjectName(QStringLiteral("to_newest"));
  to_newest_->setFocusPolicy(Qt::TabFocus);
  to_newest_->setCursor(Qt::PointingHandCursor);
  to_newest_->hide();
  connect(to_newest_, &QPushButton::clicked, this, &MessageList::go_to_newest);
  set_kind(*loading_, "small");
  loading_->setAlignment(Qt::AlignCenter);
  loading_->hide();
  empty_->setAttribute(Qt::WA_TransparentForMouseEvents);
  connect(&pictures, &PictureCache::loaded, viewport(), qOverload<>(&QWidget::update));
  connect(&animations_, &Animations::advanced, this, &MessageList::repaint_picture);
  connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &MessageList::on_scrolled);
  follow_model();
  set_texts();
}

void MessageList::follow_model() {
  connect(&messages_, &MessageWindow::rowsInserted, this, &MessageList::relayout);
  connect(&messages_, &MessageWindow::rowsRemoved, this, &MessageList::relayout);
  connect(&messages_, &MessageWindow::dataChanged, this, [this](const QModelIndex& first, const QModelIndex& last) {
    for (int row = first.row(); row <= last.row(); ++row) bubbles_.forget(messages_.message(row).id);
    relayout();
  });
  connect(&messages_, &MessageWindow::modelReset, this, [this] {
    anchor_ = {};
    relayout();
  });
  connect(&messages_, &MessageWindow::unseen_changed, this, &MessageList::update_overlays);
}

void MessageList::open(const QString& chat) {
  messages_.open(chat);
  const auto divider = messages_.divider();
  const int row = divider ? messages_.row_of(*divider) : -1;
  if (row >= 0) scrollTo(messages_.index(row), PositionAtTop);
  on_scrolled();
}

void MessageList::go_to_newest() {
  if (!messages_.has_newest()) messages_.show_newest();
  verticalScrollBar()->setValue(verticalScrollBar()->maximum());
  on_scrolled();
}

bool MessageList::show_message(qint64 id) {
  if (messages_.row_of(id) < 0 && !messages_.show_around(id)) return false;
  const QModelIndex row = messages_.index(messages_.row_of(id));
  setCurrentIndex(row);
  scrollTo(row, PositionAtCenter);
  bubbles_.view.flashed_message = id;
  flash_.start();
  viewport()->update();
  on_scrolled();
  return true;
}

bool MessageList::is_at_end() const {
  return messages_.has_newest() && verticalScrollBar()->value() >= verticalScrollBar()->maximum() - end_slack;
}

void MessageList::relayout() {
  if (is_laying_out_) return;
  is_laying_out_ = true;
  const Anchor anchor = anchor_;
  doItemsLayout();
  QScrollBar* bar = verticalScrollBar();
  if (anchor.is_end && messages_.has_newest()) {
    bar->setValue(bar->maximum());
  } else if (anchor.row.isValid()) {
    bar->setValue(bar->value() + visualRect(anchor.row).bottom() - anchor.bottom);
  }
  is_laying_out_ = false;
  on_scrolled();
}

// The row that stays where it is: the first whose end can be seen. Its end, because a line for the day may come or go
// above it.
void MessageList::remember_anchor() {
  anchor_.is_end = is_at_end();
  anchor_.row = QPersistentModelIndex();
  for (int y = 0; y < viewport()->height(); y += 8) {
    const QModelIndex row = indexAt({viewport()->width() / 2, y});
    if (!row.isValid()) continue;
    anchor_.row = row;
    anchor_.bottom = visualRect(row).bottom();
    return;
  }
}

void MessageList::on_scrolled() {
  if (is_laying_out_) return;
  remember_anchor();
  const bool was_behind = messages_.unseen() > 0;
  messages_.set_at_end(anchor_.is_end);
  if (anchor_.is_end && was_behind) emit seen_end();
  update_overlays();
  play_what_is_seen();
  const QScrollBar* bar = verticalScrollBar();
  const bool is_near_top = bar->value() < fetch_distance;
  const bool is_near_bottom = bar->value() > bar->maximum() - fetch_distance && !messages_.has_newest();
  if (isVisible() && (is_near_top || is_near_bottom)) QTimer::singleShot(0, this, &MessageList::fetch_around);
}

void MessageList::fetch_around() {
  const QScrollBar* bar = verticalScrollBar();
  if (bar->value() > bar->maximum() - fetch_distance && messages_.fetch_newer()) return;
  if (bar->value() >= fetch_distance) return;
  if (!messages_.fetch_older() && messages_.has_oldest()) emit older_wanted();
}

QList<int> MessageList::rows_on_screen() const {
  QList<int> rows;
  for (int row = std::max(0, indexAt({viewport()->width() / 2, 1}).row()); row < messages_.rowCount(); ++row) {
    const QRect place = visualRect(messages_.index(row));
    if (place.top() > viewport()->height()) break;
    if (place.bottom() >= 0) rows << row;
  }
  return rows;
}

void MessageList::play_what_is_seen() {
  QStringList paths;
  const bool is_seen = isVisible() && !window()->isMinimized();
  for (const int row : is_seen ? rows_on_screen() : QList<int>()) {
    const auto& file = messages_.message(row).file;
    if (file && file->is_picture() && !file->local_path.isEmpty()) paths << file->local_path;
  }
  animations_.play_only(paths);
}

void MessageList::repaint_picture(const QString& path) {
  for (const int row : rows_on_screen()) {
    const auto& file = messages_.message(row).file;
    if (file && file->local_path == path) update(messages_.index(row));
  }
}

void MessageList::showEvent(QShowEvent* event) {
  QListView::showEvent(event);
  window()->installEventFilter(this);  // only windows are told that they are minimized
  play_what_is_seen();
}

void MessageList::hideEvent(QHideEvent* event) {
  window()->removeEventFilter(this);
  animations_.play_only({});
  QListView::hideEvent(event);
}

bool MessageList::eventFilter(QObject* object, QEvent* event) {
  if (object == window() && event->type() == QEvent::WindowStateChange) play_what_is_seen();
  return QListView::eventFilter(object, event);
}

void MessageList::refresh(qint64 message) {
  const int row = messages_.row_of(message);
  if (row < 0) return;
  bubbles_.forget(message);
  const QModelIndex index = messages_.index(row);
  if (bubbles_.sizeHint({}, index).height() != visualRect(index).height()) return relayout();
  update(index);
}

void MessageList::forget_layouts() {
  bubbles_.forget_all();
  relayout();
}

void MessageList::resizeEvent(QResizeEvent* event) {
  const Anchor anchor = anchor_;
  is_laying_out_ = true;
  bubbles_.set_width(viewport()->width());
  QListView::resizeEvent(event);
  is_laying_out_ = false;
  anchor_ = anchor;
  relayout();
  place_overlays();
}

void MessageList::changeEvent(QEvent* event) {
  QListView::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange ||
      event->type() == QEvent::StyleChange) {
    forget_layouts();
  }
  if (event->type() == QEvent::LanguageChange) {
    set_texts();
    forget_layouts();
  }
}

void MessageList::set_texts() {
  setAccessibleName(tr("Messages"));
  loading_->setText(tr("Loading older messages…"));
  update_overlays();
}

void MessageList::place_overlays() {
  to_newest_->adjustSize();
  to_newest_->move(viewport()->width() - to_newest_->width() - 16, viewport()->height() - to_newest_->height() - 12);
  loading_->setGeometry(0, 4, viewport()->width(), loading_->sizeHint().height());
  empty_->setGeometry(viewport()->rect().adjusted(32, 0, -32, 0));
}

void MessageList::update_overlays() {
  const int unseen = messages_.unseen();
  const QScrollBar* bar = verticalScrollBar();
  const bool is_far = !messages_.has_newest() || bar->maximum() - bar->value() > viewport()->height();
  to_newest_->setIcon(icon(QStringLiteral("arrow_down"), Tint::accent));
  to_newest_->setText(unseen > 0 ? u' ' + tr("%1 new").arg(unseen) : u' ' + tr("To the newest"));
  to_newest_->setVisible(!is_at_end() && (unseen > 0 || is_far));
  empty_->setVisible(messages_.rowCount() == 0 && loading_->isHidden());
  place_overlays();
}

void MessageList::set_loading(bool is_loading) {
  loading_->setVisible(is_loading);
  on_scrolled();  // the reader may still be at the top, and what was loaded is wanted
}

void MessageList::set_empty_texts(const QString& title, const QString& text) {
  empty_->set_texts(title, text);
  update_overlays();
}

void MessageList::set_invitations(std::function<bool(const Message&)> is_invitation) {
  bubbles_.is_invitation = std::move(is_invitation);
  viewport()->update();
}

void MessageList::set_searched(const QString& words) {
  bubbles_.view.searched = words;
  viewport()->update();
}

QPointF MessageList::inside(const QPoint& position, const QModelIndex& row) const {
  return QPointF(position - visualRect(row).topLeft());
}

BubbleHit MessageList::hit_at(const QPoint& position, QModelIndex* row) const {
  *row = indexAt(position);
  return row->isValid() ? bubbles_.layout(*row).hit(inside(position, *row)) : BubbleHit{};
}

void MessageList::set_hovered(qint64 message, const BubbleHit& hit) {
  if (bubbles_.view.hovered_message == message && bubbles_.view.hovered == hit) return;
  bubbles_.view.hovered_message = message;
  bubbles_.view.hovered = hit;
  viewport()->setCursor(is_clickable(hit.part) || is_choosing() ? Qt::PointingHandCursor
                        : hit.part == BubblePart::text          ? Qt::IBeamCursor
                                                                : Qt::ArrowCursor);
  viewport()->update();
}

void MessageList::mousePressEvent(QMouseEvent* event) {
  bubbles_.view.shows_focus = false;
  QModelIndex row;
  pressed_ = hit_at(event->position().toPoint(), &row);
  if (row.isValid()) setCurrentIndex(row);
  if (event->button() != Qt::LeftButton) return;
  clear_selection();
  if (!row.isValid() || is_choosing()) return;
  is_selecting_ = pressed_.part == BubblePart::text || pressed_.part == BubblePart::link;
  if (!is_selecting_) return;
  bubbles_.view.selected_message = messages_.message(row.row()).id;
  const int position = bubbles_.layout(row).text_position(inside(event->position().toPoint(), row));
  bubbles_.view.selected_from = bubbles_.view.selected_to = position;
}

void MessageList::mouseMoveEvent(QMouseEvent* event) {
  const QPoint position = event->position().toPoint();
  if (is_selecting_ && event->buttons() & Qt::LeftButton) {
    const QModelIndex row = messages_.index(messages_.row_of(bubbles_.view.selected_message));
    if (row.isValid()) bubbles_.view.selected_to = bubbles_.layout(row).text_position(inside(position, row));
    viewport()->update();
    return;
  }
  QModelIndex row;
  const BubbleHit hit = hit_at(position, &row);
  set_hovered(row.isValid() ? messages_.message(row.row()).id : 0, hit);
}

void MessageList::mouseReleaseEvent(QMouseEvent* event) {
  const bool has_selection = !selected_text().isEmpty();
  is_selecting_ = false;
  if (event->button() != Qt::LeftButton || has_selection) return;
  QModelIndex row;
  const BubbleHit hit = hit_at(event->position().toPoint(), &row);
  if (!row.isValid() || !(hit == pressed_)) return;
  const Message message = messages_.message(row.row());
  if (is_choosing()) return toggle_chosen(message.id);
  activate(message, hit);
}

void MessageList::activate(const Message& message, const BubbleHit& hit) {
  switch (hit.part) {
    case BubblePart::link:
      return emit link_activated(hit.address);
    case BubblePart::face:
      return emit face_activated(message.sender);
    case BubblePart::quote:
      return emit quoted_wanted(message.id);
    case BubblePart::picture:
      return emit open_wanted(message.id);
    case BubblePart::action: {
      const auto row = messages_.index(messages_.row_of(message.id));
      return emit file_action_wanted(message.id, bubbles_.layout(row).actions[hit.index].action);
    }
    case BubblePart::reaction:
      return emit reaction_wanted(message.id, message.reactions[hit.index].emoji);
    case BubblePart::resend:
      return emit resend_wanted(message.id);
    case BubblePart::edit_again:
      return emit edit_again_wanted(message.id);
    case BubblePart::game:
      return emit game_wanted(message.id);
    case BubblePart::accept:
    case BubblePart::decline:
      return emit invitation_answered(message.id, hit.part == BubblePart::accept);
    default:
      return;
  }
}

void MessageList::mouseDoubleClickEvent(QMouseEvent* event) {
  QModelIndex row;
  const BubbleHit hit = hit_at(event->position().toPoint(), &row);
  if (!row.isValid() || event->button() != Qt::LeftButton || is_choosing()) return;
  const Message& message = messages_.message(row.row());
  if (hit.part == BubblePart::beside) return emit quote_wanted(message.id);
  if (hit.part == BubblePart::file) return emit open_wanted(message.id);
  if (hit.part != BubblePart::text) return;
  const BubbleLayout& layout = bubbles_.layout(row);
  const auto [from, to] = layout.word_at(layout.text_position(inside(event->position().toPoint(), row)));
  bubbles_.view.selected_message = message.id;
  bubbles_.view.selected_from = from;
  bubbles_.view.selected_to = to;
  viewport()->update();
}

void MessageList::contextMenuEvent(QContextMenuEvent* event) {
  const bool by_keyboard = event->reason() == QContextMenuEvent::Keyboard;
  const QModelIndex row = by_keyboard ? currentIndex() : indexAt(event->pos());
  if (!row.isValid()) return;
  const QPoint position = by_keyboard ? viewport()->mapToGlobal(visualRect(row).center()) : event->globalPos();
  emit menu_wanted(messages_.message(row.row()).id, position);
}

void MessageList::keyPressEvent(QKeyEvent* event) {
  bubbles_.view.shows_focus = true;
  if (event->matches(QKeySequence::Copy)) return emit copy_wanted();
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return activate_current();
  if (event->key() == Qt::Key_End) go_to_newest();
  const Qt::KeyboardModifiers chords = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
  const bool is_character = !event->text().isEmpty() && event->text().at(0).isPrint() && !(event->modifiers() & chords);
  if (is_character && !is_choosing()) return emit typed(event);
  if (is_character && event->key() == Qt::Key_Space && current_message() != 0) return toggle_chosen(current_message());
  if (event->matches(QKeySequence::Paste)) return emit typed(event);
  QListView::keyPressEvent(event);
}

void MessageList::activate_current() {
  if (!currentIndex().isValid()) return;
  const Message message = messages_.message(currentIndex().row());
  if (is_choosing()) return toggle_chosen(message.id);
  const BubbleLayout& layout = bubbles_.layout(currentIndex());
  if (message.delivery == Delivery::failed) return emit resend_wanted(message.id);
  if (layout.edit_again.isValid()) return emit edit_again_wanted(message.id);
  if (message.kind == MessageKind::file) return emit open_wanted(message.id);
  if (message.kind == MessageKind::game) return emit game_wanted(message.id);
  if (!layout.links().isEmpty()) emit link_activated(layout.links().first().address);
}

bool MessageList::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    QModelIndex row;
    const BubbleHit hit = hit_at(help->pos(), &row);
    const QString text = row.isValid() ? tip(messages_.message(row.row()), hit) : QString();
    QToolTip::showText(help->globalPos(), plain_tip(text), viewport());
    return true;
  }
  return QListView::viewportEvent(event);
}

void MessageList::leaveEvent(QEvent* event) {
  set_hovered(0, {});
  QListView::leaveEvent(event);
}

QString MessageList::tip(const Message& message, const BubbleHit& hit) const {
  if (hit.part == BubblePart::link) return hit.address;
  if (hit.part == BubblePart::reaction) return message.reactions[hit.index].people.join(QStringLiteral(", "));
  if (hit.part != BubblePart::delivery) return {};
  const QString time = QLocale().toString(message.time.toLocalTime(), QLocale::LongFormat);
  const QString delivery = delivery_name(message);
  return delivery.isEmpty() ? time : tr("%1\n%2").arg(delivery, time);
}

QString MessageList::selected_text() const {
  const BubbleView& view = bubbles_.view;
  const int row = view.selected_message == 0 ? -1 : messages_.row_of(view.selected_message);
  if (row < 0 || view.selected_from == view.selected_to) return {};
  const int start = std::min(view.selected_from, view.selected_to);
  return bubbles_.layout(messages_.index(row)).text().mid(start, std::abs(view.selected_to - view.selected_from));
}

void MessageList::clear_selection() {
  bubbles_.view.selected_message = 0;
  bubbles_.view.selected_from = bubbles_.view.selected_to = 0;
  viewport()->update();
}

void MessageList::set_choosing(bool is_choosing, qint64 first) {
  clear_selection();
  bubbles_.view.is_choosing = is_choosing;
  bubbles_.view.chosen.clear();
  if (is_choosing && first != 0) bubbles_.view.chosen.insert(first);
  forget_layouts();
  emit chosen_changed(int(bubbles_.view.chosen.size()));
}

void MessageList::toggle_chosen(qint64 message) {
  const int row = messages_.row_of(message);
  if (row < 0 || messages_.message(row).kind == MessageKind::notice) return;
  if (!bubbles_.view.chosen.remove(message)) bubbles_.view.chosen.insert(message);
  viewport()->update();
  emit chosen_changed(int(bubbles_.view.chosen.size()));
}

QList<qint64> MessageList::chosen() const {
  QList<qint64> ids;
  for (int row = 0; row < messages_.rowCount(); ++row) {
    if (bubbles_.view.chosen.contains(messages_.message(row).id)) ids << messages_.message(row).id;
  }
  return ids;
}

qint64 MessageList::current_message() const {
  return currentIndex().isValid() ? messages_.message(currentIndex().row()).id : 0;
}

}  // namespace queqiao::client
