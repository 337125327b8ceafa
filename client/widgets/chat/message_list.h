#pragma once

#include <QListView>
#include <QPersistentModelIndex>
#include <QTimer>

#include "client/widgets/chat/bubble_delegate.h"

class QLabel;
class QPushButton;

namespace queqiao::client {

class EmptyState;
class MessageWindow;

// The messages of a chat. Keeps what the reader looks at in its place, whatever is added, changed or removed around it,
// and the end in view when the reader was there. Everything that people do with a message is a signal.
class MessageList : public QListView {
  Q_OBJECT

 public:
  MessageList(MessageWindow& messages, const People& people, Transfers& transfers, PictureCache& pictures,
              QWidget* parent = nullptr);

  void open(const QString& chat);  // at the first unread message, or the end
  void go_to_newest();
  bool show_message(qint64 id);  // in the middle, flashing; false: it is not in the history
  bool is_at_end() const;
  void set_loading(bool is_loading);  // older messages are asked for from the server
  void set_empty_texts(const QString& title, const QString& text);
  // Which message is an invitation to a game that waits for the user's answer; asked whenever it is painted.
  void set_invitations(std::function<bool(const Message&)> is_invitation);
  void set_searched(const QString& words);
  void forget_layouts();         // names, faces or the look have changed
  void refresh(qint64 message);  // its file has got further

  QString selected_text() const;
  void clear_selection();
  void set_choosing(bool is_choosing, qint64 first = 0);
  bool is_choosing() const { return bubbles_.view.is_choosing; }
  QList<qint64> chosen() const;    // in the order of time
  qint64 current_message() const;  // 0: none
  const Animations& animations() const { return animations_; }

 signals:
  void link_activated(const QString& address);
  void open_wanted(qint64 message);
  void file_action_wanted(qint64 message, queqiao::client::FileAction action);
  void quote_wanted(qint64 message);
  void quoted_wanted(qint64 message);  // to see what it quotes
  void reaction_wanted(qint64 message, const QString& emoji);
  void resend_wanted(qint64 message);
  void edit_again_wanted(qint64 message);
  void game_wanted(qint64 message);
  void invitation_answered(qint64 message, bool accepts);
  void face_activated(const QString& jid);
  void menu_wanted(qint64 message, const QPoint& global_position);
  void copy_wanted();
  void older_wanted();  // there is nothing older on this machine
  void seen_end();
  void chosen_changed(int count);
  void typed(QKeyEvent* event);  // a character: it belongs into the input

 protected:
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  bool eventFilter(QObject* object, QEvent* event) override;
  void keyboardSearch(const QString&) override {}

 private:
  struct Anchor {
    QPersistentModelIndex row;
    int bottom = 0;  // of the row, in the viewport
    bool is_end = true;
  };

  void follow_model();
  void set_texts();
  void relayout();
  void remember_anchor();
  void on_scrolled();
  void fetch_around();
  QList<int> rows_on_screen() const;
  void play_what_is_seen();
  void repaint_picture(const QString& path);
  void place_overlays();
  void update_overlays();
  void set_hovered(qint64 message, const BubbleHit& hit);
  BubbleHit hit_at(const QPoint& position, QModelIndex* row) const;
  QPointF inside(const QPoint& position, const QModelIndex& row) const;
  void activate(const Message& message, const BubbleHit& hit);
  void activate_current();
  void toggle_chosen(qint64 message);
  QString tip(const Message& message, const BubbleHit& hit) const;

  MessageWindow& messages_;
  BubbleDelegate bubbles_;
  Animations& animations_;  // of the delegate, which paints them
  Anchor anchor_;
  bool is_laying_out_ = false;
  bool is_selecting_ = false;
  BubbleHit pressed_;
  QTimer flash_;
  QPushButton* to_newest_;
  QLabel* loading_;
  EmptyState* empty_;
};

}  // namespace queqiao::client
