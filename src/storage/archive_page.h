#pragma once

#include <functional>
#include <utility>

#include "storage/store.h"

namespace queqiao::storage {

struct ArchiveRow {
  ArchiveId id = 0;
  bool is_outgoing = false;
};

struct IdRange {
  ArchiveId first = 1;  // inclusive
  ArchiveId last = ~ArchiveId{0};
  bool empty() const { return first > last; }
};

enum class Direction { forward, backward };

// One user's archive as far as the filter `with` of one query lets it be seen. A source that fails ends its walks and
// remembers the failure; whoever made it looks before it uses the page.
class ArchiveSource {
 public:
  using Visitor = std::function<bool(const ArchiveRow&)>;  // false ends the walk

  virtual ~ArchiveSource() = default;
  virtual bool contains(ArchiveId id) = 0;  // in the whole archive, whatever the filter
  virtual void walk(IdRange range, Direction direction, const Visitor& visit) = 0;
  virtual ArchivedMessage load(const ArchiveRow& row) = 0;
  // Which ids messages that were received between `start` and `end` can have; may be wider than needed.
  virtual IdRange ids_between(std::optional<WallTime> start, std::optional<WallTime> end) = 0;
};

// The page that `query` asks for: the rules of XEP-0313 4 and XEP-0059 in one place for every store.
Result<ArchivePage> make_page(ArchiveSource& source, const ArchiveQuery& query);

}  // namespace queqiao::storage
