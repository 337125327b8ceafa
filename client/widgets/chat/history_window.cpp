#include "client/widgets/chat/history_window.h"

#include <QCalendarWidget>
#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDateEdit>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QShortcut>
#include <QStandardPaths>
#include <QTableView>
#include <QTextCharFormat>
#include <QToolButton>

#include "client/core/account.h"
#include "client/core/roster.h"
#include "client/widgets/chat/history_export.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/icons.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"
#include "client/widgets/toast.h"

namespace queqiao::client {
namespace {

constexpr int wait_ms = 250;  // after the last key

}  // namespace

HistoryWindow::HistoryWindow(Account& account)
    : QWidget(nullptr, Qt::Window), account_(account), people_(account), hits_(account.history(), people_) {
  setWindowIcon(icon(QStringLiteral("history"), Tint::accent));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(build_filters());
  row->addWidget(build_results(), 1);
  wait_.setSingleShot(true);
  wait_.setInterval(wait_ms);
  connect(&wait_, &QTimer::timeout, this, &HistoryWindow::search);
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  connect(new QShortcut(QKeySequence::Close, this), &QShortcut::activated, this, &QWidget::close);
  connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, words_, qOverload<>(&QWidget::setFocus));
  follow_language(this, [this] { set_texts(); });
  resize(QSize(scaled(900), scaled(640)).boundedTo(screen()->availableGeometry().size() * 0.9));
}

QWidget* HistoryWindow::build_filters() {
  auto* area = new QScrollArea(this);  // with large text it is higher than a small window
  area->setFocusPolicy(Qt::NoFocus);   // what is in it takes the focus
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setFixedWidth(scaled(320));
  auto* side = new QWidget(area);
  set_kind(*side, "panel");
  side->setAttribute(Qt::WA_StyledBackground);
  area->setWidget(side);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(6);
  build_choices(*column);
  build_days(*column);
  build_calendar(*column);
  column->addStretch();
  return area;
}

void HistoryWindow::build_choices(QVBoxLayout& column) {
  chats_ = new QComboBox;
  senders_ = new QComboBox;
  chat_label_ = new QLabel;
  sender_label_ = new QLabel;
  for (const auto& [label, field] : {std::pair(chat_label_, chats_), {sender_label_, senders_}}) {
    label->setBuddy(field);
    set_kind(*label, "faint");
    column.addWidget(label);
    column.addWidget(field);
    column.addSpacing(6);
  }
  connect(chats_, &QComboBox::activated, this, [this] {
    fill_senders();
    mark_days();
    search();
  });
  connect(senders_, &QComboBox::activated, this, &HistoryWindow::search);
}

void HistoryWindow::build_days(QVBoxLayout& column) {
  limits_days_ = new QCheckBox;
  from_ = new QDateEdit(QDate::currentDate().addMonths(-1));
  to_ = new QDateEdit(QDate::currentDate());
  column.addWidget(limits_days_);
  auto* days = new QHBoxLayout;
  for (QDateEdit* day : {from_, to_}) {
    day->setCalendarPopup(true);
    day->setEnabled(false);
    days->addWidget(day, 1);
    connect(day, &QDateEdit::dateChanged, &wait_, qOverload<>(&QTimer::start));
    connect(limits_days_, &QCheckBox::toggled, day, &QWidget::setEnabled);
  }
  column.addLayout(days);
  column.addSpacing(10);
  connect(limits_days_, &QCheckBox::toggled, this, &HistoryWindow::search);
}

void HistoryWindow::build_calendar(QVBoxLayout& column) {
  calendar_ = new QCalendarWidget;
  calendar_->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
  calendar_->setHorizontalHeaderFormat(QCalendarWidget::SingleLetterDayNames);
  calendar_->setFont(text_font(9));
  calendar_->setMaximumDate(QDate::currentDate());
  days_hint_ = new QLabel;
  days_hint_->setWordWrap(true);
  set_kind(*days_hint_, "small");
  column.addWidget(calendar_);
  column.addWidget(days_hint_);
  connect(calendar_, &QCalendarWidget::currentPageChanged, this, &HistoryWindow::mark_days);
  connect(calendar_, &QCalendarWidget::clicked, this, &HistoryWindow::go_to_day);
}

