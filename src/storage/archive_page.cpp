#include "storage/archive_page.h"

#include <algorithm>

#include "storage/stanza_address.h"

namespace queqiao::storage {
namespace {

// What matches the filters of a query, before paging.
class FilteredArchive {
 public:
  FilteredArchive(ArchiveSource& source, const ArchiveQuery& query)
      : source_(source), query_(query), range_(source.ids_between(query.start, query.end)), ids_(query.ids) {
    std::sort(ids_.begin(), ids_.end());
    if (query.after_id) range_.first = std::max(range_.first, *query.after_id + 1);
    if (query.before_id) range_.last = std::min(range_.last, *query.before_id - 1);
    if (query.before_id == ArchiveId{0}) range_ = {1, 0};
    if (!ids_.empty()) range_ = {std::max(range_.first, ids_.front()), std::min(range_.last, ids_.back())};
  }

  IdRange range() const { return range_; }

  // `take(row, message)` for all that match; the message is loaded when the filter or `wants_message` needs it.
  template <class Take>
  void walk(IdRange range, Direction direction, bool wants_message, Take take) {
    if (range.empty()) return;
    const bool must_load = wants_message || query_.start || query_.end || query_.with_full;
    source_.walk(range, direction, [&](const ArchiveRow& row) {
      if (!ids_.empty() && !std::binary_search(ids_.begin(), ids_.end(), row.id)) return true;
      auto message = must_load ? source_.load(row) : ArchivedMessage{};
      return must_load && !matches(message) ? true : take(row, std::move(message));
    });
  }

 private:
  bool matches(const ArchivedMessage& message) const {
    if (!message.stanza) return false;
    if (query_.start && message.received < *query_.start) return false;
    if (query_.end && message.received > *query_.end) return false;
    if (!query_.with_full) return true;
    return stanza_attribute(*message.stanza, message.is_outgoing ? "to" : "from") == *query_.with_full;
  }

  ArchiveSource& source_;
  const ArchiveQuery& query_;
  IdRange range_;
  std::vector<ArchiveId> ids_;
};

void take_page(FilteredArchive& archive, const ArchiveQuery& query, ArchivePage& page) {
  IdRange range = archive.range();
  if (query.page_after) range.first = std::max(range.first, *query.page_after + 1);
  if (query.page_before) range.last = std::min(range.last, *query.page_before - 1);
  const bool is_backward = query.page_before || query.is_last_page;
  page.is_complete = true;
  archive.walk(range, is_backward ? Direction::backward : Direction::forward, query.limit > 0,
               [&](const ArchiveRow&, ArchivedMessage&& message) {
                 page.is_complete = page.messages.size() < query.limit;
                 if (page.is_complete) page.messages.push_back(std::move(message));
                 return page.is_complete;
               });
  if (is_backward) std::reverse(page.messages.begin(), page.messages.end());
}

void count_all(FilteredArchive& archive, ArchivePage& page) {
  std::uint64_t count = 0;
  archive.walk(archive.range(), Direction::forward, false, [&](const ArchiveRow& row, ArchivedMessage&&) {
    if (!page.messages.empty() && row.id == page.messages.front().id) page.first_index = count;
    ++count;
    return true;
  });
  page.count = count;
}

bool has_all(ArchiveSource& source, const ArchiveQuery& query) {
  if (query.page_after && !source.contains(*query.page_after)) return false;
  if (query.page_before && !source.contains(*query.page_before)) return false;
  return std::all_of(query.ids.begin(), query.ids.end(), [&](ArchiveId id) { return source.contains(id); });
}

}  // namespace

Result<ArchivePage> make_page(ArchiveSource& source, const ArchiveQuery& query) {
  if (!has_all(source, query)) return Error{ErrorCode::not_found, "no such message in this archive"};
  FilteredArchive archive(source, query);
  ArchivePage page;
  take_page(archive, query, page);
  if (query.wants_count || query.limit == 0) count_all(archive, page);
  return page;
}

}  // namespace queqiao::storage
