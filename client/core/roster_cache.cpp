#include "client/core/roster_cache.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "client/core/data_folder.h"
#include "client/core/qt_text.h"

namespace queqiao::client {
namespace {

constexpr qint64 file_limit = 16 << 20;

QJsonObject to_json(const RosterLine& line) {
  const auto& contact = line.contact;
  QJsonObject json{
      {"jid", contact.jid}, {"sees_us", line.sees_us}, {"is_seen", line.is_seen}, {"asked", line.is_asked}};
  if (!contact.remark.isEmpty()) json["remark"] = contact.remark;
  if (!contact.nickname.isEmpty()) json["nickname"] = contact.nickname;
  if (!contact.groups.isEmpty()) json["groups"] = QJsonArray::fromStringList(contact.groups);
  if (contact.is_blocked) json["blocked"] = true;
  if (contact.last_seen.isValid()) json["last_seen"] = contact.last_seen.toUTC().toString(Qt::ISODate);
  return json;
}

QStringList to_strings(const QJsonValue& json) {
  QStringList strings;
  for (const auto& value : json.toArray()) strings.append(value.toString());
  return strings;
}

RosterLine from_json(const QJsonObject& json) {
  RosterLine line;
  line.contact.jid = json["jid"].toString();
  line.contact.remark = json["remark"].toString();
  line.contact.nickname = json["nickname"].toString();
  line.contact.groups = to_strings(json["groups"]);
  line.contact.is_blocked = json["blocked"].toBool();
  line.contact.last_seen = QDateTime::fromString(json["last_seen"].toString(), Qt::ISODate);
  line.sees_us = json["sees_us"].toBool();
  line.is_seen = json["is_seen"].toBool();
  line.is_asked = json["asked"].toBool();
  line.contact.is_friend = line.sees_us && line.is_seen;
  line.contact.is_pending = line.is_asked;
  return line;
}

}  // namespace

RosterCache RosterCache::read(const QString& file) {
  RosterCache cache;
  const auto json = QJsonDocument::fromJson(read_whole_file(file, file_limit)).object();
  cache.version = to_utf8(json["version"].toString());
  cache.groups = to_strings(json["groups"]);
  for (const auto& value : json["contacts"].toArray()) {
    auto line = from_json(value.toObject());
    if (!line.contact.jid.isEmpty()) cache.lines.append(line);
  }
  return cache;
}

bool RosterCache::write(const QString& file) const {
  QJsonArray contacts;
  for (const auto& line : lines) contacts.append(to_json(line));
  const QJsonObject json{
      {"version", to_qt(version)}, {"groups", QJsonArray::fromStringList(groups)}, {"contacts", contacts}};
  return write_whole_file(file, QJsonDocument(json).toJson(QJsonDocument::Compact));
}

}  // namespace queqiao::client
