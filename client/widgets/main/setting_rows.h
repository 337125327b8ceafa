#pragma once

#include <QVBoxLayout>
#include <QWidget>
#include <functional>

#include "client/core/settings.h"

namespace queqiao::client {

using Words = std::function<QString()>;  // in the present language

// One page of the settings: rows that show settings and change them at once, and follow changes from elsewhere.
class SettingRows final : public QWidget {
  Q_OBJECT

 public:
  explicit SettingRows(Settings& settings, QWidget* parent = nullptr);

  struct Choice {
    QVariant value;
    Words name;
  };

  void add_heading(Words text);
  void add_note(Words text);
  void add_check(const char* key, Words text);
  void add_choice(const char* key, Words text, const QList<Choice>& choices);
  void add_number(const char* key, Words text, int least, int most, int step, Words suffix, Words zero = {});
  void add_folder(const char* key, Words text);
  void add_text(const char* key, Words text, const QString& placeholder);
  void add_button(Words text, const char* kind, std::function<void()> clicked);
  void add_widget(QWidget* widget, int stretch = 0);
  void finish();  // after the last row

 private:
  void add_row(const Words& text, QWidget* field);
  // Shows the present value now, and again when somebody else changes it.
  void follow(const char* key, QWidget* field, std::function<void()> show);

  Settings& settings_;
  QVBoxLayout* column_;
};

}  // namespace queqiao::client
