#include "client/models/contact_search.h"

#include <QImage>
#include <algorithm>
#include <tuple>
#include <vector>

#include "client/core/contact.h"
#include "client/core/profiles.h"
#include "client/core/roster.h"
#include "client/models/contact_tree.h"
#include "client/models/pinyin.h"

namespace queqiao::client {

namespace {

constexpr qsizetype most_shown = 100;
constexpr int no_match = 100;

// Lower is better.
int rank_of_text(const QString& field, const QString& typed) {
  const auto place = field.indexOf(typed, 0, Qt::CaseInsensitive);
  return place < 0 ? no_match : place == 0 ? 0 : 2;
}

int rank(const Contact& contact, const QString& typed) {
  int best = no_match;
  for (const QString& name : {contact.remark, contact.nickname}) {
    best = std::min(best, rank_of_text(name, typed));
    const QString letters = typed.toLower();
    if (pinyin_initials(name).startsWith(letters)) best = std::min(best, 1);
    if (initials_contain(name, letters)) best = std::min(best, 3);
  }
  best = std::min(best, rank_of_text(contact.jid.section('@', 0, 0), typed) + 1);
  if (typed.contains('@')) best = std::min(best, rank_of_text(contact.jid, typed));
  return best;
}

}  // namespace

ContactSearch::ContactSearch(Roster& roster, Profiles& profiles, QObject* parent)
    : QAbstractListModel(parent), roster_(roster), profiles_(profiles) {
  connect(&roster, &Roster::reset, this, &ContactSearch::search);
  connect(&roster, &Roster::contact_changed, this, &ContactSearch::search);
  connect(&roster, &Roster::contact_removed, this, &ContactSearch::search);
}

void ContactSearch::set_text(const QString& text) {
  if (text_ == text.trimmed()) return;
  text_ = text.trimmed();
  search();
}

int ContactSearch::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : int(found_.size());
}

QVariant ContactSearch::data(const QModelIndex& index, int role) const {
  const Contact* contact = index.isValid() ? roster_.find(found_.value(index.row())) : nullptr;
  if (!contact) return {};
  switch (role) {
    case Qt::DisplayRole:
      return contact->display_name();
    case Qt::AccessibleTextRole:
      return contact->display_name() + ", " + status_name(contact->status);
    case is_group_role:
      return false;
    case jid_role:
      return contact->jid;
    case account_name_role:
      return contact->remark.isEmpty() ? QString() : contact->nickname;
    case signature_role:
      return contact->jid;  // tells people of the same name apart
    case status_role:
      return int(contact->status);
    case avatar_role:
      return profiles_.avatar(contact->jid);
    case is_pending_role:
      return contact->is_pending;
    case is_blocked_role:
      return contact->is_blocked;
    default:
      return {};
  }
}

void ContactSearch::search() {
  if (text_.isEmpty() && found_.isEmpty()) return;
  std::vector<std::tuple<int, bool, QString, QString>> matches;  // rank, is offline, name, jid
  for (const Contact& contact : text_.isEmpty() ? QList<Contact>() : roster_.contacts()) {
    const int found_rank = rank(contact, text_);
    if (found_rank >= no_match) continue;
    matches.emplace_back(found_rank, contact.status == Status::offline, contact.display_name(), contact.jid);
  }
  std::sort(matches.begin(), matches.end());
  beginResetModel();
  found_.clear();
  for (const auto& match : matches) {
    if (found_.size() == most_shown) break;
    found_ << std::get<3>(match);
  }
  endResetModel();
}

}  // namespace queqiao::client
