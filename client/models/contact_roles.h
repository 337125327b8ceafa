#pragma once

#include <qnamespace.h>

namespace queqiao::client {

// What models about people answer besides Qt's own roles; ContactDelegate paints from these. Qt::DisplayRole is the
// name, Qt::AccessibleTextRole a sentence with name, status and signature.
enum ContactRole {
  is_group_role = Qt::UserRole + 1,  // bool: a group's row, else a person's
  jid_role,                          // QString
  account_name_role,                 // QString: the nickname that they gave themselves, when a remark hides it
  signature_role,                    // QString
  status_role,                       // Status as int
  avatar_role,                       // QImage, may be null
  is_pending_role,                   // bool: asked, not answered yet
  is_blocked_role,                   // bool
  group_name_role,                   // QString: of the group that the row is or is in; empty: the one without a name
  online_count_role,                 // int, of groups
  total_count_role,                  // int, of groups
  preview_role,                      // QString, of recent chats
  draft_role,                        // QString, of recent chats
  time_role,                         // QDateTime, of recent chats
  unread_role,                       // int, of recent chats
  is_pinned_role,                    // bool, of recent chats
  is_muted_role,                     // bool, of recent chats
  is_typing_role                     // bool, of recent chats
};

}  // namespace queqiao::client
