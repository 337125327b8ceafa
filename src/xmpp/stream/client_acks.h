#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "xml/element.h"
#include "xmpp/stream/ack_queue.h"

namespace queqiao::xmpp {

// The client's side of XEP-0198 Stream Management 1.6, across connections. A message is kept from the moment it is
// given until the server acknowledges it: it goes out again when the stream is resumed, and as a new stanza with the
// same bytes, hence with the same ids, in a new session. Everything else belongs to its session and is dropped with it.
class ClientAcks {
 public:
  // Gives a message its number, from 1, and keeps it; when `is_online`, also appends it to `out`.
  std::uint64_t send_message(std::string stanza, bool is_online, std::string& out);
  void send_other(std::string_view stanza, std::string& out);  // only while online

  bool is_enabled() const { return is_enabled_; }
  bool can_resume() const { return !resumption_id_.empty(); }

  void write_enable(std::string& out);
  void enabled(const xml::Element& element);
  void write_resume(std::string& out) const;
  // False when the server counted what we never sent.
  bool resumed(const xml::Element& element, std::string& out);
  // The server does not know the session any more; what `h` of <failed/> says has arrived nevertheless (XEP-0198 5).
  bool resumption_failed(const xml::Element& element);
  // A new session is online, with or without acknowledgements: what waits goes out.
  void send_backlog(std::string& out);

  void stanza_received() {
    if (is_enabled_) received_.receive();
  }
  void write_answer(std::string& out) const;       // <a/>
  bool acknowledged(const xml::Element& element);  // <a/> of the server; false when it counts too many
  // Appends <r/> when something is not acknowledged and no request is under way; true when it did.
  bool write_request(std::string& out, bool even_if_idle = false);
  bool is_waiting() const { return is_waiting_; }  // for the answer to <r/>

  void connection_lost();  // requests under way get no answer any more
  void end_session();      // nothing can be resumed: messages go to the backlog

  std::uint64_t confirmed() const { return confirmed_; }  // messages up to this number have arrived
  std::size_t unconfirmed_bytes() const { return queue_.bytes() + backlog_bytes_; }

 private:
  bool take_h(const xml::Element& element);

  AckQueue queue_;
  HandledCounter received_;
  std::deque<AckQueue::Sent> backlog_;  // not sent in this session yet
  std::size_t backlog_bytes_ = 0;
  std::string resumption_id_;
  std::uint64_t last_number_ = 0;
  std::uint64_t confirmed_ = 0;
  bool is_enabled_ = false;
  bool is_waiting_ = false;
};

}  // namespace queqiao::xmpp
