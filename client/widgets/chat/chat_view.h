#pragma once

#include <QTimer>
#include <QWidget>

#include "client/models/message_window.h"
#include "client/widgets/chat/people.h"
#include "client/widgets/chat/picture_cache.h"

class QSplitter;

namespace queqiao::client {

class Account;
class ChatHead;
class ChatSearchBar;
class ChoosingBar;
class Composer;
class DropOverlay;
class FileSending;
class MessageActions;
class MessageList;
class ScreenCapture;

// One chat: head, messages, input. Knows nothing of windows and tabs.
class ChatView : public QWidget {
  Q_OBJECT

 public:
  ChatView(Account& account, const QString& jid, QWidget* parent = nullptr);
  ~ChatView() override;

  const QString& jid() const { return jid_; }
  QString name() const { return people_.name(jid_); }
  QPixmap face(int side) const { return people_.face(side, jid_); }
  int unread() const;

  void come_to_front();  // it is the one that is shown now
  void show_message(qint64 message);
  void save_draft();
  void add_to_draft(const QString& text);  // on a line of its own behind what is typed already
  bool cancel_innermost();                 // search, choosing, quote or edit; false: there was nothing to cancel
  QWidget* shaken_part();                  // what moves when the window cannot
  MessageList& list() { return *list_; }
  Composer& composer() { return *composer_; }
  ChatSearchBar& search_bar() { return *search_; }

 signals:
  void profile_wanted();
  void history_wanted();
  void game_wanted(qint64 message);
  void invitation_answered(qint64 message, bool accepts);
  void unread_seen();
  void changed();  // name, face or unread count
  void shake_sent();

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void lay_out();
  void set_texts();
  void connect_list();
  void connect_composer();
  void connect_choosing();
  void connect_account();
  void connect_people();
  void add_shortcuts();
  void send(const QString& text, const QStringList& files);
  void capture();
  void shake();
  void begin_quote(qint64 message);
  void begin_edit(qint64 message);
  void show_context();
  void edit_last();
  void edit_recalled(qint64 message);
  void show_quoted(qint64 message);
  void end_context(bool restores_draft);
  void on_typed_text();
  void load_older();
  void mark_seen();
  void update_state();
  void update_choosing(int count);

  Account& account_;
  QString jid_;
  People people_;
  PictureCache pictures_;
  MessageWindow messages_;
  ChatHead* head_;
  ChatSearchBar* search_;
  MessageList* list_;
  Composer* composer_;
  ChoosingBar* choosing_;
  QSplitter* splitter_;
  DropOverlay* overlay_;
  MessageActions* actions_;
  FileSending* files_;
  ScreenCapture* capture_;
  QTimer draft_timer_, typing_timer_;
  qint64 quoted_ = 0, edited_ = 0;
  QString draft_before_edit_;
  bool is_loading_older_ = false, has_got_older_ = false, has_all_older_ = false;
};

}  // namespace queqiao::client
