#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>
#include <functional>

namespace queqiao::client {

// The languages that there are: "zh_CN", "en".
QStringList languages();

// The program's language from now on, windows that are open included; empty: the system's, English when it is neither.
void set_language(const QString& language);
QString present_language();  // never empty

// Calls `set_texts` now and whenever the language changes, as long as `widget` lives.
void follow_language(QWidget* widget, std::function<void()> set_texts);

}  // namespace queqiao::client
