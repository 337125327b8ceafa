#pragma once

#include <QDateTime>
#include <functional>
#include <optional>

#include "xml/element.h"
#include "xmpp/jid.h"

namespace queqiao::client {

class Session;

// Answers what others ask this program: what it is (XEP-0030), its version (XEP-0092), the time here (XEP-0202), how
// long the user has been idle (XEP-0012), whether it is there (XEP-0199). Strangers get the same answer as from a
// resource that is not there, since an answer would tell them that it is (RFC 6120 13.10.2).
class Answers {
 public:
  using MayKnow = std::function<bool(const xmpp::Jid& who)>;

  // Both outlive it.
  Answers(Session& session, MayKnow may_know);
  void set_idle_since(std::optional<QDateTime> since) { idle_since_ = since; }

 private:
  void answer(std::string_view ns, std::function<std::string(const xml::Element& payload)> payload);
  std::string disco_info(const xml::Element& query) const;

  Session& session_;
  MayKnow may_know_;
  std::optional<QDateTime> idle_since_;
};

}  // namespace queqiao::client
