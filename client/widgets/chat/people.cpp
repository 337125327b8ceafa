#include "client/widgets/chat/people.h"

#include <QCoreApplication>
#include <QLocale>

#include "client/core/account.h"
#include "client/core/profiles.h"
#include "client/core/roster.h"
#include "client/widgets/avatar.h"

namespace queqiao::client {
namespace {

struct PeopleWords {
  Q_DECLARE_TR_FUNCTIONS(PeopleWords)
};

QString status_name(Status status) {
  switch (status) {
    case Status::online:
      return PeopleWords::tr("Online");
    case Status::away:
      return PeopleWords::tr("Away");
    case Status::busy:
      return PeopleWords::tr("Do not disturb");
    case Status::offline:
    case Status::invisible:
      break;
  }
  return PeopleWords::tr("Offline");
}

}  // namespace

bool People::is_self(const QString& jid) const {
  return jid == account_.jid();
}

QString People::name(const QString& jid) const {
  const Contact* contact = account_.roster().find(jid);
  if (contact && !contact->remark.isEmpty()) return contact->remark;
  const auto profile = account_.profiles().profile(jid);
  if (profile && !profile->nickname.isEmpty()) return profile->nickname;
  return contact ? contact->display_name() : jid.section(u'@', 0, 0);
}

Status People::status(const QString& jid) const {
  if (is_self(jid)) return account_.status();
  const Contact* contact = account_.roster().find(jid);
  return contact ? contact->status : Status::offline;
}

QString People::status_line(const QString& jid) const {
  const Contact* contact = account_.roster().find(jid);
  if (!contact) return PeopleWords::tr("Not in your friend list");
  QString line = status_name(contact->status);
  if (contact->status == Status::offline && contact->last_seen.isValid()) {
    line =
        PeopleWords::tr("Last seen %1").arg(QLocale().toString(contact->last_seen.toLocalTime(), QLocale::ShortFormat));
  }
  if (!contact->signature.isEmpty()) line += QStringLiteral(" · ") + contact->signature;
  return line;
}

void People::draw_face(QPainter& painter, const QRectF& place, const QString& jid) const {
  const Status shown = is_self(jid) ? Status::online : status(jid);
  draw_avatar(painter, place, account_.profiles().avatar(jid), jid, name(jid), shown);
}

QPixmap People::face(int side, const QString& jid) const {
  return avatar_pixmap(side, account_.profiles().avatar(jid), jid, name(jid), status(jid));
}

}  // namespace queqiao::client
