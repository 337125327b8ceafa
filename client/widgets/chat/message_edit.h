#pragma once

#include <QTextEdit>
#include <memory>

namespace queqiao::client {

class Dictionary;
class Settings;
class SpellingMarks;

// Where a message is typed. Plain text only; decides what of the clipboard is text, a picture or files, and when a key
// sends. The longest text is `most_characters`; longer ones are offered as a file.
class MessageEdit : public QTextEdit {
  Q_OBJECT

 public:
  static constexpr int most_characters = 10'000;

  MessageEdit(Settings& settings, QWidget* parent = nullptr);
  ~MessageEdit() override;

  // What pasting or dropping `source` does. Text wins over a picture: spreadsheets put both on the clipboard.
  void take(const QMimeData& source) { insertFromMimeData(&source); }
  bool is_composing() const { return is_composing_; }
  QSize sizeHint() const override { return {400, 96}; }
  QSize minimumSizeHint() const override { return {160, 48}; }

 signals:
  void send_wanted();
  void picture_pasted(const QImage& picture);
  void files_pasted(const QStringList& paths);
  void too_long(const QString& text);  // was not inserted
  void edit_last_wanted();             // Up in the empty input
  void no_dictionary();                // spelling is to be checked, and there is nothing to check it with

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void inputMethodEvent(QInputMethodEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool canInsertFromMimeData(const QMimeData* source) const override;
  void insertFromMimeData(const QMimeData* source) override;

 private:
  bool sends(const QKeyEvent& event) const;
  bool breaks_line(const QKeyEvent& event) const;
  void apply_spell_check();
  void add_suggestions(QMenu& menu, const QTextCursor& at);

  Settings& settings_;
  std::unique_ptr<Dictionary> dictionary_;  // null while spelling is not checked
  std::unique_ptr<SpellingMarks> marks_;
  bool is_composing_ = false;  // an input method shows text that is not in the document yet
};

}  // namespace queqiao::client
