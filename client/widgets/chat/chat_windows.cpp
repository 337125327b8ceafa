#include "client/widgets/chat/chat_windows.h"

#include <QPointer>
#include <algorithm>

#include "client/core/account.h"
#include "client/core/history.h"
#include "client/core/messenger.h"
#include "client/core/roster.h"
#include "client/core/settings.h"
#include "client/widgets/chat/chat_frame.h"
#include "client/widgets/chat/chat_view.h"
#include "client/widgets/chat/history_window.h"
#include "client/widgets/chat/message_list.h"
#include "client/widgets/chat/window_shake.h"

namespace queqiao::client {

// The windows and which chats are in them.
class ChatWindows::Frames {
 public:
  Frames(Account& account, std::function<bool(const Message&)> is_invitation, ChatWindows& outer)
      : account_(account), is_invitation_(std::move(is_invitation)), outer_(outer) {}
  ~Frames() {
    close_all();
    for (const auto& frame : closed_) delete frame;  // now: the account may be gone at the next turn of the event loop
    delete history_;
  }

  ChatView* open(const QString& jid);
  ChatView* find(const QString& jid, ChatFrame** frame) const;
  bool is_shown_active(const QString& jid) const;
  void close_all();
  void arrange_anew();
  void shake(const QString& jid);
  void show_history(const QString& jid);
  void shake_own(const QString& jid);

 private:
  ChatFrame* frame_for_new_chat();
  ChatView* make_view(const QString& jid);

