#include "storage/sqlite/archive_reader.h"

#include <algorithm>

#include "base/search_terms.h"
#include "base/text.h"
#include "storage/message_text.h"
#include "storage/sqlite/search_index.h"
#include "storage/sqlite/time.h"

namespace queqiao::storage::sqlite {
namespace {

// How many entries recent_origins looks at: a retry comes soon, and somebody who only receives must not cost a scan.
constexpr std::size_t origins_looked_at = 5000;
constexpr ArchiveId largest_id = ~ArchiveId{0} >> 1;  // that a bigint holds

// The index has no places of words, so a phrase is all of its terms. What they find is looked at afterwards.
std::string match_all(const std::string& mark, const std::vector<std::string>& phrases) {
  std::string expression = '"' + mark + '"';
  for (const auto& phrase : phrases) {
    const bool is_beginning = phrase.ends_with('*');
    const std::string_view terms(phrase.data(), phrase.size() - (is_beginning ? 1 : 0));
    for (const auto term : split(terms, ' ')) expression.append(" AND \"").append(term).append("\"");
    if (is_beginning) expression.append(" *");
  }
  return expression;
}

}  // namespace

// One owner's archive within one transaction.
class ArchiveReader::View final : public ArchiveSource {
 public:
  using RowVisitor = std::function<bool(const FiledRow&)>;

  // The recent rows are copied before the transaction begins: those that are filed meanwhile are then in the table for
  // this transaction, and the rest is in the copy. Nothing is in neither.
  View(ArchiveReader& reader, const User& owner)
      : reader_(reader),
        owner_(reader.accounts_.find_id(owner)),
        recent_(reader.recent_.of(owner_)),
        transaction_(reader.connection_, Transaction::Kind::read),
        filed_until_(static_cast<ArchiveId>(reader.state("filed_until"))) {
    recent_.erase(recent_.begin(), first_recent(filed_until_ + 1));
  }

  void show_only(const std::string& peer) {
    Rows rows = reader_.find_peer_.query(peer);
    peer_ = rows.next() ? rows.integer(0) : 0;
    use_index();
  }

  // After show_only().
  void search(std::string_view text) {
    phrases_ = query_phrases(text);
    is_search_ = true;
    use_index();
  }

  bool contains(ArchiveId id) override {
    if (id > largest_id) return false;
    if (id <= filed_until_) return reader_.contains_.query(owner_, id).next();
    const auto at = first_recent(id);
    return at != recent_.end() && at->id == id;
  }

  void walk(IdRange range, Direction direction, const Visitor& visit) override {
    const auto show = [&](const FiledRow& row) {
      if ((row.flags & queued_only) || (peer_ && row.peer != *peer_)) return true;
      return visit({row.id, (row.flags & outgoing) != 0});
    };
    if (expression_.empty()) return static_cast<void>(walk_rows(range, direction, show));
    if (is_search_ && phrases_.empty()) return;  // nothing that could be found
    // What is not in the index yet is looked through.
    IdRange rest = range;
    rest.first = std::max(rest.first, searchable_until_ + 1);
    const auto show_match = [&](const FiledRow& row) {
      return (peer_ && row.peer != *peer_) || (is_search_ && !has_text(row.id)) ? true : show(row);
    };
    if (direction == Direction::forward) {
      if (walk_index(range, direction, show)) walk_rows(rest, direction, show_match);
    } else {
      if (walk_rows(rest, direction, show_match)) walk_index(range, direction, show);
    }
  }

  // False when the visitor has seen enough.
  bool walk_rows(IdRange range, Direction direction, const RowVisitor& visit) {
    range.last = std::min(range.last, largest_id);
    if (direction == Direction::forward) {
      return walk_filed(range, direction, visit) && walk_recent(range, direction, visit);
    }
    return walk_recent(range, direction, visit) && walk_filed(range, direction, visit);
  }

  ArchivedMessage load(const ArchiveRow& row) override { return reader_.load(row.id, row.is_outgoing); }

  IdRange ids_between(std::optional<WallTime> start, std::optional<WallTime> end) override {
    IdRange range;
    if (start) range.first = static_cast<ArchiveId>(std::max<std::int64_t>(to_micros(*start) - lead(), 1));
    if (end) range.last = static_cast<ArchiveId>(std::max<std::int64_t>(to_micros(*end) + delay(), 0));
    return range;
  }

 private:
  // The index knows with whom a message is, too: without it a page with somebody rare would read all of the archive.
  void use_index() {
    searchable_until_ = static_cast<ArchiveId>(reader_.state("searchable_until"));
    expression_ = match_all(peer_ ? owner_mark(owner_, *peer_) : owner_mark(owner_), phrases_);
  }

  std::int64_t lead() { return reader_.state("longest_lead"); }
  std::int64_t delay() { return reader_.state("longest_delay"); }

  bool has_text(ArchiveId id) {
    const auto message = reader_.load(id, false);
    return message.stanza && has_phrases(index_terms(message_text(*message.stanza)), phrases_);
  }

