#pragma once

#include <QString>
#include <QStringList>
#include <optional>

namespace queqiao::app {

// What stands on the command line.
struct Options {
  QString account, password, domain, host, data_folder, language, theme;
  quint16 port = 0;
  bool allows_plain_loopback = false;
};

// Without a value: `message` says why, or is the help; `code` is what the program ends with.
struct Refusal {
  QString message;
  int code = 0;
};
std::optional<Options> parse_options(const QStringList& arguments, Refusal& refusal);

}  // namespace queqiao::app
