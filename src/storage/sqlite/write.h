#pragma once

#include <memory>
#include <variant>

#include "storage/sqlite/answers.h"
#include "storage/sqlite/archive_writer.h"
#include "storage/sqlite/pubsub_tables.h"
#include "storage/sqlite/profile_table.h"
#include "storage/sqlite/search_index.h"
#include "storage/sqlite/upload_table.h"
#include "storage/sqlite/user_tables.h"

namespace queqiao::storage::sqlite {

// What a write may touch; all on the writer's connection and thread.
struct WriteTables {
  Connection& connection;
  AccountTable& accounts;
  UserTables& users;
  PubsubTables& pubsub;
  ArchiveWriter& archive;
  ProfileTable& profiles;
  SearchIndex& search;
  UploadTable& uploads;
};

// Any write but append. apply() may run more than once: again when the transaction around it could not be committed.
class Change {
 public:
  virtual ~Change() = default;
  virtual void apply(WriteTables& tables) = 0;
  virtual void fail(const Error& error) = 0;  // instead of what apply() found out
  virtual void answer(Answers& answers) = 0;
};

template <class T>
class ChangeWith final : public Change {
 public:
  // What `work` refuses (conflict, not_found), it refuses before it has written anything.
  using Work = UniqueFunction<Result<T>(WriteTables&)>;

  ChangeWith(Work work, Reply<T> reply) : work_(std::move(work)), reply_(std::move(reply)) {}
  void apply(WriteTables& tables) override { outcome_.emplace(work_(tables)); }
  void fail(const Error& error) override { outcome_.emplace(error); }
  void answer(Answers& answers) override { answers.add(reply_, std::move(*outcome_)); }

 private:
  Work work_;
  Reply<T> reply_;
  std::optional<Result<T>> outcome_;
};

struct Append {
  ArchiveEntry entry;
  Reply<ArchiveId> recipient, sender;
  ArchiveWriter::Outcome outcome;
  std::unique_ptr<Error> failure;
};

using Write = std::variant<Append, std::unique_ptr<Change>>;

}  // namespace queqiao::storage::sqlite
