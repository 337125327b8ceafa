#include "client/widgets/chat/chat_frame.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QScreen>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>

#include "client/core/settings.h"
#include "client/widgets/chat/chat_view.h"
#include "client/widgets/icon_button.h"
#include "client/widgets/icons.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

constexpr auto place_key = "chat_window_place";
constexpr QSize first_size(760, 640);
constexpr int face_pixels = 44;

// A face with a red dot: something is unread there.
QIcon tab_icon(const ChatView& view, bool is_unread) {
  QPixmap face = view.face(face_pixels);
  if (!is_unread) return QIcon(face);
  const qreal side = face.width() / face.devicePixelRatio(), dot = side * 0.4;
  QPainter painter(&face);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(look().window, side * 0.06));
  painter.setBrush(QColor(0xd93541));
  painter.drawEllipse(QRectF(side - dot - 1, 1, dot, dot));
  return QIcon(face);
}

}  // namespace

ChatFrame::ChatFrame(Settings& settings)
    : QWidget(nullptr, Qt::Window), settings_(settings), tabs_(new QTabBar(this)), pages_(new QStackedWidget(this)) {
  setMinimumSize(scaled(420), scaled(420));
  tabs_->setTabsClosable(true);
  tabs_->setMovable(true);
  tabs_->setExpanding(false);
  tabs_->setDrawBase(false);
  tabs_->setDocumentMode(true);
  tabs_->setElideMode(Qt::ElideRight);
  tabs_->setIconSize({22, 22});
  tabs_->setFocusPolicy(Qt::TabFocus);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(tabs_);
  column->addWidget(pages_, 1);
  connect(tabs_, &QTabBar::currentChanged, this, [this](int tab) {
    if (ChatView* view = view_of(tab)) show_view(view);
  });
  connect(tabs_, &QTabBar::tabCloseRequested, this, [this](int tab) { remove(view_of(tab)); });
  add_shortcuts();
  restore_place();
  follow_language(this, [this] { set_texts(); });
}

void ChatFrame::set_texts() {
  tabs_->setAccessibleName(tr("Open chats"));
  for (ChatView* view : views()) refresh_tab(view);
}

ChatFrame::~ChatFrame() {
  remember_place();
}

void ChatFrame::restore_place() {
  resize(first_size);
  const QByteArray place = QByteArray::fromBase64(settings_.text(QLatin1String(place_key)).toLatin1());
  if (!place.isEmpty()) restoreGeometry(place);
}

void ChatFrame::remember_place() {
  if (views().isEmpty() && !isVisible()) return;
  settings_.set_value(QLatin1String(place_key), QString::fromLatin1(saveGeometry().toBase64()));
}

void ChatFrame::add_shortcuts() {
  const auto add = [this](const QKeySequence& keys, auto action) {
    auto* shortcut = new QShortcut(keys, this);
    connect(shortcut, &QShortcut::activated, this, action);
  };
  const auto keys = [](const char* text) { return QKeySequence(QString::fromLatin1(text)); };
  add(keys("Ctrl+W"), [this] { remove(current()); });
  for (const char* next : {"Ctrl+Tab", "Ctrl+PgDown", "Alt+Down"}) add(keys(next), [this] { step(1); });
  for (const char* previous : {"Ctrl+Shift+Tab", "Ctrl+PgUp", "Alt+Up"}) add(keys(previous), [this] { step(-1); });
  add(keys("Ctrl+Shift+U"), [this] { go_to_unread(); });
  for (int i = 1; i <= 9; ++i) {
    add(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_0 + i)), [this, i] {
      if (i <= tabs_->count()) tabs_->setCurrentIndex(i - 1);
    });
  }
}

void ChatFrame::add(ChatView* view) {
  pages_->addWidget(view);
  const int tab = tabs_->addTab(QString());
  tabs_->setTabData(tab, QVariant::fromValue(static_cast<QWidget*>(view)));
  auto* away = new IconButton(QStringLiteral("close"), {}, tabs_, Tint::faint);
  follow_language(away, [away] { away->set_name(tr("Close this chat")); });
  away->setIconSize({12, 12});
  away->setFocusPolicy(Qt::NoFocus);
  tabs_->setTabButton(tab, QTabBar::RightSide, away);
  connect(away, &QAbstractButton::clicked, this, [this, view] { remove(view); });
  connect(view, &ChatView::changed, this, [this, view] { refresh_tab(view); });
  refresh_tab(view);
  tabs_->setVisible(tabs_->count() > 1);
}

