#pragma once

#include <memory>
#include <random>
#include <vector>

#include "base/result.h"
#include "crowd.h"
#include "report.h"
#include "send_times.h"
#include "sequence.h"

namespace queqiao::bench {

struct ChatPlan {
  std::size_t window = 1;     // closed loop: messages that each user has under way at any time
  double rate = 0;            // open loop, when above 0: messages per second of all users together
  double warmup_seconds = 2;  // not measured
  double measure_seconds = 10;
  double drain_seconds = 10;  // what is still under way at the end is lost when nothing has come for so long
};

// Users in pairs, each sending to its partner's bare JID and receiving from it. A message counts once, when the partner
// has it: a pair with window 1 has two under way, one in each direction. Each message carries its run, sender and
// number in its id, so that every one is checked to arrive exactly once and in order.
//
// Closed loop: a user sends the next message when the partner has one of those under way; latencies then leave out what
// a slow server kept from being sent. Open loop: messages are due at fixed times, by turns from all users, and
// latencies count from when a message was due, not from when it could be sent.
class Chat {
 public:
  Chat(const Settings& settings, const ChatPlan& plan);
  // Fails when a message was lost, doubled, refused or out of order, with the figures in `report` all the same.
  Result<void> run(Report& report);

 private:
  // One direction of a pair.
  struct Flow {
    std::string head;  // the stanza up to the number
    SendTimes sent;
    SequenceCheck received;
  };

  Result<void> send_and_receive(Nanos duration);
  Result<void> send_when_due(Nanos end);
  Result<void> drain();
  void send(std::size_t user, Nanos due);
  void receive(Client& receiver, std::string_view stanza, Nanos arrival);
  void take_message(Client& receiver, std::string_view id, Nanos arrival);
  Faults faults() const;
  void describe(Report& report) const;
  static std::size_t partner_of(std::size_t user) { return user ^ 1; }
  bool is_open_loop() const { return plan_.rate > 0; }

  const Settings& settings_;  // not owned
  ChatPlan plan_;
  Crowd crowd_;
  std::string run_;   // tells this run's messages from those that an earlier one left behind
  std::string tail_;  // the stanza after the number
  std::string stanza_;
  std::vector<Flow> flows_;  // by sender
  bool is_sending_ = false;
  bool is_measuring_ = false;
  std::uint64_t due_count_ = 0;  // open loop: messages sent so far
  Nanos first_due_ = 0;
  std::uint64_t delivered_ = 0;  // while measuring
  std::uint64_t under_way_ = 0;
  std::uint64_t refused_ = 0;
  std::uint64_t stale_ = 0;  // of an earlier run
  Histogram latencies_;
  Histogram lags_;  // open loop: from when a message was due to when the generator sent it
};

}  // namespace queqiao::bench
