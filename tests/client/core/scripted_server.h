#pragma once

#include <QPointer>
#include <QString>
#include <QStringList>
#include <QTcpServer>
#include <QTcpSocket>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "xml/element.h"
#include "xmpp/stream/server_stream.h"

namespace queqiao::client::test {

// A server that logs everybody in as who they say with the password "secret", and then does what a test says: also what
// no honest server does. One client at a time, without TLS.
class ScriptedServer : public QTcpServer {
 public:
  // The payload of the answer to a request; nothing: item-not-found.
  using Answer = std::function<std::optional<std::string>(const xml::Element& iq)>;

  explicit ScriptedServer(Answer answer);

  void never_answer_for(const std::string& jid) { silent_.insert(jid); }
  void answer_for_all() { silent_.clear(); }
  void drop();  // the connection, without a word; a session is resumed (XEP-0198), nothing is sent again
  void send(const std::string& xml);                   // as it is, to the client
  const QStringList& heard() const { return heard_; }  // stanzas of the client, as they came
  int count(const QString& part) const;                // of stanzas that have it

 private:
  void accept();
  void receive();
  void handle(const xmpp::StreamEvent& event);
  void handle_acknowledgement(const xml::Element& element);
  void resume();
  void answer(const xml::Element& iq);
  void flush();

  Answer answer_;
  xmpp::ServerStreamRules rules_;
  std::unique_ptr<xmpp::ServerStream> stream_;
  xml::Document document_;
  QPointer<QTcpSocket> socket_;
  QStringList heard_;
  int handled_ = 0;  // stanzas of the session
  std::set<std::string, std::less<>> silent_;
};

}  // namespace queqiao::client::test
