#include "chat.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "progress.h"
#include "scan.h"
#include "stopwatch.h"

namespace queqiao::bench {
namespace {

Nanos nanos(double seconds) {
  return static_cast<Nanos>(seconds * static_cast<double>(second));
}

std::string body_text(std::size_t bytes, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string text(bytes, ' ');
  for (char& c : text) c = "abcdefghijklmnopqrstuvwxyz      "[random() % 32];
  return text;
}

// Reads the decimal number at the start of `text` and removes it with the separator that follows.
std::uint64_t take_number(std::string_view& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(std::min<std::size_t>(static_cast<std::size_t>(end - text.data()) + 1, text.size()));
  return number;
}

}  // namespace

Chat::Chat(const Settings& settings, const ChatPlan& plan)
    : settings_(settings), plan_(plan), crowd_(settings), run_(fmt::format("q{:x}-", now() ^ getpid())) {
  tail_ = fmt::format("'><body>{}</body></message>", body_text(settings.body_bytes, settings.seed));
  for (std::size_t user = 0; user < settings.users; ++user) {
    const std::string to = settings.bare_jid(partner_of(user));
    flows_.push_back({fmt::format("<message to='{}' type='chat' id='{}{}-", to, run_, user), {}, {}});
  }
  crowd_.on_stanzas(
      [this](Client& client, std::string_view stanza, Nanos arrival) { receive(client, stanza, arrival); });
}

Result<void> Chat::run(Report& report) {
  QUEQIAO_CHECK(crowd_.bring_up(Goal::available));
  is_sending_ = true;
  first_due_ = now();
  if (!is_open_loop()) {
    for (std::size_t i = 0; i < flows_.size() * plan_.window; ++i) send(i / plan_.window, now());
  }
  QUEQIAO_CHECK(send_and_receive(nanos(plan_.warmup_seconds)));
  const ServerMeter meter(settings_.server_pids);
  Stopwatch watch(meter);
  watch.start();
  is_measuring_ = true;
  QUEQIAO_CHECK(send_and_receive(nanos(plan_.measure_seconds)));
  is_measuring_ = false;
  watch.stop();
  QUEQIAO_CHECK(drain());
  report.add_rate("deliveries", delivered_, watch.seconds(), watch.server_cpu_seconds());
  describe(report);
  if (faults().total() == 0) return {};
  return Error{ErrorCode::corrupt, "messages were lost, doubled, refused or out of order"};
}

Result<void> Chat::send_and_receive(Nanos duration) {
  const Nanos end = now() + duration;
  return is_open_loop() ? send_when_due(end) : crowd_.run_until(end);
}

Result<void> Chat::send_when_due(Nanos end) {
  Progress progress("messages", 0);
  const double interval = static_cast<double>(second) / plan_.rate;
  while (now() < end) {
    const Nanos due = first_due_ + static_cast<Nanos>(static_cast<double>(due_count_) * interval);
    if (const Nanos lag = now() - due; lag >= 0) {
      if (is_measuring_) lags_.record(lag);
      send(due_count_++ % flows_.size(), due);
      crowd_.reactor().flush();
    }
    // Once in a while even when late: what arrives must be read.
    crowd_.reactor().turn(std::min(end, due));
    if (crowd_.failure()) return *crowd_.failure();
    progress.show(due_count_);
  }
  return {};
}

Result<void> Chat::drain() {
  is_sending_ = false;
  // A server that is slow, but not silent, has lost nothing yet.
  for (std::uint64_t before = 0; under_way_ != 0 && under_way_ != before;) {
    before = under_way_;
    QUEQIAO_CHECK(crowd_.run_until(now() + nanos(plan_.drain_seconds), [this] { return under_way_ == 0; }));
  }
  return {};
}

void Chat::send(std::size_t user, Nanos due) {
  Flow& flow = flows_[user];
  stanza_ = flow.head;
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, flow.sent.count()).ptr;
  stanza_.append(digits, end).append(tail_);
  flow.sent.push(due);
  ++under_way_;
  crowd_[user].send_message(stanza_);
}

void Chat::receive(Client& receiver, std::string_view stanza, Nanos arrival) {
  if (!stanza.starts_with("<message")) return;
  const std::string_view id = attribute(stanza, "id");
  if (!id.starts_with(run_)) {
    ++stale_;
  } else if (attribute(stanza, "type") == "error") {
    ++refused_;
    --under_way_;
  } else {
    take_message(receiver, id.substr(run_.size()), arrival);
  }
}

void Chat::take_message(Client& receiver, std::string_view id, Nanos arrival) {
  const std::size_t sender = take_number(id);
  const std::uint64_t number = take_number(id);
  Flow& flow = flows_[partner_of(receiver.index())];
  // Delivered to the wrong user: to its own partner it stays lost.
  if (sender != partner_of(receiver.index()) || !flow.received.arrived(number)) return;
  --under_way_;
  const auto sent = flow.sent.take(number);
  if (is_measuring_) {
    ++delivered_;
    if (sent) latencies_.record(arrival - *sent);
  }
  if (is_sending_ && !is_open_loop()) send(sender, arrival);
}

Faults Chat::faults() const {
  Faults all;
  for (const Flow& flow : flows_) all += flow.received.faults(flow.sent.count());
  all.lost -= std::min(all.lost, refused_);
  all.refused = refused_;
  return all;
}

void Chat::describe(Report& report) const {
  report.add_latencies("latency", latencies_);
  if (is_open_loop()) report.add_latencies("generator_lag", lags_);
  std::uint64_t acknowledged = 0;
  for (std::size_t user = 0; user < flows_.size(); ++user) acknowledged += crowd_[user].acknowledged();
  if (settings_.ack_every != 0) report.add("acknowledgements", acknowledged);
  const Faults all = faults();
  report.add("lost", all.lost);
  report.add("doubled", all.doubled);
  report.add("reordered", all.reordered);
  report.add("refused", all.refused);
  report.add("stale_from_earlier_runs", stale_);
}

}  // namespace queqiao::bench
