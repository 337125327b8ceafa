#include "apps/queqiao/options.h"

#include <QCommandLineParser>
#include <QFile>

namespace queqiao::app {

namespace {

void describe(QCommandLineParser& parser) {
  parser.setApplicationDescription("The desktop client of Queqiao: chats over XMPP.");
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addOptions({{"account", "Log in as this address.", "JID"},
                     {"password-file", "Read the password from the first line of a file.", "FILE"},
                     {"server", "Where the server is, when DNS does not tell.", "HOST:PORT"},
                     {"plain-loopback", "Allow connections without TLS to this machine, for tests."},
                     {"data-dir", "Keep settings, history and files here.", "DIR"},
                     {"lang", "zh_CN or en.", "LANGUAGE"},
                     {"theme", "light or dark.", "THEME"}});
}

// "host", "host:port", "[::1]:port".
bool split_address(const QString& address, Options& options) {
  const auto colon = address.lastIndexOf(':');
  const bool has_port = colon > 0 && (!address.contains('[') || address[colon - 1] == ']') && address.count(':') >= 1;
  options.host = has_port ? address.left(colon) : address;
  options.host.remove('[').remove(']');
  if (!has_port) return !options.host.isEmpty();
  bool is_number = false;
  const uint port = address.mid(colon + 1).toUInt(&is_number);
  options.port = quint16(port);
  return is_number && port > 0 && port < 65536 && !options.host.isEmpty();
}

QString read_password(const QString& path, Options& options) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return QString("cannot read %1: %2").arg(path, file.errorString());
  options.password = QString::fromUtf8(file.readLine(4096)).remove('\n').remove('\r');
  return {};
}

QString mistake(const QCommandLineParser& parser, Options& options) {
  if (!parser.positionalArguments().isEmpty()) return "unknown argument " + parser.positionalArguments().first();
  options.account = parser.value("account").toLower();
  if (!options.account.isEmpty() && !options.account.contains('@')) return "--account wants an address, name@server";
  options.domain = options.account.section('@', 1);
  options.language = parser.value("lang");
  if (!QStringList{"", "zh_CN", "en"}.contains(options.language)) return "--lang is zh_CN or en";
  options.theme = parser.value("theme");
  if (!QStringList{"", "light", "dark"}.contains(options.theme)) return "--theme is light or dark";
  options.data_folder = parser.value("data-dir");
  options.allows_plain_loopback = parser.isSet("plain-loopback");
  if (parser.isSet("server") && !split_address(parser.value("server"), options)) return "--server wants HOST:PORT";
  return parser.isSet("password-file") ? read_password(parser.value("password-file"), options) : QString();
}

}  // namespace

std::optional<Options> parse_options(const QStringList& arguments, Refusal& refusal) {
  QCommandLineParser parser;
  describe(parser);
  if (!parser.parse(arguments)) {
    refusal = {"queqiao: " + parser.errorText() + "\n", 2};
    return std::nullopt;
  }
  if (parser.isSet("help")) {
    refusal = {parser.helpText(), 0};
    return std::nullopt;
  }
  if (parser.isSet("version")) {
    refusal = {QString("queqiao %1\n").arg(QUEQIAO_VERSION), 0};
    return std::nullopt;
  }
  Options options;
  if (const QString what = mistake(parser, options); !what.isEmpty()) {
    refusal = {"queqiao: " + what + "; see queqiao --help\n", 2};
    return std::nullopt;
  }
  return options;
}

}  // namespace queqiao::app
