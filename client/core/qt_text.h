#pragma once

#include <QByteArray>
#include <QString>
#include <string>
#include <string_view>

#include "xmpp/jid.h"

// Between Qt's text and the protocol's, which is UTF-8.
namespace queqiao::client {

inline QString to_qt(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
inline std::string to_utf8(const QString& text) {
  return text.toStdString();
}
inline std::string_view view_of(const QByteArray& bytes) {
  return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}
inline QByteArray to_bytes(std::string_view bytes) {
  return {bytes.data(), static_cast<qsizetype>(bytes.size())};
}
inline QString bare(const xmpp::Jid& jid) {
  return to_qt(jid.bare_text());
}
// Empty when `text` is no JID.
inline xmpp::Jid to_jid(const QString& text) {
  return xmpp::Jid::parse(to_utf8(text)).value_or(xmpp::Jid());
}

}  // namespace queqiao::client
