#include "client/widgets/chat/message_actions.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QImage>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QToolButton>
#include <QUrl>
#include <QWidgetAction>

#include "client/core/account.h"
#include "client/core/history.h"
#include "client/core/messenger.h"
#include "client/core/transfers.h"
#include "client/widgets/chat/forward_dialog.h"
#include "client/widgets/chat/message_list.h"
#include "client/widgets/chat/message_text.h"
#include "client/widgets/chat/people.h"
#include "client/widgets/chat/picture_viewer.h"
#include "client/widgets/confirm.h"
#include "client/widgets/icons.h"
#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

const QStringList& quick_reactions() {
  static const QStringList all{QStringLiteral("👍"), QStringLiteral("❤️"), QStringLiteral("😂"),
                               QStringLiteral("😮"), QStringLiteral("😢"),      QStringLiteral("🙏")};
  return all;
}

bool has_local_file(const Message& message) {
  return message.file && !message.file->local_path.isEmpty() && QFileInfo::exists(message.file->local_path);
}

bool is_sent(const Message& message) {
  return message.delivery == Delivery::sent || message.delivery == Delivery::delivered ||
         message.delivery == Delivery::read;
}

}  // namespace

MessageActions::MessageActions(Account& account, const People& people, MessageList& list, QWidget* window)
    : QObject(window), account_(account), people_(people), list_(list), window_(window) {}

void MessageActions::show_menu(qint64 message, const QPoint& global_position) {
  auto* menu = new QMenu(window_);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  fill_menu(*menu, message);
  menu->popup(global_position);
}

void MessageActions::fill_menu(QMenu& menu, qint64 id) {
  const auto found = account_.history().find(id);
  if (!found) return;
  const Message& message = *found;
  const bool is_line = message.kind == MessageKind::notice || message.kind == MessageKind::recalled;
  if (!is_line) add_reactions(menu, message);
  if (!is_line) {
    const bool has_selection = !list_.selected_text().isEmpty();
    menu.addAction(icon(QStringLiteral("copy")), has_selection ? tr("Copy selection") : tr("Copy"), this,
                   [this, id] { list_.selected_text().isEmpty() ? copy({id}) : copy_selection(); });
    menu.addAction(icon(QStringLiteral("reply")), tr("Quote"), this, [this, id] { emit quote_wanted(id); });
    menu.addAction(icon(QStringLiteral("forward")), tr("Forward…"), this, [this, id] { forward({id}); });
  }
  const auto transfer = account_.transfers().find(id);
  if (message.kind == MessageKind::file) {
    menu.addSeparator();
    for (const FileAction action : file_actions(message, transfer)) {
      menu.addAction(action_name(action), this, [this, id, action] { run_file_action(id, action); });
    }
    menu.addSeparator();
  }
  if (message.is_outgoing && !is_line) add_own_actions(menu, message);
  menu.addAction(icon(QStringLiteral("delete")), tr("Delete here"), this, [this, id] { remove({id}); });
  if (message.kind == MessageKind::notice) return;
  menu.addSeparator();
  menu.addAction(icon(QStringLiteral("select")), tr("Choose several"), this,
                 [this, id] { list_.set_choosing(true, id); });
}

void MessageActions::add_own_actions(QMenu& menu, const Message& message) {
  const qint64 id = message.id;
  if (message.delivery == Delivery::failed) {
    menu.addAction(icon(QStringLiteral("retry")), tr("Send again"), this,
                   [this, id] { account_.messenger().resend(id); });
  }
  if (message.kind == MessageKind::text && is_sent(message)) {
    menu.addAction(icon(QStringLiteral("edit")), tr("Edit"), this, [this, id] { emit edit_wanted(id); });
  }
  // Whether it is too late is for the server to say; its refusal is shown.
  if (is_sent(message)) {
    menu.addAction(icon(QStringLiteral("undo")), tr("Recall"), this, [this, id] { account_.messenger().recall(id); });
  }
}

void MessageActions::add_reactions(QMenu& menu, const Message& message) {
  auto* strip = new QWidget(&menu);
  auto* row = new QHBoxLayout(strip);
  row->setContentsMargins(6, 4, 6, 4);
  row->setSpacing(2);
  for (const QString& emoji : quick_reactions()) {
    auto* button = new QToolButton(strip);
    button->setText(emoji);
    button->setFont(text_font(14));
    button->setAutoRaise(true);
    button->setToolTip(tr("React with %1").arg(emoji));
    button->setAccessibleName(tr("React with %1").arg(emoji));
    connect(button, &QAbstractButton::clicked, this, [this, &menu, id = message.id, emoji] {
      menu.close();
      toggle_reaction(id, emoji);
    });
    row->addWidget(button);
  }
  auto* action = new QWidgetAction(&menu);
  action->setDefaultWidget(strip);
  menu.addAction(action);
  menu.addSeparator();
}

