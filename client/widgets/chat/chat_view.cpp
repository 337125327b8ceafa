#include "client/widgets/chat/chat_view.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

#include "client/core/account.h"
#include "client/core/messenger.h"
#include "client/core/profiles.h"
#include "client/core/roster.h"
#include "client/core/transfers.h"
#include "client/widgets/chat/chat_head.h"
#include "client/widgets/chat/chat_search_bar.h"
#include "client/widgets/chat/choosing_bar.h"
#include "client/widgets/chat/composer.h"
#include "client/widgets/chat/drop_overlay.h"
#include "client/widgets/chat/file_sending.h"
#include "client/widgets/chat/message_actions.h"
#include "client/widgets/chat/message_edit.h"
#include "client/widgets/chat/message_list.h"
#include "client/widgets/chat/message_text.h"
#include "client/widgets/chat/screen_capture.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"
#include "client/widgets/toast.h"

namespace queqiao::client {
namespace {

constexpr int draft_ms = 300;
constexpr int typing_ms = 5000;  // without a key: has paused (XEP-0085)

}  // namespace

ChatView::ChatView(Account& account, const QString& jid, QWidget* parent)
    : QWidget(parent),
      account_(account),
      jid_(jid),
      people_(account),
      messages_(account.history(), [this](const Message& message) { return people_.name(message.sender); }),
      head_(new ChatHead(people_, jid, this)),
      search_(new ChatSearchBar(account.history(), jid, this)),
      list_(new MessageList(messages_, people_, account.transfers(), pictures_, this)),
      composer_(new Composer(account.settings(), this)),
      choosing_(new ChoosingBar(this)),
      splitter_(new QSplitter(Qt::Vertical, this)),
      overlay_(new DropOverlay(this)),
      actions_(new MessageActions(account, people_, *list_, this)),
      files_(new FileSending(account, jid, this)),
      capture_(new ScreenCapture(this)) {
  setAcceptDrops(true);
  lay_out();
  connect_list();
  connect_composer();
  connect_account();
  add_shortcuts();
  const auto conversation = account_.history().conversation(jid_);
  if (conversation) composer_->set_text(conversation->draft);
  composer_->edit().document()->clearUndoRedoStacks();
  draft_timer_.stop();
  list_->open(jid_);
  follow_language(this, [this] { set_texts(); });
}

ChatView::~ChatView() {
  save_draft();
}

void ChatView::lay_out() {
  splitter_->addWidget(list_);
  splitter_->addWidget(composer_);
  splitter_->setStretchFactor(0, 1);
  splitter_->setStretchFactor(1, 0);
  splitter_->setCollapsible(0, false);
  splitter_->setCollapsible(1, false);
  splitter_->setHandleWidth(1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  const auto add_line = [this, column] {
    auto* line = new QFrame(this);
    set_kind(*line, "line");
    column->addWidget(line);
  };
  column->addWidget(head_);
  column->addWidget(search_);
  add_line();
  column->addWidget(splitter_, 1);
  column->addWidget(choosing_);
  draft_timer_.setSingleShot(true);
  draft_timer_.setInterval(draft_ms);
  typing_timer_.setSingleShot(true);
  typing_timer_.setInterval(typing_ms);
  connect(&draft_timer_, &QTimer::timeout, this, &ChatView::save_draft);
  connect(&typing_timer_, &QTimer::timeout, this, [this] { account_.messenger().set_typing(jid_, false); });
}

// What is in the input, its undo history and the place in the list stay as they are.
void ChatView::set_texts() {
  list_->set_empty_texts(tr("No messages yet"), tr("Say hello to %1!").arg(name()));
  update_state();
  if (edited_ != 0 || quoted_ != 0) show_context();
}

void ChatView::connect_list() {
  connect(head_, &ChatHead::profile_wanted, this, &ChatView::profile_wanted);
  connect(head_, &ChatHead::history_wanted, this, &ChatView::history_wanted);
  connect(head_, &ChatHead::search_wanted, search_, &ChatSearchBar::open);
  connect(search_, &ChatSearchBar::words_changed, list_, &MessageList::set_searched);
  connect(search_, &ChatSearchBar::hit_wanted, list_, &MessageList::show_message);
  connect(search_, &ChatSearchBar::closed, composer_, &Composer::focus_input);
  connect(list_, &MessageList::older_wanted, this, &ChatView::load_older);
  connect(list_, &MessageList::seen_end, this, &ChatView::mark_seen);
  connect(list_, &MessageList::typed, composer_, &Composer::pass_key);
  connect(list_, &MessageList::face_activated, this, &ChatView::profile_wanted);
  connect(list_, &MessageList::quote_wanted, this, &ChatView::begin_quote);
  connect(list_, &MessageList::quoted_wanted, this, &ChatView::show_quoted);
  connect(list_, &MessageList::edit_again_wanted, this, &ChatView::edit_recalled);
  connect(list_, &MessageList::game_wanted, this, &ChatView::game_wanted);
  connect(list_, &MessageList::invitation_answered, this, &ChatView::invitation_answered);
  connect(list_, &MessageList::chosen_changed, this, &ChatView::update_choosing);
  connect(list_, &MessageList::resend_wanted, this, [this](qint64 id) { account_.messenger().resend(id); });
  connect(list_, &MessageList::link_activated, actions_, &MessageActions::open_link);
  connect(list_, &MessageList::open_wanted, actions_, &MessageActions::open);
  connect(list_, &MessageList::file_action_wanted, actions_, &MessageActions::run_file_action);
  connect(list_, &MessageList::reaction_wanted, actions_, &MessageActions::toggle_reaction);
  connect(list_, &MessageList::menu_wanted, actions_, &MessageActions::show_menu);
  connect(list_, &MessageList::copy_wanted, actions_, &MessageActions::copy_selection);
  connect(actions_, &MessageActions::quote_wanted, this, &ChatView::begin_quote);
  connect(actions_, &MessageActions::edit_wanted, this, &ChatView::begin_edit);
  connect(actions_, &MessageActions::problem, this,
          [this](const QString& text) { show_toast(this, text, ToastKind::error); });
  connect(actions_, &MessageActions::done, this,
          [this](const QString& text) { show_toast(this, text, ToastKind::good); });
  connect_choosing();
}

void ChatView::connect_choosing() {
  connect(choosing_, &ChoosingBar::cancelled, this, [this] { list_->set_choosing(false); });
  connect(choosing_, &ChoosingBar::copy_wanted, this, [this] {
    actions_->copy(list_->chosen());
    list_->set_choosing(false);
  });
  connect(choosing_, &ChoosingBar::forward_wanted, this, [this] {
    actions_->forward(list_->chosen());
    list_->set_choosing(false);
  });
  connect(choosing_, &ChoosingBar::delete_wanted, this, [this] { actions_->remove(list_->chosen()); });
}

void ChatView::connect_composer() {
  connect(composer_, &Composer::submitted, this, &ChatView::send);
  connect(composer_, &Composer::text_changed, this, &ChatView::on_typed_text);
  connect(composer_, &Composer::context_closed, this, [this] { end_context(true); });
  connect(composer_, &Composer::edit_last_wanted, this, &ChatView::edit_last);
  connect(composer_, &Composer::file_wanted, files_, &FileSending::choose);
  connect(composer_, &Composer::folders_pasted, this,
          [this](const QStringList& paths) { files_->send_dropped(DroppedFiles::read(paths)); });
  connect(files_, &FileSending::sent, list_, &MessageList::go_to_newest);
  connect(files_, &FileSending::problem, this,
          [this](const QString& text) { show_toast(this, text, ToastKind::error); });
  connect(composer_, &Composer::capture_wanted, this, &ChatView::capture);
  connect(composer_, &Composer::shake_wanted, this, &ChatView::shake);
  connect(composer_, &Composer::games_wanted, this, [this] { emit game_wanted(0); });
  connect(composer_, &Composer::problem, this,
          [this](const QString& text) { show_toast(this, text, ToastKind::error); });
  connect(capture_, &ScreenCapture::captured, this, [this](const QImage& picture) {
    composer_->add_picture(picture);
    window()->activateWindow();
    composer_->focus_input();
  });
  connect(capture_, &ScreenCapture::failed, this,
          [this](const QString& why) { show_toast(this, why, ToastKind::error); });
}

void ChatView::connect_account() {
  connect(&account_.history(), &History::message_added, this, [this](const Message& message) {
    // In its turn of the event loop the list has taken it in, and knows whether the end is still on the screen.
    if (message.chat == jid_) QTimer::singleShot(0, this, &ChatView::mark_seen);
  });
  connect(&account_.history(), &History::conversation_changed, this, [this](const QString& chat) {
    if (chat == jid_) emit changed();
  });
  connect(&account_.transfers(), &Transfers::changed, this, [this](const Transfer& t) { list_->refresh(t.message); });
  connect(&account_.messenger(), &Messenger::typing_changed, this, [this](const QString& chat, bool is_typing) {
    if (chat == jid_) head_->set_typing(is_typing);
  });
  connect(&account_.history(), &History::older_added, this,
          [this](const QString& chat) { has_got_older_ = has_got_older_ || chat == jid_; });
  connect(&account_.messenger(), &Messenger::older_loaded, this, [this](const QString& chat, bool is_complete) {
    if (chat != jid_) return;
    is_loading_older_ = false;
    // A page that brought nothing has failed: it is not asked for again and again while the reader stands at the top.
    has_all_older_ = is_complete || !has_got_older_;
    list_->set_loading(false);
  });
  connect(&account_.messenger(), &Messenger::recall_refused, this, [this](qint64 id, const QString& why) {
    if (messages_.row_of(id) >= 0) show_toast(this, why, ToastKind::error);
  });
  connect(&account_.messenger(), &Messenger::failed, this, [this](const QString& chat, const QString& why) {
    if (chat == jid_ || (chat.isEmpty() && isVisible())) show_toast(this, why, ToastKind::error);
  });
  connect_people();
  connect(&account_, &Account::state_changed, this, [this] {
    is_loading_older_ = has_all_older_ = false;
    list_->set_loading(false);
    update_state();
  });
}

void ChatView::connect_people() {
  const auto update_person = [this](const QString& jid) {
    if (jid != jid_ && !people_.is_self(jid)) return;
    update_state();
    list_->forget_layouts();
    emit changed();
  };
  connect(&account_.roster(), &Roster::contact_changed, this, update_person);
  connect(&account_.roster(), &Roster::contact_removed, this, update_person);
  connect(&account_.roster(), &Roster::reset, this, [this, update_person] { update_person(jid_); });
  connect(&account_.profiles(), &Profiles::avatar_changed, this, update_person);
  connect(&account_.profiles(), &Profiles::profile_changed, this, update_person);
}

void ChatView::add_shortcuts() {
  const auto add = [this](const QKeySequence& keys, auto action) {
    auto* shortcut = new QShortcut(keys, this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, action);
  };
  add(QKeySequence::Find, [this] { search_->open(); });
  add(QKeySequence(QStringLiteral("Ctrl+Shift+E")), [this] { composer_->open_emoji(); });
  add(QKeySequence(QStringLiteral("Ctrl+Alt+A")), [this] { capture(); });
  add(QKeySequence(QStringLiteral("Ctrl+H")), [this] { emit history_wanted(); });
}

int ChatView::unread() const {
  const auto conversation = account_.history().conversation(jid_);
  return conversation ? conversation->unread : 0;
}

void ChatView::come_to_front() {
  if (!list_->is_choosing() && search_->isHidden()) composer_->focus_input();
  if (unread() == 0 || !isVisible() || !window()->isActiveWindow()) return;
  account_.messenger().mark_read(jid_);
  emit unread_seen();
}

// What arrives while the end is on the screen, of the window that people work in, is seen.
void ChatView::mark_seen() {
  if (!isVisible() || !window()->isActiveWindow() || !list_->is_at_end() || unread() == 0) return;
  account_.messenger().mark_read(jid_);
  emit unread_seen();
}

void ChatView::show_message(qint64 message) {
  if (!list_->show_message(message)) show_toast(this, tr("That message is not on this computer any more."));
}

void ChatView::save_draft() {
  draft_timer_.stop();
  const QString draft = edited_ != 0 ? draft_before_edit_ : composer_->text();
  const auto conversation = account_.history().conversation(jid_);
  if (draft != (conversation ? conversation->draft : QString())) account_.history().set_draft(jid_, draft);
}

void ChatView::add_to_draft(const QString& text) {
  const auto joined = [&text](const QString& before) { return before.isEmpty() ? text : before + u'\n' + text; };
  if (edited_ != 0) {
    draft_before_edit_ = joined(draft_before_edit_);
  } else {
    composer_->set_text(joined(composer_->text()));
  }
  save_draft();
}

bool ChatView::cancel_innermost() {
  if (!search_->isHidden()) {
    search_->close_bar();
  } else if (list_->is_choosing()) {
    list_->set_choosing(false);
  } else if (quoted_ != 0 || edited_ != 0) {
    end_context(true);
  } else if (!list_->selected_text().isEmpty()) {
    list_->clear_selection();
  } else {
    return false;
  }
  return true;
}

QWidget* ChatView::shaken_part() {
  return splitter_;
}

void ChatView::send(const QString& text, const QStringList& files) {
  typing_timer_.stop();
  if (edited_ != 0) {
    const qint64 id = edited_;
    if (!text.isEmpty()) account_.messenger().edit(id, text);
    end_context(true);
    return files_->send(files);
  }
  files_->send(files);
  if (!text.isEmpty() && account_.messenger().send_text(jid_, text, quoted_) == 0) {
    return composer_->set_text(text);  // it could not be stored: it is still the user's
  }
  end_context(false);
  save_draft();
  list_->go_to_newest();
}

void ChatView::capture() {
  capture_->begin();
}

void ChatView::shake() {
  const auto wait = account_.messenger().until_next_shake(jid_);
  if (wait.count() > 0) return show_toast(this, tr("You can shake again in %1 s.").arg(wait.count()));
  switch (account_.messenger().shake(jid_)) {
    case ShakeOutcome::sent:
      return emit shake_sent();
    case ShakeOutcome::too_soon:
      return show_toast(this, tr("Not so fast: wait a moment before the next shake."));
    case ShakeOutcome::peer_offline:
      return show_toast(this, tr("%1 is offline; there is nothing to shake.").arg(name()));
    case ShakeOutcome::peer_refuses:
      return show_toast(this, tr("%1 does not want to be shaken.").arg(name()));
    case ShakeOutcome::not_connected:
      return show_toast(this, tr("Not connected to the server."), ToastKind::error);
  }
}

void ChatView::begin_quote(qint64 message) {
  const auto found = account_.history().find(message);
  if (!found) return;
  end_context(true);
  quoted_ = message;
  show_context();
  composer_->focus_input();
}

void ChatView::begin_edit(qint64 message) {
  const auto found = account_.history().find(message);
  if (!found || !found->is_outgoing || found->kind != MessageKind::text) return;
  end_context(true);
  draft_before_edit_ = composer_->text();
  edited_ = message;
  show_context();
  composer_->set_text(found->text);
  composer_->focus_input();
}

// What is answered or edited, above the input.
void ChatView::show_context() {
  const auto found = account_.history().find(edited_ != 0 ? edited_ : quoted_);
  if (!found) return;
  if (edited_ != 0) {
    composer_->set_context(QStringLiteral("edit"), tr("Editing your message"), found->text);
  } else {
    composer_->set_context(QStringLiteral("reply"), tr("Replying to %1").arg(people_.name(found->sender)),
                           summary_of(*found));
  }
}

void ChatView::edit_last() {
  for (int row = messages_.rowCount() - 1; row >= 0; --row) {
    const Message& message = messages_.message(row);
    if (message.is_outgoing && message.kind == MessageKind::text) return begin_edit(message.id);
  }
}

void ChatView::edit_recalled(qint64 message) {
  const auto found = account_.history().find(message);
  if (!found) return;
  composer_->set_text(found->text);
  composer_->focus_input();
}

void ChatView::show_quoted(qint64 message) {
  const int row = messages_.row_of(message);
  if (row < 0 || !messages_.message(row).quote) return;
  const int quoted = messages_.row_of_wire_id(messages_.message(row).quote->id);
  if (quoted >= 0) return void(list_->show_message(messages_.message(quoted).id));
  HistoryQuery query;
  query.chat = jid_;
  query.text = messages_.message(row).quote->text.simplified().left(40);
  for (const Message& hit : account_.history().search(query)) {
    if (hit.wire_id == messages_.message(row).quote->id) return show_message(hit.id);
  }
  show_toast(this, tr("The quoted message is not on this computer."));
}

void ChatView::end_context(bool restores_draft) {
  composer_->clear_context();
  quoted_ = 0;
  if (edited_ == 0) return;
  edited_ = 0;
  if (restores_draft) composer_->set_text(draft_before_edit_);
  draft_before_edit_.clear();
}

void ChatView::on_typed_text() {
  draft_timer_.start();
  const bool is_typing = !composer_->text().isEmpty() && composer_->edit().hasFocus();
  account_.messenger().set_typing(jid_, is_typing);
  is_typing ? typing_timer_.start() : typing_timer_.stop();
}

void ChatView::load_older() {
  if (is_loading_older_ || has_all_older_ || account_.state() != ConnectionState::online) return;
  is_loading_older_ = true;
  has_got_older_ = false;
  list_->set_loading(true);
  account_.messenger().load_older(jid_);
}

void ChatView::update_state() {
  head_->refresh();
  const bool is_online = account_.state() == ConnectionState::online;
  head_->set_connection(
      is_online ? QString()
                : tr("%1. What you send now goes out when the connection is back.").arg(account_.state_text()));
  const Contact* contact = account_.roster().find(jid_);
  composer_->set_enabled(!contact || !contact->is_blocked, tr("You have blocked this person."));
}

void ChatView::update_choosing(int count) {
  choosing_->set_count(count);
  choosing_->setVisible(list_->is_choosing());
  composer_->setVisible(!list_->is_choosing());
}

void ChatView::dragEnterEvent(QDragEnterEvent* event) {
  const bool has_files = !DroppedFiles::paths_in(*event->mimeData()).isEmpty();
  if (!has_files && !event->mimeData()->hasText() && !event->mimeData()->hasImage()) return;
  event->acceptProposedAction();
  overlay_->cover(has_files                       ? tr("Drop to send to %1").arg(name())
                  : event->mimeData()->hasImage() ? tr("Drop to add the picture to your message")
                                                  : tr("Drop to add the text to your message"));
}

void ChatView::dragLeaveEvent(QDragLeaveEvent*) {
  overlay_->hide();
}

void ChatView::dropEvent(QDropEvent* event) {
  overlay_->hide();
  event->acceptProposedAction();
  const QStringList paths = DroppedFiles::paths_in(*event->mimeData());
  if (paths.isEmpty()) return composer_->take(*event->mimeData());
  files_->send_dropped(DroppedFiles::read(paths));
}

void ChatView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (overlay_->isVisible()) overlay_->setGeometry(rect());
}

}  // namespace queqiao::client
