#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <string>

#include "client/core/contact.h"

namespace queqiao::client {

// A contact with what the roster says of it and people are not shown.
struct RosterLine {
  Contact contact;
  bool sees_us = false;   // subscription "from" or "both"
  bool is_seen = false;   // subscription "to" or "both"
  bool is_asked = false;  // our request is on its way
};

// What is known of the roster without a connection (RFC 6121 2.6): a file of JSON.
struct RosterCache {
  std::string version;  // of the roster, as the server names it; empty: none
  QList<RosterLine> lines;
  QStringList groups;  // in the user's order

  static RosterCache read(const QString& file);  // empty when there is none, or when it cannot be read
  bool write(const QString& file) const;
};

}  // namespace queqiao::client
