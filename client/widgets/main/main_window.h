#pragma once

#include <QButtonGroup>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QStackedWidget>
#include <QWidget>

#include "client/core/account.h"
#include "client/core/contact.h"
#include "client/models/contact_search.h"
#include "client/models/contact_tree.h"
#include "client/models/recent_chats.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/icon_button.h"

namespace queqiao::client {

class ContactView;
class ConnectionBar;
class HoverCard;

// The narrow main window: oneself on top, then search, recent chats, friends and notices. Closing it hides it while
// there is a tray icon; `quit_wanted` otherwise.
class MainWindow final : public QWidget {
  Q_OBJECT

 public:
  MainWindow(Account& account, RecentChats& chats, QWidget* parent = nullptr);

  enum class Tab : quint8 { recent, friends, notices };
  void show_tab(Tab tab);
  void bring_to_front();
  void set_has_tray(bool has_tray) { has_tray_ = has_tray; }
  void remember_place();

 signals:
  void chat_wanted(const QString& jid);
  void profile_wanted(const QString& jid);  // one's own too
  void accept_wanted(const queqiao::client::FriendRequest& request);
  void find_people_wanted();
  void settings_wanted();
  void history_wanted();
  void about_wanted();
  void log_out_wanted();
  void quit_wanted();

 protected:
  void closeEvent(QCloseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  QWidget* make_tabs();
  QWidget* make_bottom_bar();
  QMenu* make_menu();
  void make_lists();
  void make_shortcuts();
  void set_texts();
  void refresh_pages();
  void search(const QString& text);
  void open_found();
  void restore_place();

  Account& account_;
  RecentChats& chats_;
  ContactTree tree_;
  ContactSearch found_;
  QLineEdit* search_box_;
  QButtonGroup* tabs_;
  IconButton *recent_tab_, *friends_tab_, *notices_tab_, *add_button_, *settings_button_, *menu_button_;
  QStackedWidget* pages_;
  QStackedWidget *recent_page_, *friends_page_, *found_page_;  // each a list or an empty state
  EmptyState *no_chats_, *no_friends_, *nobody_found_;
  ContactView* contacts_;
  QListView* found_view_;
  HoverCard* card_;
  bool has_tray_ = false;
};

}  // namespace queqiao::client
