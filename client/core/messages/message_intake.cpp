#include "client/core/messages/message_intake.h"

#include <QElapsedTimer>
#include <QTimer>
#include <algorithm>
#include <iterator>
#include <utility>

namespace queqiao::client {
namespace {

constexpr qint64 slice_time = 6;                  // milliseconds; with the commit it stays below 10
constexpr std::size_t most_queued = 50'000;       // a longer queue is stored before anything else happens
constexpr qsizetype most_characters = 8'000'000;  // that may wait while nothing can be stored
constexpr std::chrono::seconds longest_back_off{60};
constexpr qsizetype quote_length = 200;  // characters

qsizetype characters_of(const ReceivedMessage& received) {
  return received.message.text.size() + received.message.game.size();
}

}  // namespace

MessageIntake::MessageIntake(LocalHistory& history, QObject* parent) : QObject(parent), history_(history) {
  retry_.setSingleShot(true);
  connect(&retry_, &QTimer::timeout, this, [this] {
    is_retrying_ = true;
    run_slice();
    is_retrying_ = false;
  });
}

void MessageIntake::put(ReceivedMessage message) {
  waiting_characters_ += characters_of(message);
  queue_.emplace_back(std::move(message));
  const bool is_long = queue_.size() > most_queued;
  if (is_long && !is_stuck()) return run_slice();
  schedule();
  if (!is_stuck() || (!is_long && waiting_characters_ <= most_characters)) return;
  is_full_ = true;
  emit full();
}

void MessageIntake::put(std::function<bool()> then) {
  queue_.emplace_back(std::move(then));
  schedule();
}

void MessageIntake::schedule() {
  if (queue_.empty() || is_stuck() || std::exchange(is_scheduled_, true)) return;
  QTimer::singleShot(0, this, [this] {
    is_scheduled_ = false;
    if (!is_stuck()) run_slice();
  });
}

void MessageIntake::run_slice() {
  store_slice() ? note_stored() : wait();
  schedule();
}

// False: what could not be stored is back in the queue.
bool MessageIntake::store_slice() {
  std::deque<Item> slice;
  LocalHistory::Batch batch(history_);
  // After the beginning of the transaction, which may have to wait for somebody else's: some item is always tried.
  QElapsedTimer timer;
  timer.start();
  const auto is_then = [&] { return !slice.empty() && std::holds_alternative<std::function<bool()>>(slice.back()); };
  while (!queue_.empty() && !is_then() && (slice.empty() || timer.elapsed() < slice_time)) {
    slice.push_back(std::move(queue_.front()));
    queue_.pop_front();
    if (auto* received = std::get_if<ReceivedMessage>(&slice.back())) {
      waiting_characters_ -= characters_of(*received);
      take(*received);
    }
  }
  const auto place = std::exchange(newest_, {});
  const auto counts = std::exchange(slice_quiet_counts_, {});
  if (!place.id.isEmpty()) history_.archive().set_newest(place);
  if (!batch.commit()) {
    put_back(std::move(slice));
    return false;
  }
  for (auto count = counts.begin(); count != counts.end(); ++count) quiet_counts_[count.key()] += count.value();
  if (!is_then()) return true;
  auto then = std::move(slice.back());
  if (std::get<std::function<bool()>>(then)()) return true;
  queue_.push_front(std::move(then));
  return false;
}

void MessageIntake::put_back(std::deque<Item> slice) {
  for (const auto& item : slice) {
    if (const auto* received = std::get_if<ReceivedMessage>(&item)) waiting_characters_ += characters_of(*received);
  }
  queue_.insert(queue_.begin(), std::move_iterator(slice.begin()), std::move_iterator(slice.end()));
}

void MessageIntake::wait() {
  retry_.start(back_off_);
  back_off_ = std::min(back_off_ * 2, longest_back_off);
}

void MessageIntake::note_stored() {
  back_off_ = std::chrono::seconds(1);
  if (std::exchange(is_full_, false)) emit has_space();
}

void MessageIntake::take(ReceivedMessage& received) {
  const auto& message = received.message;
  if (received.error) {
    if (!received.is_late) emit returned(message.sender, message.wire_id, *received.error);
    return;
  }
  const bool is_archived = received.way == Way::archive || received.way == Way::older;
  if (received.is_own && is_archived) emit own_archived(message.wire_id);
  take_references(received);
  if (received.has_content && received.corrected.isEmpty()) take_content(received);
  if (!received.is_own && !received.is_late && received.way == Way::live) {
    const auto state = received.has_content ? xmpp::ChatState::active : received.state;
    if (state) emit state_heard(message.chat, *state);
    if (received.wants_attention) history_.after_commit([this, chat = message.chat] { emit shaken(chat); });
  }
  if (is_following_ && !is_archived && !message.archive_id.isEmpty()) newest_ = {message.archive_id, received.time};
}

void MessageIntake::take_references(const ReceivedMessage& received) {
  const auto& chat = received.message.chat;
  const auto amend = [&](AmendmentKind kind, const QString& target, const QString& text = {}) {
    return !target.isEmpty() && history_.amend(chat, {kind, target, received.is_own, text, received.time});
  };
  if (received.has_content) amend(AmendmentKind::correction, received.corrected, received.message.text);
  amend(AmendmentKind::recall, received.recalled);
  if (!received.is_own) amend(AmendmentKind::delivered, received.receipt_of);
  const bool is_newly_read = amend(AmendmentKind::displayed, received.displayed);
  if (is_newly_read && received.is_own) emit read_elsewhere(chat);
  if (received.reacted_to) {
    history_.set_reactions(chat, *received.reacted_to, received.message.sender, received.reactions, received.time);
  }
}

void MessageIntake::take_content(ReceivedMessage& received) {
  auto& message = received.message;
  const bool is_new_way = received.way != Way::older;
  if (received.asks_for_receipt && !received.is_own && received.way == Way::live) {
    history_.after_commit([this, chat = message.chat, id = message.wire_id] { emit receipt_wanted(chat, id); });
  }
  if (const auto copy = history_.find_copy(message, received.traits)) return take_copy(*copy, received);
  if (history_.was_removed(message)) return;
  complete_quote(message);
  received.traits.is_unread = is_new_way && !received.is_own && message.kind != MessageKind::recalled;
  const bool is_quiet = received.way == Way::older && message.id < received.quiet_before;
  const auto id = history_.add(message, received.traits, !is_quiet);
  message.id = id;
  if (is_quiet) ++slice_quiet_counts_[message.chat];
  if (!is_new_way && !is_quiet && !received.is_own) presumed_read_.insert(id);
  // XEP-0490 leaves the reading open when its user answers from another device; who answers has read.
  if (is_new_way && received.is_own && history_.mark_read(message.chat, id)) emit read_elsewhere(message.chat);
  if (received.traits.is_unread) announce(message);
}

void MessageIntake::take_copy(qint64 copy, const ReceivedMessage& received) {
  if (received.is_own) history_.set_delivery(copy, Delivery::sent);
  if (received.message.kind == MessageKind::recalled) {
    history_.amend(received.message.chat,
                   {AmendmentKind::recall, received.message.wire_id, received.is_own, {}, received.time});
  }
  if (received.way == Way::live && presumed_read_.contains(copy) && history_.mark_unread(copy)) {
    history_.after_commit([this, copy] { presumed_read_.remove(copy); });
    if (const auto message = history_.find(copy)) announce(*message);
  }
}

// What is here tells better what was said than the words that the answer brings along.
void MessageIntake::complete_quote(Message& message) {
  if (!message.quote) return;
  for (const bool is_outgoing : {false, true}) {
    const auto id = history_.find_by_wire_id(message.chat, message.quote->id, is_outgoing);
    const auto quoted = id ? history_.find(*id) : std::nullopt;
    if (!quoted) continue;
    message.quote->author = quoted->sender;
    const auto text = quoted->file && quoted->text.isEmpty() ? quoted->file->name : quoted->text;
    if (!text.isEmpty()) message.quote->text = text.left(quote_length);
    return;
  }
}

// A later stanza of the same slice may tell that it was read elsewhere.
void MessageIntake::announce(const Message& message) {
  history_.after_commit([this, message] {
    if (history_.is_unread(message.id)) emit received(message);
  });
}

}  // namespace queqiao::client