void MessageActions::toggle_reaction(qint64 id, const QString& emoji) {
  const auto message = account_.history().find(id);
  if (!message) return;
  QStringList mine;
  for (const Reaction& reaction : message->reactions) {
    if (reaction.people.contains(account_.jid())) mine << reaction.emoji;
  }
  if (!mine.removeOne(emoji)) mine << emoji;
  account_.messenger().react(id, mine);
}

void MessageActions::open(qint64 id) {
  const auto message = account_.history().find(id);
  if (!message || !message->file) return;
  const QList<FileAction> possible = file_actions(*message, account_.transfers().find(id));
  if (possible.isEmpty()) return emit problem(tr("The file is not on this computer any more."));
  if (possible.first() != FileAction::open) return run_file_action(id, possible.first());
  if (!message->file->is_picture()) return open_local_file(message->file->local_path);
  auto* viewer = new PictureViewer(message->file->local_path, message->file->name);
  viewer->show();
}

void MessageActions::run_file_action(qint64 id, FileAction action) {
  const auto message = account_.history().find(id);
  if (!message || !message->file) return;
  switch (action) {
    case FileAction::download:
      return account_.transfers().download(id);
    case FileAction::cancel:
      return account_.transfers().cancel(id);
    case FileAction::pause:
      return account_.transfers().pause(id);
    case FileAction::resume:
      return account_.transfers().resume(id);
    case FileAction::retry:
      return account_.transfers().retry(id);
    case FileAction::open:
      return open(id);
    case FileAction::show_in_folder:
      return show_in_folder(message->file->local_path);
    case FileAction::save_as: {
      const QString why = save_copy(window_, message->file->local_path, message->file->name);
      if (!why.isEmpty()) emit problem(why);
      return;
    }
  }
}

void MessageActions::open_link(const QString& address) {
  if (!QDesktopServices::openUrl(QUrl(address))) emit problem(tr("No program opens %1").arg(address));
}

QString MessageActions::words_of(const Message& message) const {
  return message.kind == MessageKind::text ? message.text : summary_of(message);
}

void MessageActions::copy_selection() {
  const QString text = list_.selected_text();
  if (!text.isEmpty()) return QGuiApplication::clipboard()->setText(text);
  if (list_.current_message() != 0) copy({list_.current_message()});
}

void MessageActions::copy(const QList<qint64>& messages) {
  QStringList lines;
  for (const qint64 id : messages) {
    const auto message = account_.history().find(id);
    if (!message) continue;
    if (messages.size() == 1 && has_local_file(*message)) {
      auto* contents = new QMimeData;
      contents->setUrls({QUrl::fromLocalFile(message->file->local_path)});
      if (message->file->is_picture()) contents->setImageData(QImage(message->file->local_path));
      return QGuiApplication::clipboard()->setMimeData(contents);
    }
    const QString time = QLocale().toString(message->time.toLocalTime(), QLocale::ShortFormat);
    lines << (messages.size() == 1
                  ? words_of(*message)
                  : QStringLiteral("%1 %2\n%3").arg(people_.name(message->sender), time, words_of(*message)));
  }
  QGuiApplication::clipboard()->setText(lines.join(messages.size() == 1 ? QString() : QStringLiteral("\n\n")));
}

void MessageActions::forward(const QList<qint64>& messages) {
  if (messages.isEmpty()) return;
  auto* dialog = new ForwardDialog(account_, int(messages.size()), window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog, messages] {
    for (const QString& jid : dialog->chosen()) account_.messenger().forward(messages, jid);
    emit done(dialog->chosen().size() == 1 ? tr("Forwarded")
                                           : tr("Forwarded to %1 people").arg(dialog->chosen().size()));
  });
  dialog->open();
}

void MessageActions::remove(const QList<qint64>& messages) {
  if (messages.isEmpty()) return;
  Question question;
  question.title =
      messages.size() == 1 ? tr("Delete this message here?") : tr("Delete %1 messages here?").arg(messages.size());
  question.text = tr("Only on this computer. The other side and your other devices keep what they have.");
  question.yes = tr("Delete");
  question.is_dangerous = true;
  ask(window_, question, [this, messages] {
    account_.history().remove(messages);
    list_.set_choosing(false);
  });
}

}  // namespace queqiao::client
