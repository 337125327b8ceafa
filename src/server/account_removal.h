#pragma once

#include <string>

#include "base/function.h"
#include "base/result.h"

namespace queqiao::server {

class Shard;

// Deletes an account of this shard, the home of `name`, with all that belongs to it: the store first, so that a failure
// leaves everything as it was; then its sessions end and Hooks::user_deleted runs, which tells its contacts. `done` runs
// on this shard's thread, when it is deleted and before the sessions end; not_found when there is no such account. On the shard's thread.
void remove_account(Shard& shard, const std::string& name, UniqueFunction<void(Result<void>)> done);

}  // namespace queqiao::server
