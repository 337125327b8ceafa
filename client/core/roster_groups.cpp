#include <algorithm>
#include <memory>
#include <utility>

#include "client/core/private_storage.h"
#include "client/core/qt_text.h"
#include "client/core/session.h"
#include "client/core/synced_roster.h"
#include "xml/writer.h"

// The groups of SyncedRoster. XMPP's roster knows only the groups that somebody is in, and no order of them: both are
// kept beside it.
namespace queqiao::client {
namespace {

constexpr qsizetype most_groups = 200;

}  // namespace

std::string write_groups(const QStringList& groups) {
  std::string out;
  xml::Writer writer(out);
  writer.open("groups", groups_ns);
  for (const auto& group : groups) writer.open("group").text(to_utf8(group)).close();
  writer.close();
  return out;
}

QStringList read_groups(const xml::Element& groups) {
  QStringList names;
  if (!groups.is("groups", groups_ns)) return names;
  for (const auto child : groups.children()) {
    const auto name = to_qt(child.text());
    const bool is_good = child.name() == "group" && !name.isEmpty() && !names.contains(name);
    if (is_good && names.size() < most_groups) names.append(name);
  }
  return names;
}

void SyncedRoster::take_groups(const xml::Element& content) {
  if (content) use_groups(read_groups(content));
}

// The given ones first; whatever people are in as well comes behind.
void SyncedRoster::use_groups(const QStringList& groups) {
  const auto before = std::exchange(groups_, groups);
  for (const auto& [jid, line] : lines_) note_groups(line.contact.groups);
  if (groups_ == before) return;
  cache_timer_.start();
  emit groups_changed();
}

void SyncedRoster::note_groups(const QStringList& used) {
  for (const auto& group : used) {
    if (group.isEmpty() || groups_.contains(group)) continue;
    groups_.append(group);
    emit groups_changed();
  }
}

// A change by the user: it counts here at once, and is kept on the server when there is a connection.
void SyncedRoster::change_groups(const QStringList& groups) {
  use_groups(groups);
  if (session_.is_online()) storage_.store(groups_ns, write_groups(groups_), [](const QString&) {});
}

void SyncedRoster::add_group(const QString& name) {
  const auto wanted = name.trimmed();
  if (wanted.isEmpty() || groups_.contains(wanted) || groups_.size() >= most_groups) return;
  change_groups(groups_ + QStringList(wanted));
}

void SyncedRoster::move_group(const QString& name, int place) {
  auto groups = groups_;
  const auto from = groups.indexOf(name);
  if (from < 0) return;
  groups.move(from, std::clamp<qsizetype>(place, 0, groups.size() - 1));
  change_groups(groups);
}

void SyncedRoster::rename_group(const QString& name, const QString& new_name, Done done) {
  const auto wanted = new_name.trimmed();
  if (wanted.isEmpty()) return done(tr("A group needs a name."));
  if (wanted == name || !groups_.contains(name)) return done({});
  auto order = groups_;
  order[order.indexOf(name)] = wanted;
  order.removeDuplicates();
  const auto change = [name, wanted](QStringList& groups) {
    std::replace(groups.begin(), groups.end(), name, wanted);
    groups.removeDuplicates();
  };
  regroup(name, change, [this, order, done](const QString& error) {
    if (error.isEmpty()) change_groups(order);
    done(error);
  });
}

void SyncedRoster::remove_group(const QString& name, Done done) {
  auto order = groups_;
  order.removeAll(name);
  const auto change = [name](QStringList& groups) { groups.removeAll(name); };
  regroup(name, change, [this, order, done](const QString& error) {
    if (error.isEmpty()) change_groups(order);
    done(error);
  });
}

// Changes the groups of everybody in `name`; `done` hears the first error, after the last answer.
void SyncedRoster::regroup(const QString& name, const std::function<void(QStringList&)>& change, Done done) {
  struct Progress {
    int awaited = 1;
    QString error;
  };
  const auto progress = std::make_shared<Progress>();
  const auto one_done = [progress, done = std::move(done)](const QString& error) {
    if (progress->error.isEmpty()) progress->error = error;
    if (--progress->awaited == 0) done(progress->error);
  };
  for (const auto& contact : contacts()) {
    if (!contact.groups.contains(name)) continue;
    auto changed = contact;
    change(changed.groups);
    ++progress->awaited;
    save(changed, one_done);
  }
  one_done(session_.is_online() ? QString() : tr("There is no connection to the server."));
}

}  // namespace queqiao::client
