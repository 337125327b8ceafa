#pragma once

#include <QString>

namespace queqiao::client {

// The first letters of a name as people type them to find somebody: 张伟 -> "zw", "Anna 李" -> "annal". Characters
// without a reading are left out. For those with two everyday readings it is the first one.
QString pinyin_initials(const QString& name);

// Whether `typed` (lower case letters) is found in the initials of `name`, whichever reading of a character is meant:
// "cq" and "zq" both find 重庆.
bool initials_contain(const QString& name, const QString& typed);

}  // namespace queqiao::client
