#pragma once

#include <QString>

namespace queqiao::client {

// From now on every label whose text format was left to Qt shows plain text. Names, signatures and messages come from
// strangers, and Qt takes what looks like HTML for HTML: it would read any file that an <img/> names.
void keep_labels_plain();

// The same for a tool tip, whose format cannot be set.
QString plain_tip(const QString& text);

}  // namespace queqiao::client
