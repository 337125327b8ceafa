#include "client/widgets/chat/composer.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QStandardPaths>

#include "client/core/settings.h"
#include "client/widgets/chat/attachment_strip.h"
#include "client/widgets/chat/context_bar.h"
#include "client/widgets/chat/emoji_panel.h"
#include "client/widgets/chat/message_edit.h"
#include "client/widgets/icon_button.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

Composer::Composer(Settings& settings, QWidget* parent)
    : QWidget(parent),
      settings_(settings),
      emoji_(new IconButton(QStringLiteral("emoji"), {}, this)),
      capture_(new IconButton(QStringLiteral("screenshot"), {}, this)),
      file_(new IconButton(QStringLiteral("folder"), {}, this)),
      shake_(new IconButton(QStringLiteral("shake"), {}, this)),
      games_(new IconButton(QStringLiteral("game"), {}, this)),
      context_(new ContextBar(this)),
      offer_(new ContextBar(this)),
      attachments_(new AttachmentStrip(this)),
      edit_(new MessageEdit(settings, this)),
      hint_(new QLabel(this)),
      send_(new QPushButton(this)) {
  set_kind(*this, "panel");
  setAttribute(Qt::WA_StyledBackground);
  build_tools();
  lay_out();
  follow_language(this, [this] { set_texts(); });
  connect_input();
  connect_attachments();
  connect(context_, &ContextBar::closed, this, &Composer::context_closed);
  connect(send_, &QPushButton::clicked, this, &Composer::submit);
  connect(&settings_, &Settings::changed, this, [this](const QString& key) {
    if (key == QLatin1String(setting::send_key)) set_texts();
  });
  update_send_button();
}

void Composer::connect_input() {
  connect(edit_, &MessageEdit::send_wanted, this, &Composer::submit);
  connect(edit_, &MessageEdit::picture_pasted, attachments_, &AttachmentStrip::add_picture);
  connect(edit_, &MessageEdit::files_pasted, this, [this](const QStringList& paths) {
    QStringList folders;
    for (const QString& path : paths) {
      if (QFileInfo(path).isDir()) {
        folders << path;
      } else {
        attachments_->add_file(path);
      }
    }
    if (!folders.isEmpty()) emit folders_pasted(folders);
  });
  connect(edit_, &MessageEdit::too_long, this, &Composer::offer_as_file);
  connect(edit_, &MessageEdit::edit_last_wanted, this, &Composer::edit_last_wanted);
  connect(edit_, &MessageEdit::no_dictionary, this, [this] {
    emit problem(tr("Spelling cannot be checked: install the packages hunspell and hunspell-en-us."));
  });
  connect(edit_, &QTextEdit::textChanged, this, &Composer::text_changed);
  connect(edit_, &QTextEdit::textChanged, this, &Composer::update_send_button);
  connect(offer_, &ContextBar::accepted, this, [this] { attach_as_file(too_long_); });
  connect(offer_, &ContextBar::closed, offer_, &QWidget::hide);
}

void Composer::connect_attachments() {
  connect(attachments_, &AttachmentStrip::failed, this, &Composer::problem);
  connect(attachments_, &AttachmentStrip::changed, this, [this] {
    update_send_button();
    if (is_waiting_for_pictures_ && attachments_->is_ready()) submit();
  });
}

void Composer::build_tools() {
  connect(emoji_, &QAbstractButton::clicked, this, &Composer::open_emoji);
  connect(capture_, &QAbstractButton::clicked, this, &Composer::capture_wanted);
  connect(file_, &QAbstractButton::clicked, this, &Composer::file_wanted);
  connect(shake_, &QAbstractButton::clicked, this, &Composer::shake_wanted);
  connect(games_, &QAbstractButton::clicked, this, &Composer::games_wanted);
  hint_->setContextMenuPolicy(Qt::CustomContextMenu);
  send_->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(send_, &QWidget::customContextMenuRequested, this, &Composer::show_send_key_menu);
  set_kind(*send_, "primary");
  set_kind(*hint_, "small");
}