QWidget* HistoryWindow::build_results() {
  auto* part = new QWidget(this);
  set_kind(*part, "panel");
  part->setAttribute(Qt::WA_StyledBackground);
  words_ = new QLineEdit(part);
  words_->setObjectName(QStringLiteral("words"));
  words_->setClearButtonEnabled(true);
  words_->installEventFilter(this);
  set_kind(*words_, "search");
  build_list(part);
  count_ = new QLabel(part);
  set_kind(*count_, "faint");
  export_ = new QPushButton(icon(QStringLiteral("export")), {}, part);
  connect(words_, &QLineEdit::textChanged, &wait_, qOverload<>(&QTimer::start));
  connect(export_, &QPushButton::clicked, this, &HistoryWindow::export_chat);
  auto* top = new QHBoxLayout;
  top->setContentsMargins(16, 0, 16, 0);
  top->addWidget(words_);
  auto* bottom = new QHBoxLayout;
  bottom->setContentsMargins(16, 8, 16, 12);
  bottom->addWidget(count_, 1);
  bottom->addWidget(export_);
  auto* column = new QVBoxLayout(part);
  column->setContentsMargins(0, 14, 0, 0);
  column->setSpacing(8);
  column->addLayout(top);
  column->addWidget(list_, 1);
  column->addWidget(nothing_, 1);
  column->addLayout(bottom);
  return part;
}

void HistoryWindow::build_list(QWidget* part) {
  list_ = new QListView(part);
  list_->setModel(&hits_);
  list_->setItemDelegate(new HitDelegate(people_, list_));
  list_->setMouseTracking(true);
  list_->setUniformItemSizes(true);
  list_->setVerticalScrollMode(QListView::ScrollPerPixel);
  list_->setFrameShape(QFrame::NoFrame);
  list_->setContextMenuPolicy(Qt::NoContextMenu);
  nothing_ = new EmptyState(QStringLiteral("search"), part);
  connect(list_, &QListView::activated, this, &HistoryWindow::open_row);
  connect(list_, &QListView::doubleClicked, this, &HistoryWindow::open_row);
}

void HistoryWindow::set_texts() {
  setWindowTitle(tr("Message history"));
  chat_label_->setText(tr("&Chat"));
  sender_label_->setText(tr("&Written by"));
  limits_days_->setText(tr("Only between these days"));
  from_->setAccessibleName(tr("First day"));
  to_->setAccessibleName(tr("Last day"));
  calendar_->setAccessibleName(tr("Days with messages"));
  // The locale that was the default when they were made is theirs for good.
  calendar_->setLocale(QLocale());
  from_->setLocale(QLocale());
  to_->setLocale(QLocale());
  days_hint_->setText(tr("Days with messages are marked. A click shows the day."));
  words_->setPlaceholderText(tr("Search messages"));
  words_->setAccessibleName(tr("Search messages"));
  list_->setAccessibleName(tr("Messages found"));
  export_->setText(u' ' + tr("Export this chat…"));
  if (chats_->count() == 0) return;  // nothing is shown yet
  chats_->setItemText(0, tr("All chats"));
  senders_->setItemText(0, tr("Anybody"));
  senders_->setItemText(1, tr("Me"));
  tell_count();
}

QString HistoryWindow::chosen_chat() const {
  return chats_->currentData().toString();
}

void HistoryWindow::show_chat(const QString& jid) {
  fill_chats();
  int place = chats_->findData(jid);
  if (place < 0) {
    chats_->addItem(people_.name(jid), jid);
    place = chats_->count() - 1;
  }
  chats_->setCurrentIndex(place);
  fill_senders();
  mark_days();
  search();
  words_->setFocus();
}

void HistoryWindow::fill_chats() {
  chats_->clear();
  chats_->addItem(tr("All chats"), QString());
  QStringList jids;
  for (const Conversation& conversation : account_.history().conversations()) jids << conversation.jid;
  for (const Contact& contact : account_.roster().contacts()) {
    if (!jids.contains(contact.jid)) jids << contact.jid;
  }
  for (const QString& jid : jids) chats_->addItem(people_.name(jid), jid);
}

void HistoryWindow::fill_senders() {
  senders_->clear();
  senders_->addItem(tr("Anybody"), QString());
  senders_->addItem(tr("Me"), account_.jid());
  if (!chosen_chat().isEmpty()) senders_->addItem(people_.name(chosen_chat()), chosen_chat());
}

void HistoryWindow::search() {
  HistoryQuery query;
  query.text = words_->text().trimmed();
  query.chat = chosen_chat();
  query.sender = senders_->currentData().toString();
  if (limits_days_->isChecked()) {
    query.from = std::min(from_->date(), to_->date());
    query.to = std::max(from_->date(), to_->date());
  }
  hits_.search(query);
  tell_count();
  export_->setEnabled(!query.chat.isEmpty());
  if (hits_.rowCount() > 0) list_->setCurrentIndex(hits_.index(0));
}

