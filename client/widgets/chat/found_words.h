#pragma once

#include <QList>
#include <QString>

namespace queqiao::client {

struct FoundRange {
  int start = 0, length = 0;
  bool operator==(const FoundRange&) const = default;
};

// Where the words of a search stand in a text that it found, as base/search_terms.h reads both: every word and every
// run of characters of a script without spaces by itself; the last word may be the beginning of one. In order.
QList<FoundRange> found_ranges(const QString& text, const QString& searched);

}  // namespace queqiao::client
