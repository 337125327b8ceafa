#pragma once

#include <QDialog>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QString>
#include <functional>

namespace queqiao::client {

struct Question {
  QString title;
  QString text;
  QString yes;                // what the button does, for example "Delete"
  bool is_dangerous = false;  // red, and Enter does not press it
};

// Asks over `parent`, and calls `when_yes` when the answer is yes. Does not block.
QDialog* ask(QWidget* parent, const Question& question, std::function<void()> when_yes);

// Asks for one line of text; `when_given` gets it without spaces at its ends.
struct LineQuestion {
  QString title, label, text, yes;
  bool may_be_empty = false;
  int longest = 64;
};
QDialog* ask_line(QWidget* parent, const LineQuestion& question, std::function<void(const QString&)> when_given);

// Makes a dialog as high as its texts need when they are broken at its width; layouts alone do not.
void fit_height(QDialog* dialog);

// "Cancel" and a button named `yes` at a dialog's lower right, joined to accept() and reject().
struct Buttons {
  QDialogButtonBox* box;
  QPushButton* yes;
  QPushButton* cancel;
};
Buttons add_buttons(QDialog* dialog, const QString& yes);

}  // namespace queqiao::client
