#pragma once

#include <QHash>
#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace queqiao::client {

class ChatView;
class Settings;

// A window with chats: several as tabs, or one.
class ChatFrame : public QWidget {
  Q_OBJECT

 public:
  explicit ChatFrame(Settings& settings);
  ~ChatFrame() override;

  void add(ChatView* view);      // owned from now on
  void remove(ChatView* view);   // and deletes it
  void release(ChatView* view);  // to go on in another frame
  void show_view(ChatView* view);
  ChatView* current() const;
  QList<ChatView*> views() const;
  void bring_to_front();
  void remember_place();

 signals:
  void view_closed(const QString& jid);
  void emptied();

 protected:
  void changeEvent(QEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void add_shortcuts();
  void restore_place();
  void set_texts();
  void step(int by);
  void go_to_unread();
  void refresh_tab(ChatView* view);
  void refresh_title();
  int tab_of(const ChatView* view) const;
  ChatView* view_of(int tab) const;

  Settings& settings_;
  QTabBar* tabs_;
  QStackedWidget* pages_;
};

}  // namespace queqiao::client
