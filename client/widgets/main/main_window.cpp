#include "client/widgets/main/main_window.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QShortcut>

#include "client/core/roster.h"
#include "client/core/settings.h"
#include "client/widgets/language.h"
#include "client/widgets/main/connection_bar.h"
#include "client/widgets/main/contact_delegate.h"
#include "client/widgets/main/contact_view.h"
#include "client/widgets/main/hover_card.h"
#include "client/widgets/main/own_header.h"
#include "client/widgets/main/recent_view.h"
#include "client/widgets/main/requests_page.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr QSize usual_size(300, 640);
constexpr int found_page_index = 3;  // behind the three tabs' pages

QStackedWidget* list_or(QWidget* list, QWidget* empty) {
  auto* stack = new QStackedWidget;
  stack->addWidget(list);
  stack->addWidget(empty);
  return stack;
}

}  // namespace

MainWindow::MainWindow(Account& account, RecentChats& chats, QWidget* parent)
    : QWidget(parent, Qt::Window),
      account_(account),
      chats_(chats),
      tree_(account.roster(), account.profiles()),
      found_(account.roster(), account.profiles()),
      search_box_(new QLineEdit),
      pages_(new QStackedWidget) {
  setObjectName("main_window");
  setWindowIcon(program_icon());
  auto* header = new OwnHeader(account);
  connect(header, &OwnHeader::own_profile_wanted, this, [this] { emit profile_wanted(account_.jid()); });
  card_ = new HoverCard(account, this);
  make_lists();
  search_box_->setObjectName("search_box");
  set_kind(*search_box_, "search");
  search_box_->addAction(icon("search", Tint::faint), QLineEdit::LeadingPosition);
  search_box_->setClearButtonEnabled(true);
  search_box_->installEventFilter(this);
  connect(search_box_, &QLineEdit::textChanged, this, &MainWindow::search);
  auto* search_row = new QHBoxLayout;
  search_row->setContentsMargins(12, 10, 12, 4);
  search_row->addWidget(search_box_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(header);
  column->addWidget(new ConnectionBar(account));
  column->addLayout(search_row);
  column->addWidget(make_tabs());
  column->addWidget(pages_, 1);
  column->addWidget(make_bottom_bar());
  make_shortcuts();
  connect(&chats, &RecentChats::unread_changed, this, &MainWindow::refresh_pages);
  connect(&account.roster(), &Roster::requests_changed, this, &MainWindow::refresh_pages);
  for (auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
    connect(&tree_, changed, this, &MainWindow::refresh_pages);
  }
  connect(&tree_, &QAbstractItemModel::modelReset, this, &MainWindow::refresh_pages);
  follow_language(this, [this] { set_texts(); });
  show_tab(chats.rowCount() > 0 ? Tab::recent : Tab::friends);
  restore_place();
}

void MainWindow::make_lists() {
  auto* recent = new RecentView(account_, chats_);
  contacts_ = new ContactView(account_, tree_);
  found_view_ = new QListView;
  found_view_->setModel(&found_);
  found_view_->setItemDelegate(new ContactDelegate(found_view_));
  found_view_->setMouseTracking(true);
  found_view_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* requests = new RequestsPage(account_);
  no_chats_ = new EmptyState("chat");
  no_friends_ = new EmptyState("people");
  nobody_found_ = new EmptyState("search");
  recent_page_ = list_or(recent, no_chats_);
  friends_page_ = list_or(contacts_, no_friends_);
  found_page_ = list_or(found_view_, nobody_found_);
  for (QWidget* page : QList<QWidget*>{recent_page_, friends_page_, requests, found_page_}) pages_->addWidget(page);
  connect(recent, &RecentView::chat_wanted, this, &MainWindow::chat_wanted);
  connect(recent, &RecentView::profile_wanted, this, &MainWindow::profile_wanted);
  connect(contacts_, &ContactView::chat_wanted, this, &MainWindow::chat_wanted);
  connect(contacts_, &ContactView::profile_wanted, this, &MainWindow::profile_wanted);
  connect(contacts_, &ContactView::hovered, card_, &HoverCard::set_person);
  connect(requests, &RequestsPage::accept_wanted, this, &MainWindow::accept_wanted);
  connect(requests, &RequestsPage::profile_wanted, this, &MainWindow::profile_wanted);
  connect(no_chats_, &EmptyState::action_clicked, this, [this] { show_tab(Tab::friends); });
  connect(no_friends_, &EmptyState::action_clicked, this, &MainWindow::find_people_wanted);
  connect(nobody_found_, &EmptyState::action_clicked, this, &MainWindow::find_people_wanted);
  connect(found_view_, &QListView::clicked, this, &MainWindow::open_found);
}

QWidget* MainWindow::make_tabs() {
  auto* bar = new QWidget;
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(8, 0, 8, 0);
  row->setSpacing(0);
  tabs_ = new QButtonGroup(this);
  recent_tab_ = new IconButton("chat", {});
  friends_tab_ = new IconButton("people", {});
  notices_tab_ = new IconButton("bell", {});
  int id = 0;
  for (auto* tab : {recent_tab_, friends_tab_, notices_tab_}) {
    set_kind(*tab, "tab");
    tab->setCheckable(true);
    tab->setIconSize({scaled(22), scaled(22)});
    tab->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    row->addWidget(tab);
    tabs_->addButton(tab, id++);
  }
  connect(tabs_, &QButtonGroup::idClicked, this, [this](int clicked) { show_tab(Tab(clicked)); });
  return bar;
}

QWidget* MainWindow::make_bottom_bar() {
  auto* bar = new QWidget;
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(8, 6, 8, 6);
  menu_button_ = new IconButton("menu", {});
  add_button_ = new IconButton("add_friend", {});
  settings_button_ = new IconButton("settings", {});
  menu_button_->setMenu(make_menu());
  menu_button_->setPopupMode(QToolButton::InstantPopup);
  row->addWidget(menu_button_);
  row->addWidget(settings_button_);
  row->addStretch();
  row->addWidget(add_button_);
  connect(add_button_, &IconButton::clicked, this, &MainWindow::find_people_wanted);
  connect(settings_button_, &IconButton::clicked, this, &MainWindow::settings_wanted);
  return bar;
}

QMenu* MainWindow::make_menu() {
  auto* menu = new QMenu(this);
  follow_language(menu, [this, menu] {
    menu->clear();
    menu->addAction(icon("person"), tr("My profile"), this, [this] { emit profile_wanted(account_.jid()); });
    menu->addAction(icon("add_friend"), tr("Find people…"), this, &MainWindow::find_people_wanted);
    menu->addAction(icon("plus"), tr("New group…"), this, [this] { contacts_->add_group(); });
    menu->addAction(icon("history"), tr("Message history"), this, &MainWindow::history_wanted);
    menu->addAction(icon("settings"), tr("Settings"), this, &MainWindow::settings_wanted);
    menu->addSeparator();
    menu->addAction(icon("info"), tr("About Queqiao"), this, &MainWindow::about_wanted);
    menu->addAction(icon("undo"), tr("Log out"), this, &MainWindow::log_out_wanted);
    menu->addAction(icon("power"), tr("Quit"), this, &MainWindow::quit_wanted);
  });
  return menu;
}

void MainWindow::make_shortcuts() {
  const auto on = [this](const QKeySequence& key, auto action) {
    connect(new QShortcut(key, this), &QShortcut::activated, this, action);
  };
  on(QKeySequence("Ctrl+K"), [this] {
    search_box_->setFocus(Qt::ShortcutFocusReason);
    search_box_->selectAll();
  });
  on(QKeySequence("Ctrl+W"), [this] { close(); });
  on(QKeySequence("Ctrl+,"), [this] { emit settings_wanted(); });
  on(QKeySequence("Ctrl+N"), [this] { emit find_people_wanted(); });
  on(QKeySequence("Ctrl+Q"), [this] { emit quit_wanted(); });
  on(QKeySequence("Ctrl+J"), [this] {  // the next chat with something unread
    if (const QString jid = chats_.newest_unread(); !jid.isEmpty()) emit chat_wanted(jid);
  });
  for (int tab = 0; tab < 3; ++tab)
    on(QKeySequence(QStringLiteral("Ctrl+%1").arg(tab + 1)), [=, this] { show_tab(Tab(tab)); });
}

void MainWindow::set_texts() {
  setWindowTitle(tr("Queqiao"));
  search_box_->setPlaceholderText(tr("Search (Ctrl+K)"));
  search_box_->setAccessibleName(tr("Search friends"));
  recent_tab_->set_name(tr("Recent chats"));
  friends_tab_->set_name(tr("Friends"));
  notices_tab_->set_name(tr("Notices"));
  menu_button_->set_name(tr("Menu"));
  add_button_->set_name(tr("Find and add people"));
  settings_button_->set_name(tr("Settings"));
  contacts_->setAccessibleName(tr("Friends"));
  recent_page_->widget(0)->setAccessibleName(tr("Recent chats"));
  found_view_->setAccessibleName(tr("Search results"));
  no_chats_->set_texts(tr("No chats yet"), tr("Choose a friend and say hello."), tr("Show friends"));
  no_friends_->set_texts(tr("No friends yet"), tr("Find people by their number or nickname."), tr("Find people"));
  nobody_found_->set_texts(tr("Nobody found"), tr("Try a name, a number or the first letters in pinyin."),
                           tr("Find new people"));
  refresh_pages();
}

void MainWindow::show_tab(Tab tab) {
  search_box_->clear();
  tabs_->button(int(tab))->setChecked(true);
  pages_->setCurrentIndex(int(tab));
  refresh_pages();
}

void MainWindow::refresh_pages() {
  recent_page_->setCurrentIndex(chats_.rowCount() > 0 ? 0 : 1);
  // Groups that the user made are worth seeing, even while nobody is in them.
  friends_page_->setCurrentIndex(tree_.is_empty() && tree_.rowCount() <= 1 ? 1 : 0);
  found_page_->setCurrentIndex(found_.rowCount() > 0 ? 0 : 1);
  recent_tab_->set_badge(chats_.unread());
  notices_tab_->set_badge(int(account_.roster().requests().size()));
}

void MainWindow::search(const QString& text) {
  found_.set_text(text);
  const bool is_searching = !text.trimmed().isEmpty();
  pages_->setCurrentIndex(is_searching ? found_page_index : tabs_->checkedId());
  if (is_searching) found_view_->setCurrentIndex(found_.index(0));
  refresh_pages();
}

void MainWindow::open_found() {
  const QString jid = found_view_->currentIndex().data(jid_role).toString();
  if (jid.isEmpty()) return;
  search_box_->clear();
  emit chat_wanted(jid);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    auto* key = static_cast<QKeyEvent*>(event);
    const bool is_enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (is_enter) return open_found(), true;
    if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
      const int row = found_view_->currentIndex().row() + (key->key() == Qt::Key_Down ? 1 : -1);
      if (row >= 0 && row < found_.rowCount()) found_view_->setCurrentIndex(found_.index(row));
      return true;
    }
    if (key->key() == Qt::Key_Escape && !search_box_->text().isEmpty()) return search_box_->clear(), true;
  }
  return QWidget::eventFilter(watched, event);
}

// Typing anywhere searches; Esc closes what is innermost.
void MainWindow::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    close();
  } else if (!event->text().isEmpty() && event->text()[0].isPrint() && event->modifiers() == Qt::NoModifier) {
    search_box_->setFocus();
    search_box_->setText(event->text());
  } else {
    QWidget::keyPressEvent(event);
  }
}

void MainWindow::bring_to_front() {
  setWindowState(windowState() & ~Qt::WindowMinimized);
  show();
  raise();
  activateWindow();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  remember_place();
  card_->hide();
  if (has_tray_ && account_.settings().flag(setting::close_to_tray)) return event->accept();
  event->ignore();
  emit quit_wanted();
}

void MainWindow::restore_place() {
  if (!restoreGeometry(account_.settings().value(setting::main_window_place).toByteArray()))
    resize(scaled(usual_size.width()), scaled(usual_size.height()));
}

void MainWindow::remember_place() {
  account_.settings().set_value(setting::main_window_place, saveGeometry());
}

void MainWindow::paintEvent(QPaintEvent*) {
  QPainter(this).fillRect(rect(), look().panel);
}

}  // namespace queqiao::client
