#include "storage/sqlite/upload_table.h"

#include "storage/sqlite/time.h"

namespace queqiao::storage::sqlite {

std::optional<Upload> UploadTable::find(std::string_view id) {
  Rows row = find_.query(id);
  if (!row.next()) return std::nullopt;
  return Upload{std::string(id), row.bytes(0), row.id(1), row.bytes(2), row.bytes(3), from_micros(row.integer(4)),
                row.flag(5)};
}

std::vector<std::string> UploadTable::expired(WallTime slots_before, WallTime files_before, std::uint32_t limit) {
  std::vector<std::string> ids;
  Rows rows = expired_.query(to_micros(slots_before), to_micros(files_before), limit);
  while (rows.next()) ids.push_back(rows.bytes(0));
  return ids;
}

Result<void> UploadTable::add(AccountId owner, const Upload& upload, const UploadQuota& quota) {
  if (has_.query(upload.id).next()) return Error{ErrorCode::conflict, "upload '" + upload.id + "' exists"};
  {
    Rows usage = usage_.query(owner);
    usage.next();
    if (usage.id(0) >= quota.files || usage.id(1) > quota.bytes || upload.size > quota.bytes - usage.id(1)) {
      return Error{ErrorCode::no_space, "the quota of '" + upload.owner + "' is used up"};
    }
  }
  insert_.run(upload.id, owner, upload.size, upload.name, upload.type, to_micros(upload.created), upload.is_complete);
  return {};
}

Result<void> UploadTable::update(std::string_view id, WallTime when, bool is_complete) {
  update_.run(to_micros(when), is_complete, id);
  if (update_.changes() == 0) return Error{ErrorCode::not_found, "no such upload, or it is complete already"};
  return {};
}

}  // namespace queqiao::storage::sqlite