  bool walk_index(IdRange range, Direction direction, const RowVisitor& visit) {
    range.last = std::min(range.last, searchable_until_);
    if (owner_ == 0 || range.empty()) return true;
    const bool is_exact = std::all_of(phrases_.begin(), phrases_.end(),
                                      [](const std::string& phrase) { return phrase.find(' ') == phrase.npos; });
    Statement& statement = direction == Direction::forward ? reader_.found_forward_ : reader_.found_backward_;
    Rows rows = statement.query(expression_, range.first, range.last);
    while (rows.next()) {
      const auto row = this->row(rows.id(0));
      if (row && (is_exact || has_text(row->id)) && !visit(*row)) return false;
    }
    return true;
  }

  // Nothing when the message is no longer in this archive, but in that of the other side.
  std::optional<FiledRow> row(ArchiveId id) {
    if (id > filed_until_) {
      const auto at = first_recent(id);
      return at != recent_.end() && at->id == id ? std::optional(*at) : std::nullopt;
    }
    Rows rows = reader_.row_.query(owner_, id);
    if (!rows.next()) return std::nullopt;
    return FiledRow{owner_, id, rows.integer(0), static_cast<std::uint8_t>(rows.integer(1))};
  }

  std::vector<FiledRow>::const_iterator first_recent(ArchiveId id) const {
    return std::lower_bound(recent_.begin(), recent_.end(), id,
                            [](const FiledRow& row, ArchiveId wanted) { return row.id < wanted; });
  }

  // Both return false when the visitor has seen enough.
  bool walk_filed(IdRange range, Direction direction, const RowVisitor& visit) {
    range.last = std::min(range.last, filed_until_);
    if (owner_ == 0 || range.empty()) return true;
    Statement& statement = direction == Direction::forward ? reader_.forward_ : reader_.backward_;
    Rows rows = statement.query(owner_, range.first, range.last);
    while (rows.next()) {
      if (!visit({owner_, rows.id(0), rows.integer(1), static_cast<std::uint8_t>(rows.integer(2))})) return false;
    }
    return true;
  }

  bool walk_recent(IdRange range, Direction direction, const RowVisitor& visit) {
    if (range.empty()) return true;
    const auto begin = first_recent(range.first);
    const auto end = first_recent(range.last + 1);
    if (direction == Direction::forward) return std::all_of(begin, end, visit);
    return std::all_of(std::make_reverse_iterator(end), std::make_reverse_iterator(begin), visit);
  }

  ArchiveReader& reader_;
  const AccountId owner_;
  std::vector<FiledRow> recent_;
  Transaction transaction_;
  const ArchiveId filed_until_;
  std::optional<PeerId> peer_;
  bool is_search_ = false;
  std::vector<std::string> phrases_;
  std::string expression_;
  ArchiveId searchable_until_ = 0;
};

Result<ArchivePage> ArchiveReader::query(const User& owner, const ArchiveQuery& query) {
  View view(*this, owner);
  if (query.with) view.show_only(*query.with);
  if (query.text) view.search(*query.text);
  return make_page(view, query);
}

ArchiveMetadata ArchiveReader::metadata(const User& owner) {
  View view(*this, owner);
  ArchiveMetadata metadata;
  const auto keep_in = [&](auto& border) {
    return [&](const FiledRow& row) {
      if (row.flags & queued_only) return true;
      border.emplace(row.id, load(row.id, false).received);
      return false;
    };
  };
  view.walk_rows({}, Direction::forward, keep_in(metadata.first));
  view.walk_rows({}, Direction::backward, keep_in(metadata.last));
  return metadata;
}

std::vector<ArchivedMessage> ArchiveReader::undelivered(const User& user, ArchiveId after, std::uint32_t limit) {
  View view(*this, user);
  std::vector<ArchivedMessage> messages;
  if (limit == 0 || after >= largest_id) return messages;
  view.walk_rows({after + 1, largest_id}, Direction::forward, [&](const FiledRow& row) {
    if (row.flags & for_offline) messages.push_back(load(row.id, (row.flags & outgoing) != 0));
    return messages.size() < limit;
  });
  return messages;
}

std::vector<std::pair<std::uint64_t, ArchiveId>> ArchiveReader::recent_origins(const User& user, std::uint32_t limit) {
  View view(*this, user);
  std::vector<std::pair<std::uint64_t, ArchiveId>> origins;
  if (limit == 0) return origins;
  std::size_t seen = 0;
  view.walk_rows({}, Direction::backward, [&](const FiledRow& row) {
    if (row.flags & has_origin) origins.emplace_back(origin(row.id), row.id);
    return origins.size() < limit && ++seen < origins_looked_at;
  });
  return origins;
}

ArchivedMessage ArchiveReader::load(ArchiveId id, bool is_outgoing) {
  ArchivedMessage message;
  Rows rows = message_.query(id);
  if (!rows.next()) return message;
  message.id = id;
  message.received = from_micros(rows.integer(0));
  message.stanza = std::make_shared<const std::string>(rows.text(1));
  message.is_outgoing = is_outgoing;
  return message;
}

std::uint64_t ArchiveReader::origin(ArchiveId id) {
  Rows rows = origin_.query(id);
  return rows.next() ? rows.id(0) : 0;
}

std::int64_t ArchiveReader::state(std::string_view name) {
  Rows rows = state_.query(name);
  return rows.next() ? rows.integer(0) : 0;
}

}  // namespace queqiao::storage::sqlite
