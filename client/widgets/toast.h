#pragma once

#include <QLabel>
#include <QString>
#include <functional>

namespace queqiao::client {

enum class ToastKind : quint8 { info, good, error };

// A line of text over the lower part of `window` that goes away by itself; a new one replaces it. Screen readers hear
// it.
void show_toast(QWidget* window, const QString& text, ToastKind kind = ToastKind::info);

// For calls that answer with an error or an empty text: shows the error over `window`, if that is still there.
std::function<void(const QString& error)> toast_on_error(QWidget* window);

// A line beside what it is about: what went wrong, in red, or that it worked. Takes no space while it is empty.
class InlineNote final : public QWidget {
  Q_OBJECT

 public:
  explicit InlineNote(QWidget* parent = nullptr);
  void show_error(const QString& text);
  void show_good(const QString& text);
  void clear();
  QString text() const { return text_->text(); }

 private:
  void show_text(const QString& text, const char* kind, const QString& icon_name);

  QLabel* picture_;
  QLabel* text_;
};

}  // namespace queqiao::client