void ChatFrame::remove(ChatView* view) {
  if (!view) return;
  view->save_draft();
  const QString jid = view->jid();
  release(view);
  view->setParent(this);  // goes with its window at the latest: the account may not live longer
  view->deleteLater();
  emit view_closed(jid);
}

void ChatFrame::release(ChatView* view) {
  remember_place();
  disconnect(view, nullptr, this, nullptr);
  const int tab = tab_of(view);
  pages_->removeWidget(view);
  if (tab >= 0) tabs_->removeTab(tab);
  tabs_->setVisible(tabs_->count() > 1);
  view->hide();
  view->setParent(nullptr);
  if (pages_->count() == 0) {
    hide();
    emit emptied();
  }
}

void ChatFrame::show_view(ChatView* view) {
  const int tab = tab_of(view);
  if (tab >= 0 && tabs_->currentIndex() != tab) return tabs_->setCurrentIndex(tab);
  pages_->setCurrentWidget(view);
  refresh_title();
  view->come_to_front();
}

ChatView* ChatFrame::current() const {
  return static_cast<ChatView*>(pages_->currentWidget());
}

QList<ChatView*> ChatFrame::views() const {
  QList<ChatView*> all;
  for (int tab = 0; tab < tabs_->count(); ++tab) all << view_of(tab);
  return all;
}

void ChatFrame::bring_to_front() {
  isMinimized() ? showNormal() : show();
  raise();
  activateWindow();
}

int ChatFrame::tab_of(const ChatView* view) const {
  for (int tab = 0; tab < tabs_->count(); ++tab) {
    if (view_of(tab) == view) return tab;
  }
  return -1;
}

ChatView* ChatFrame::view_of(int tab) const {
  return static_cast<ChatView*>(tabs_->tabData(tab).value<QWidget*>());
}

void ChatFrame::step(int by) {
  if (tabs_->count() < 2) return;
  tabs_->setCurrentIndex((tabs_->currentIndex() + by + tabs_->count()) % tabs_->count());
}

void ChatFrame::go_to_unread() {
  for (int i = 1; i <= tabs_->count(); ++i) {
    const int tab = (tabs_->currentIndex() + i) % tabs_->count();
    if (view_of(tab)->unread() > 0) return tabs_->setCurrentIndex(tab);
  }
}

void ChatFrame::refresh_tab(ChatView* view) {
  const int tab = tab_of(view);
  if (tab < 0) return;
  const bool is_seen = view == current() && isActiveWindow();
  const QString unread = view->unread() > 0 && !is_seen ? tr(" (%1)").arg(view->unread()) : QString();
  tabs_->setTabIcon(tab, tab_icon(*view, !unread.isEmpty()));
  tabs_->setTabText(tab, view->name().replace(u'&', QLatin1String("&&")) + unread);
  tabs_->setTabToolTip(tab, view->jid());
  refresh_title();
}

void ChatFrame::refresh_title() {
  ChatView* view = current();
  if (!view) return;
  const QString unread = view->unread() > 0 && !isActiveWindow() ? tr("(%1) ").arg(view->unread()) : QString();
  setWindowTitle(unread + view->name());
  setWindowIcon(QIcon(view->face(64)));
}

void ChatFrame::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::ActivationChange || !current()) return;
  if (isActiveWindow()) current()->come_to_front();
  refresh_tab(current());
}

void ChatFrame::closeEvent(QCloseEvent* event) {
  event->accept();
  for (ChatView* view : views()) remove(view);
}

void ChatFrame::keyPressEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Escape) return QWidget::keyPressEvent(event);
  if (current() && !current()->cancel_innermost()) remove(current());
}

}  // namespace queqiao::client
