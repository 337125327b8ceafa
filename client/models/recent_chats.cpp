#include "client/models/recent_chats.h"

#include <QImage>
#include <algorithm>

#include "client/core/contact.h"
#include "client/core/messenger.h"
#include "client/core/profiles.h"
#include "client/core/roster.h"

namespace queqiao::client {

RecentChats::RecentChats(Account& account, QObject* parent)
    : QAbstractListModel(parent),
      roster_(account.roster()),
      history_(account.history()),
      messenger_(account.messenger()),
      profiles_(account.profiles()) {
  connect(&history_, &History::conversation_changed, this, &RecentChats::update_chat);
  connect(&messenger_, &Messenger::typing_changed, this, &RecentChats::repaint);
  connect(&roster_, &Roster::contact_changed, this, &RecentChats::repaint);
  connect(&roster_, &Roster::reset, this, &RecentChats::reload);
  connect(&profiles_, &Profiles::avatar_changed, this, &RecentChats::repaint);
  reload();
}

int RecentChats::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : int(chats_.size());
}

QVariant RecentChats::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const auto& chat = chats_[index.row()];
  const Contact* contact = roster_.find(chat.jid);
  const QString name = contact ? contact->display_name() : chat.jid.section('@', 0, 0);
  switch (role) {
    case Qt::DisplayRole:
      return name;
    case Qt::AccessibleTextRole:
      return chat.unread > 0 ? tr("%1, unread: %2, %3").arg(name).arg(chat.unread).arg(preview(chat))
                             : name + ", " + preview(chat);
    case is_group_role:
      return false;
    case jid_role:
      return chat.jid;
    case status_role:
      return int(contact ? contact->status : Status::offline);
    case avatar_role:
      return profiles_.avatar(chat.jid);
    case signature_role:
      return contact ? contact->signature : QString();
    case preview_role:
      return preview(chat);
    case draft_role:
      return chat.draft;
    case time_role:
      return chat.time;
    case unread_role:
      return chat.unread;
    case is_pinned_role:
      return chat.is_pinned;
    case is_muted_role:
      return chat.is_muted;
    case is_typing_role:
      return messenger_.is_typing(chat.jid);
    default:
      return {};
  }
}

QModelIndex RecentChats::find(const QString& jid) const {
  const int row = row_of(jid);
  return row < 0 ? QModelIndex() : index(row);
}

int RecentChats::unread() const {
  int sum = 0;
  for (const auto& chat : chats_) sum += chat.is_muted ? 0 : chat.unread;
  return sum;
}

QString RecentChats::newest_unread() const {
  const Conversation* newest = nullptr;
  for (const auto& chat : chats_) {
    if (chat.unread > 0 && !chat.is_muted && (!newest || chat.time > newest->time)) newest = &chat;
  }
  return newest ? newest->jid : QString();
}

void RecentChats::reload() {
  beginResetModel();
  chats_ = history_.conversations();
  endResetModel();
  emit unread_changed();
}

void RecentChats::update_chat(const QString& jid) {
  const auto chats = history_.conversations();
  const auto is_it = [&](const Conversation& chat) { return chat.jid == jid; };
  const int old_row = row_of(jid);
  const auto found = std::find_if(chats.begin(), chats.end(), is_it);
  const int new_row = found == chats.end() ? -1 : int(found - chats.begin());
  // Only this chat may have moved. Anything else is a change that we were not told of.
  const int expected = int(chats_.size()) + (old_row < 0 && new_row >= 0) - (old_row >= 0 && new_row < 0);
  if (expected != chats.size()) return reload();
  if (old_row < 0 && new_row >= 0) {
    beginInsertRows({}, new_row, new_row);
    chats_ = chats;
    endInsertRows();
  } else if (old_row >= 0 && new_row < 0) {
    beginRemoveRows({}, old_row, old_row);
    chats_ = chats;
    endRemoveRows();
  } else if (old_row != new_row) {
    beginMoveRows({}, old_row, old_row, {}, new_row > old_row ? new_row + 1 : new_row);
    chats_ = chats;
    endMoveRows();
  } else {
    chats_ = chats;
  }
  repaint(jid);
  emit unread_changed();
}

void RecentChats::repaint(const QString& jid) {
  const int row = row_of(jid);
  if (row >= 0) emit dataChanged(index(row), index(row));
}

int RecentChats::row_of(const QString& jid) const {
  const auto found =
      std::find_if(chats_.begin(), chats_.end(), [&](const Conversation& chat) { return chat.jid == jid; });
  return found == chats_.end() ? -1 : int(found - chats_.begin());
}

QString RecentChats::preview(const Conversation& chat) const {
  if (messenger_.is_typing(chat.jid)) return tr("is typing…");
  return chat.preview.simplified();
}

}  // namespace queqiao::client