  Account& account_;
  std::function<bool(const Message&)> is_invitation_;
  ChatWindows& outer_;
  QList<ChatFrame*> frames_;
  QList<QPointer<ChatFrame>> closed_;  // and not deleted yet
  WindowShake shaker_;
  QPointer<HistoryWindow> history_;
};

ChatView* ChatWindows::Frames::find(const QString& jid, ChatFrame** in) const {
  for (ChatFrame* frame : frames_) {
    for (ChatView* view : frame->views()) {
      if (view->jid() != jid) continue;
      if (in) *in = frame;
      return view;
    }
  }
  return nullptr;
}

ChatFrame* ChatWindows::Frames::frame_for_new_chat() {
  const bool wants_tabs = account_.settings().number(QLatin1String(setting::chat_windows)) == int(ChatPlacement::tabs);
  if (wants_tabs && !frames_.isEmpty()) return frames_.first();
  auto* frame = new ChatFrame(account_.settings());
  if (!frames_.isEmpty()) frame->move(frames_.last()->pos() + QPoint(28, 28));
  frames_ << frame;
  QObject::connect(frame, &ChatFrame::emptied, &outer_, [this, frame] {
    frames_.removeOne(frame);
    closed_.removeAll(nullptr);
    closed_ << frame;
    frame->deleteLater();
  });
  return frame;
}

ChatView* ChatWindows::Frames::make_view(const QString& jid) {
  auto* view = new ChatView(account_, jid);
  view->list().set_invitations(is_invitation_);
  QObject::connect(view, &ChatView::profile_wanted, &outer_, [this, jid] { emit outer_.profile_wanted(jid); });
  QObject::connect(view, &ChatView::history_wanted, &outer_, [this, jid] { show_history(jid); });
  QObject::connect(view, &ChatView::unread_seen, &outer_, [this, jid] { emit outer_.unread_seen(jid); });
  QObject::connect(view, &ChatView::shake_sent, &outer_, [this, jid] { shake_own(jid); });
  QObject::connect(view, &ChatView::invitation_answered, &outer_, [this, jid](qint64 message, bool accepts) {
    emit outer_.invitation_answered(jid, message, accepts);
  });
  QObject::connect(view, &ChatView::game_wanted, &outer_,
                   [this, jid](qint64 message) { emit outer_.game_wanted(jid, message); });
  return view;
}

ChatView* ChatWindows::Frames::open(const QString& jid) {
  ChatFrame* frame = nullptr;
  ChatView* view = find(jid, &frame);
  if (!view) {
    frame = frame_for_new_chat();
    view = make_view(jid);
    frame->add(view);
  }
  frame->bring_to_front();
  frame->show_view(view);
  return view;
}

bool ChatWindows::Frames::is_shown_active(const QString& jid) const {
  ChatFrame* frame = nullptr;
  const ChatView* view = find(jid, &frame);
  return view && frame->isActiveWindow() && frame->isVisible() && frame->current() == view;
}

void ChatWindows::Frames::close_all() {
  const QList<ChatFrame*> all = frames_;
  for (ChatFrame* frame : all) frame->close();
  if (history_) history_->close();
}

// After a change between tabs and windows: the same views, with all that is typed in them.
void ChatWindows::Frames::arrange_anew() {
  QList<ChatView*> views;
  ChatView* front = nullptr;
  const QList<ChatFrame*> old = frames_;
  for (ChatFrame* frame : old) {
    if (frame->current() && (!front || frame->isActiveWindow())) front = frame->current();
    for (ChatView* view : frame->views()) {
      views << view;
      frame->release(view);
    }
  }
  for (ChatView* view : views) {
    ChatFrame* frame = frame_for_new_chat();
    frame->add(view);
    frame->bring_to_front();
  }
  if (front) open(front->jid());
}

// XEP-0224: somebody shook us. Who does not want to be disturbed sees the line in the chat only.
void ChatWindows::Frames::shake(const QString& jid) {
  const auto conversation = account_.history().conversation(jid);
  const bool is_muted = conversation && conversation->is_muted;
  if (is_muted || account_.status() == Status::busy || !account_.settings().flag(QLatin1String(setting::may_shake)))
    return;
  ChatView* view = open(jid);
  ChatFrame* frame = nullptr;
  find(jid, &frame);
  shaker_.shake(jid, *frame, *view->shaken_part());
}

// One's own window shakes along, so that one sees what the other side sees.
void ChatWindows::Frames::shake_own(const QString& jid) {
  ChatFrame* frame = nullptr;
  ChatView* view = find(jid, &frame);
  if (!view || !account_.settings().flag(QLatin1String(setting::may_shake))) return;
  if (shaker_.shake(account_.jid() + u'>' + jid, *frame, *view->shaken_part())) {
    emit outer_.sound_wanted(QStringLiteral("shake"));
  }
}

void ChatWindows::Frames::show_history(const QString& jid) {
  if (!history_) {
    history_ = new HistoryWindow(account_);
    history_->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(history_, &HistoryWindow::message_wanted, &outer_, &ChatWindows::open_at);
  }
  history_->show_chat(jid);
  history_->show();
  history_->raise();
  history_->activateWindow();
}

ChatWindows::ChatWindows(Account& account, std::function<bool(const Message&)> is_invitation)
    : frames_(std::make_unique<Frames>(account, std::move(is_invitation), *this)) {
  connect(&account.messenger(), &Messenger::shaken, this, [this](const QString& jid) { frames_->shake(jid); });
  connect(&account.settings(), &Settings::changed, this, [this](const QString& key) {
    if (key == QLatin1String(setting::chat_windows)) frames_->arrange_anew();
  });
}

ChatWindows::~ChatWindows() = default;

void ChatWindows::open(const QString& jid) {
  frames_->open(jid);
}

void ChatWindows::open_at(const QString& jid, qint64 message) {
  frames_->open(jid)->show_message(message);
}

void ChatWindows::open_with_text(const QString& jid, const QString& text) {
  frames_->open(jid)->add_to_draft(text);
}

bool ChatWindows::is_shown_active(const QString& jid) const {
  return frames_->is_shown_active(jid);
}

void ChatWindows::refresh_games(const QString& jid) {
  if (ChatView* view = frames_->find(jid, nullptr)) view->list().viewport()->update();
}

void ChatWindows::show_history(const QString& jid) {
  frames_->show_history(jid);
}

void ChatWindows::close_all() {
  frames_->close_all();
}

}  // namespace queqiao::client
