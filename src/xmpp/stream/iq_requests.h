#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/event_loop.h"
#include "base/function.h"
#include "xml/element.h"
#include "xmpp/jid.h"
#include "xmpp/stanza.h"

namespace queqiao::xmpp {

// What became of a request.
struct IqAnswer {
  enum class Kind : unsigned char { result, error, timed_out, lost };  // lost: the session ended before the answer

  Kind kind = Kind::lost;
  xml::Element iq;    // of result and error; a view that is valid for the call only
  StanzaError error;  // of error

  bool is_result() const { return kind == Kind::result; }
};

// The requests of one client that wait for their answers (RFC 6120 8.2.3). An answer counts only when it has the id and
// comes from whom was asked, or anyone who guesses an id could answer for them.
class IqRequests {
 public:
  using Then = UniqueFunction<void(const IqAnswer&)>;

  explicit IqRequests(const Jid& account) : account_(account.bare()) {}

  // `to` is empty for the own account. `id` is unpredictable and new.
  void add(std::string id, const Jid& to, TimePoint deadline, Then then);
  // Takes an <iq/> of type result or error. False when nobody waits for it.
  bool answer(const xml::Element& iq);
  std::optional<TimePoint> next_deadline() const;
  void expire(TimePoint now);
  void lose_all();
  std::size_t size() const { return waiting_.size(); }

 private:
  struct Waiting {
    Jid to;
    TimePoint deadline;
    Then then;
  };

  bool is_from(const xml::Element& iq, const Jid& asked) const;

  Jid account_;
  std::map<std::string, Waiting, std::less<>> waiting_;  // by id
};

}  // namespace queqiao::xmpp
