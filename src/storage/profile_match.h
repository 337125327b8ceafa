#pragma once

#include "storage/store.h"

namespace queqiao::storage {

void apply(Profile& profile, const ProfileChange& change);
bool matches(const User& user, const Profile& profile, const ProfileQuery& query);

}  // namespace queqiao::storage