void Composer::lay_out() {
  auto* tools = new QHBoxLayout;
  tools->setContentsMargins(10, 4, 10, 0);
  tools->setSpacing(2);
  for (QWidget* tool : {emoji_, capture_, file_, shake_, games_}) tools->addWidget(tool);
  tools->addStretch();
  auto* bottom = new QHBoxLayout;
  bottom->setContentsMargins(14, 0, 12, 10);
  bottom->addWidget(hint_, 1);
  bottom->addWidget(send_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addWidget(context_);
  column->addWidget(offer_);
  column->addLayout(tools);
  column->addWidget(attachments_);
  column->addWidget(edit_, 1);
  column->addLayout(bottom);
  edit_->setObjectName(QStringLiteral("message_edit"));
  // In the style sheet, since the application's one has a smaller height, which would win.
  edit_->setStyleSheet(
      QStringLiteral("QTextEdit{border:none;background:transparent;padding:2px 8px;min-height:%1px}").arg(scaled(60)));
}

void Composer::set_texts() {
  emoji_->set_name(tr("Emoji (Ctrl+Shift+E)"));
  capture_->set_name(tr("Capture an area of the screen (Ctrl+Alt+A)"));
  file_->set_name(tr("Send files"));
  shake_->set_name(tr("Shake the window"));
  games_->set_name(tr("Play a game"));
  send_->setText(tr("Send"));
  send_->setToolTip(tr("Right click: which key sends"));
  const bool wants_ctrl = settings_.number(QLatin1String(setting::send_key)) == int(SendKey::ctrl_enter);
  hint_->setText(wants_ctrl ? tr("Ctrl+Enter sends, Enter starts a new line")
                            : tr("Enter sends, Shift+Enter starts a new line"));
  hint_->setMinimumHeight(send_->sizeHint().height());  // so that the button is not squeezed
  edit_->setPlaceholderText(edit_->isEnabled() ? tr("Write a message") : why_disabled_);
  edit_->setAccessibleName(tr("Message"));
}

QString Composer::text() const {
  return edit_->toPlainText();
}

void Composer::set_text(const QString& text) {
  QTextCursor cursor(edit_->document());
  cursor.beginEditBlock();
  cursor.select(QTextCursor::Document);
  cursor.insertText(text);
  cursor.endEditBlock();
  edit_->moveCursor(QTextCursor::End);
}

void Composer::insert_text(const QString& text) {
  edit_->insertPlainText(text);
}

void Composer::take(const QMimeData& source) {
  edit_->take(source);
}

void Composer::add_picture(const QImage& picture) {
  attachments_->add_picture(picture);
}

void Composer::set_context(const QString& icon_name, const QString& title, const QString& text) {
  context_->show_context(icon_name, title, text);
}

void Composer::clear_context() {
  context_->hide();
}

void Composer::set_enabled(bool is_enabled, const QString& why_not) {
  for (QWidget* part : std::initializer_list<QWidget*>{emoji_, capture_, file_, shake_, games_, edit_}) {
    part->setEnabled(is_enabled);
  }
  why_disabled_ = why_not;
  edit_->setPlaceholderText(is_enabled ? tr("Write a message") : why_not);
  update_send_button();
}

void Composer::pass_key(QKeyEvent* event) {
  edit_->setFocus();
  if (event->matches(QKeySequence::Paste)) return edit_->paste();
  edit_->insertPlainText(event->text());
}

void Composer::focus_input() {
  edit_->setFocus();
}

void Composer::open_emoji() {
  if (!panel_) {
    panel_ = new EmojiPanel(settings_, this);
    connect(panel_, &EmojiPanel::chosen, this, &Composer::insert_text);
  }
  panel_->show_at(*emoji_);
}

void Composer::update_send_button() {
  send_->setEnabled(edit_->isEnabled() && (!text().trimmed().isEmpty() || !attachments_->is_empty()));
}

void Composer::submit() {
  const QString words = text().trimmed();
  if (!edit_->isEnabled() || (words.isEmpty() && attachments_->is_empty())) return;
  if (words.size() > MessageEdit::most_characters) return offer_as_file(words);
  is_waiting_for_pictures_ = !attachments_->is_ready();
  if (is_waiting_for_pictures_) return;
  const QStringList files = attachments_->take();
  edit_->clear();
  emit submitted(words, files);
}

void Composer::offer_as_file(const QString& text) {
  too_long_ = text;
  offer_->show_context(QStringLiteral("info"), tr("This text is too long for a message"),
                       tr("%L1 characters; a message takes %L2.").arg(text.size()).arg(MessageEdit::most_characters),
                       tr("Send as a file"));
}

void Composer::attach_as_file(const QString& text) {
  offer_->hide();
  const QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/pasted"));
  folder.mkpath(QStringLiteral("."));
  const QString name =
      tr("text %1.txt").arg(QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HHmmss")));
  QFile file(folder.filePath(name));
  if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0) {
    return emit problem(tr("The file could not be written: %1").arg(file.errorString()));
  }
  if (this->text().trimmed() == text) edit_->clear();
  file.close();
  attachments_->add_file(file.fileName());
  too_long_.clear();
}

void Composer::show_send_key_menu() {
  QMenu menu;
  const int now = settings_.number(QLatin1String(setting::send_key));
  const auto add = [&](const QString& text, SendKey key) {
    QAction* action = menu.addAction(text);
    action->setCheckable(true);
    action->setChecked(now == int(key));
    connect(action, &QAction::triggered, this,
            [this, key] { settings_.set_value(QLatin1String(setting::send_key), int(key)); });
  };
  add(tr("Enter sends"), SendKey::enter);
  add(tr("Ctrl+Enter sends"), SendKey::ctrl_enter);
  menu.exec(send_->mapToGlobal(QPoint(0, -menu.sizeHint().height())));
}

}  // namespace queqiao::client
