#include "client/widgets/chat/message_edit.h"

#include <QImage>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QTextBlock>
#include <QUrl>

#include "client/core/settings.h"
#include "client/widgets/chat/spelling.h"

namespace queqiao::client {
namespace {

QStringList local_files(const QMimeData& source) {
  QStringList paths;
  for (const QUrl& url : source.urls()) {
    if (!url.isLocalFile()) return {};
    paths << url.toLocalFile();
  }
  return paths;
}

}  // namespace

MessageEdit::MessageEdit(Settings& settings, QWidget* parent) : QTextEdit(parent), settings_(settings) {
  setAcceptRichText(false);
  setAcceptDrops(false);  // the whole chat takes them
  setTabChangesFocus(true);
  setFrameShape(NoFrame);
  setUndoRedoEnabled(true);
  connect(&settings_, &Settings::changed, this, [this](const QString& key) {
    if (key == QLatin1String(setting::spell_check)) apply_spell_check();
  });
}

MessageEdit::~MessageEdit() = default;

// The dictionary is opened when somebody is about to type, not with each window.
void MessageEdit::focusInEvent(QFocusEvent* event) {
  QTextEdit::focusInEvent(event);
  apply_spell_check();
}

void MessageEdit::apply_spell_check() {
  const bool is_wanted = settings_.flag(QLatin1String(setting::spell_check));
  if (is_wanted == bool(dictionary_)) return;
  marks_.reset();
  dictionary_.reset();
  if (!is_wanted) return;
  dictionary_ = Dictionary::open();
  if (!dictionary_) return emit no_dictionary();
  marks_ = std::make_unique<SpellingMarks>(*dictionary_, document());
}

void MessageEdit::contextMenuEvent(QContextMenuEvent* event) {
  std::unique_ptr<QMenu> menu(createStandardContextMenu(event->pos()));
  if (dictionary_) add_suggestions(*menu, cursorForPosition(event->pos()));
  menu->exec(event->globalPos());
}

void MessageEdit::add_suggestions(QMenu& menu, const QTextCursor& at) {
  const QString text = at.block().text();
  for (const auto& [start, length] : latin_words(text)) {
    const int place = at.positionInBlock();
    if (place < start || place > start + length || dictionary_->knows(text.mid(start, length))) continue;
    QTextCursor word(at.block());
    word.setPosition(at.block().position() + start);
    word.setPosition(at.block().position() + start + length, QTextCursor::KeepAnchor);
    QAction* first = menu.actions().value(0);
    for (const QString& better : dictionary_->suggestions(text.mid(start, length))) {
      auto* action = new QAction(better, &menu);
      connect(action, &QAction::triggered, this, [word, better]() mutable { word.insertText(better); });
      menu.insertAction(first, action);
    }
    menu.insertSeparator(first);
    return;
  }
}

bool MessageEdit::sends(const QKeyEvent& event) const {
  if (event.key() == Qt::Key_S && event.modifiers() == Qt::AltModifier) return true;
  if (event.key() != Qt::Key_Return && event.key() != Qt::Key_Enter) return false;
  const Qt::KeyboardModifiers held = event.modifiers() & ~Qt::KeypadModifier;
  const bool wants_ctrl = settings_.number(QLatin1String(setting::send_key)) == int(SendKey::ctrl_enter);
  return held == (wants_ctrl ? Qt::ControlModifier : Qt::NoModifier);
}

bool MessageEdit::breaks_line(const QKeyEvent& event) const {
  return (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) && !sends(event);
}

void MessageEdit::keyPressEvent(QKeyEvent* event) {
  // While an input method composes, Enter chooses a candidate. Some let the key through as well.
  if (is_composing_) return event->accept();
  if (sends(*event)) {
    event->accept();
    return emit send_wanted();
  }
  if (breaks_line(*event)) {
    event->accept();
    return insertPlainText(QStringLiteral("\n"));
  }
  if (event->key() == Qt::Key_Up && event->modifiers() == Qt::NoModifier && document()->isEmpty()) {
    event->accept();
    return emit edit_last_wanted();
  }
  if (event->key() == Qt::Key_Escape) return event->ignore();
  QTextEdit::keyPressEvent(event);
}

void MessageEdit::inputMethodEvent(QInputMethodEvent* event) {
  is_composing_ = !event->preeditString().isEmpty();
  QTextEdit::inputMethodEvent(event);
}

void MessageEdit::focusOutEvent(QFocusEvent* event) {
  is_composing_ = false;  // the input method has committed or dropped its text
  QTextEdit::focusOutEvent(event);
}

bool MessageEdit::canInsertFromMimeData(const QMimeData* source) const {
  return source->hasText() || source->hasImage() || !local_files(*source).isEmpty();
}

void MessageEdit::insertFromMimeData(const QMimeData* source) {
  const QStringList files = local_files(*source);
  if (!files.isEmpty()) return emit files_pasted(files);
  const QString text = source->text();
  if (text.isEmpty()) {
    if (source->hasImage()) emit picture_pasted(qvariant_cast<QImage>(source->imageData()));
    return;
  }
  const int left = most_characters - int(toPlainText().size()) + int(textCursor().selectedText().size());
  if (text.size() > left) return emit too_long(text);
  insertPlainText(text);
  ensureCursorVisible();
}

}  // namespace queqiao::client