void HistoryWindow::tell_count() {
  const int found = hits_.rowCount();
  list_->setVisible(found > 0);
  nothing_->setVisible(found == 0);
  if (words_->text().trimmed().isEmpty()) {
    nothing_->set_texts(tr("No messages"), tr("Nothing was said here in that time."));
  } else {
    nothing_->set_texts(tr("Nothing found"), tr("Try fewer or other words, or all chats."));
  }
  count_->setText(found == 0               ? QString()
                  : hits_.canFetchMore({}) ? tr("More than %1, the newest first").arg(found)
                                           : tr("%1 found, the newest first").arg(found));
}

// Qt's own calendar has green arrows and red weekends; ours has the look of the rest.
void HistoryWindow::dress_calendar() {
  const QPair<const char*, const char*> arrows[] = {{"qt_calendar_prevmonth", "chevron_left"},
                                                    {"qt_calendar_nextmonth", "chevron_right"}};
  for (const auto& [name, picture] : arrows) {
    auto* button = calendar_->findChild<QToolButton*>(QLatin1String(name));
    if (button) button->setIcon(icon(QLatin1String(picture)));
  }
  if (auto* days = calendar_->findChild<QTableView*>()) days->horizontalHeader()->setMinimumSectionSize(20);
  QTextCharFormat plain;
  plain.setForeground(look().text);
  for (const Qt::DayOfWeek day : {Qt::Saturday, Qt::Sunday}) calendar_->setWeekdayTextFormat(day, plain);
}

void HistoryWindow::mark_days() {
  calendar_->setDateTextFormat({}, {});
  dress_calendar();
  const bool has_chat = !chosen_chat().isEmpty();
  days_hint_->setVisible(has_chat);
  calendar_->setVisible(has_chat);
  if (!has_chat) return;
  QTextCharFormat marked;
  marked.setFontWeight(QFont::Bold);
  marked.setBackground(look().selected);
  marked.setForeground(look().text);
  for (const QDate& day :
       account_.history().days_with_messages(chosen_chat(), calendar_->yearShown(), calendar_->monthShown())) {
    calendar_->setDateTextFormat(day, marked);
  }
}

void HistoryWindow::go_to_day(const QDate& day) {
  const auto first = account_.history().first_of_day(chosen_chat(), day);
  if (!first) return show_toast(this, tr("Nothing was said on that day or later."));
  emit message_wanted(chosen_chat(), *first);
}

void HistoryWindow::open_row(const QModelIndex& row) {
  if (!row.isValid()) return;
  const Message& message = hits_.message(row.row());
  emit message_wanted(message.chat, message.id);
}

bool HistoryWindow::eventFilter(QObject* object, QEvent* event) {
  if (object != words_ || event->type() != QEvent::KeyPress) return QWidget::eventFilter(object, event);
  auto* key = static_cast<QKeyEvent*>(event);
  switch (key->key()) {
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Up:
    case Qt::Key_Down:
      QCoreApplication::sendEvent(list_, key);
      return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (wait_.isActive()) {
        wait_.stop();
        search();
      } else {
        open_row(list_->currentIndex());
      }
      return true;
    default:
      return false;
  }
}

void HistoryWindow::export_chat() {
  const QString web = tr("Web page (*.html)"), plain = tr("Plain text (*.txt)");
  QString chosen = web;
  const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  QString name = people_.name(chosen_chat());
  name.replace(u'/', u'_');
  QString path = QFileDialog::getSaveFileName(this, tr("Export this chat"), folder + u'/' + name,
                                              web + QStringLiteral(";;") + plain, &chosen);
  if (path.isEmpty()) return;
  const bool is_text =
      path.endsWith(QLatin1String(".txt")) || (chosen == plain && !path.endsWith(QLatin1String(".html")));
  if (!path.endsWith(QLatin1String(".txt")) && !path.endsWith(QLatin1String(".html"))) {
    path += is_text ? QStringLiteral(".txt") : QStringLiteral(".html");
  }
  const HistoryExport exported(account_.history(), [this](const QString& jid) { return people_.name(jid); });
  const QString why = exported.write(chosen_chat(), is_text ? ExportFormat::text : ExportFormat::html, path);
  show_toast(this, why.isEmpty() ? tr("Written to %1").arg(path) : why,
             why.isEmpty() ? ToastKind::good : ToastKind::error);
}

}  // namespace queqiao::client
