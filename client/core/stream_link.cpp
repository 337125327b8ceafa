#include "client/core/stream_link.h"

#include <QNetworkInformation>
#include <algorithm>
#include <utility>
#include <variant>

#include "base/crypto.h"
#include "client/core/data_folder.h"
#include "client/core/qt_text.h"
#include "client/core/stream_end_text.h"

namespace queqiao::client {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds shortest_back_off{1}, longest_back_off{60};
constexpr std::chrono::seconds sleep_gap{30};  // of a timer that should have come every second

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;  // Clang 14 does not deduce it

xmpp::ClientSettings stream_settings(const LinkSettings& link) {
  xmpp::ClientSettings settings;
  const auto account = to_jid(link.account.jid).bare();
  settings.account = xmpp::Jid::from_parts(account.local(), account.domain(), link.resource).value_or(account);
  settings.password = to_utf8(link.account.password);
  const auto host = link.account.host.isEmpty() ? to_qt(account.domain()) : link.account.host;
  settings.requires_tls = !(link.account.allows_plain_loopback && is_loopback(host));
  settings.wants_registration = link.wants_registration;
  settings.idle_timeout = link.account.idle_timeout;
  settings.answer_timeout = link.account.answer_timeout;
  return settings;
}

}  // namespace

// An answer on its way out of the stream, with a copy of its stanza.
struct StreamLink::Answer {
  xmpp::IqAnswer answer;  // without its element
  xml::Document stanza;
  Answered then;
};

StreamLink::StreamLink(LinkSettings settings, QObject* parent)
    : QObject(parent),
      settings_(std::move(settings)),
      domain_(domain_of(settings_.account)),
      pins_(data_folder(settings_.account.data_folder) + "/certificates.json"),
      stream_(stream_settings(settings_)) {
  stream_timer_.setSingleShot(true);
  retry_timer_.setSingleShot(true);
  connect(&stream_timer_, &QTimer::timeout, this, [this] {
    stream_.tick(steady_clock::now());
    pump();
  });
  connect(&retry_timer_, &QTimer::timeout, this, &StreamLink::attempt);
  connect(&second_timer_, &QTimer::timeout, this, [this] { second_passed(QDateTime::currentDateTimeUtc()); });
  connect(&lookup_, &ServerLookup::found, this, [this](const QList<Endpoint>& endpoints) {
    endpoints_ = endpoints;
    next_endpoint_ = 0;
    problem_ = [this] { return tr("%1 says that it has no chat server").arg(domain_); };
    try_endpoint();
  });
  watch_network();
}

// Who has asked something is gone already: what is lost now is told to nobody.
StreamLink::~StreamLink() {
  if (connection_) connection_->close();
}

void StreamLink::start() {
  if (state_ == ConnectionState::waiting) return retry_now();
  if (state_ != ConnectionState::offline) return;
  back_off_ = shortest_back_off;
  last_second_ = QDateTime::currentDateTimeUtc();
  second_timer_.start(std::chrono::seconds(1));
  attempt();
}

void StreamLink::stop() {
  lookup_.stop();
  retry_timer_.stop();
  second_timer_.stop();
  question_.reset();
  is_held_ = false;
  if (connection_) {
    stream_.close();
    flush();
  }
  drop_connection();
  set_state(ConnectionState::offline);
}

void StreamLink::retry_now() {
  if (state_ != ConnectionState::waiting || question_ || is_held_) return;
  retry_timer_.stop();
  attempt();
}

void StreamLink::hold(Problem why) {
  if (state_ == ConnectionState::offline || question_) return;
  lookup_.stop();
  retry_timer_.stop();
  flush();
  drop_connection();
  is_held_ = true;
  problem_ = std::move(why);
  set_state(ConnectionState::waiting);
}

void StreamLink::release() {
  if (!std::exchange(is_held_, false) || state_ != ConnectionState::waiting) return;
  attempt();
}

void StreamLink::answer_certificate(bool is_accepted) {
  const auto question = std::exchange(question_, std::nullopt);
  if (!question) return;
  if (!is_accepted)
    return give_up([] { return tr("The server's certificate was not accepted."); }, xmpp::StreamEnd::not_proven);
  pins_.put(domain_, question->fingerprint);
  attempt();
}

void StreamLink::set_password(const QString& password) {
  settings_.account.password = password;
  stream_.set_password(to_utf8(password));
}

void StreamLink::attempt() {
  set_state(ConnectionState::connecting);
  lookup_.find(settings_.account);
}

void StreamLink::try_endpoint() {
  drop_connection();
  if (next_endpoint_ >= endpoints_.size()) return wait_for_retry(problem_);
  const auto endpoint = endpoints_[next_endpoint_++];
  is_direct_tls_ = endpoint.is_direct_tls;
  has_heard_ = false;
  connection_ = new Connection(domain_, this);
  connect(connection_, &Connection::opened, this, &StreamLink::opened);
  connect(connection_, &Connection::secured, this, &StreamLink::secured);
  connect(connection_, &Connection::received, this, &StreamLink::received);
  connect(connection_, &Connection::closed, this, &StreamLink::closed);
  connection_->open(endpoint);
}

void StreamLink::opened() {
  stream_.open(steady_clock::now());
  pump();
}

// Before anything of ours but the domain's name has been said.
void StreamLink::secured() {
  const auto certificate = connection_->certificate();
  if (const auto question = question_about(domain_, certificate, connection_->certificate_errors(), pins_)) {
    return ask(*question);
  }
  // "tls-exporter" (RFC 9266) needs keying material that Qt does not give out.
  const xmpp::sasl::ChannelBindings bindings{{}, server_end_point(certificate)};
  if (is_direct_tls_) {
    stream_.open(steady_clock::now(), bindings);
  } else {
    stream_.secured(bindings, steady_clock::now());
  }
  pump();
}

// The connection does not wait for people: it is made anew when they have accepted.
void StreamLink::ask(const CertificateQuestion& question) {
  drop_connection();
  problem_ = [] { return tr("the server's certificate is in question"); };
  question_ = question;
  set_state(ConnectionState::waiting);
  emit certificate_question(question);
}

void StreamLink::received(const QByteArray& bytes) {
  has_heard_ = true;
  stream_.receive(view_of(bytes), steady_clock::now());
  pump();
}

void StreamLink::closed(const QString& why) {
  problem_ = [this, why] { return tr("No connection to %1: %2").arg(domain_, why); };
  const bool may_try_next = !has_heard_;
  note_lost();
  drop_connection();
  if (may_try_next) return try_endpoint();
  wait_for_retry(problem_);
}

// What the stream wants to say goes out before its events are handled, since an event may end the connection.
void StreamLink::pump() {
  const QPointer<StreamLink> self(this);
  while (connection_) {
    const auto event = stream_.next_event(steady_clock::now());
    deliver_answers();
    if (!self || !event) break;
    handle(*event);
    if (!self) return;
  }
  if (!self) return;
  deliver_answers();
  if (!self) return;
  flush();
  arm_timer();
}

void StreamLink::deliver_answers() {
  const QPointer<StreamLink> self(this);
  while (self && !answers_.empty()) {
    auto next = std::move(answers_.front());
    answers_.pop_front();
    if (!next.stanza.empty()) next.answer.iq = next.stanza.root();
    next.then(next.answer);
  }
}

void StreamLink::flush() {
  if (connection_) connection_->send(stream_.take_output());
}

void StreamLink::arm_timer() {
  const auto deadline = connection_ ? stream_.next_deadline() : std::nullopt;
  if (!deadline) return stream_timer_.stop();
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*deadline - steady_clock::now());
  stream_timer_.start(std::max(wait, std::chrono::milliseconds(0)));
}

void StreamLink::handle(const xmpp::ClientEvent& event) {
  std::visit(Overloaded{[this](const xmpp::TlsWanted&) {
                          flush();
                          connection_->start_tls();
                        },
                        [this](const xmpp::RegistrationWanted& wanted) { emit registration_wanted(wanted.question); },
                        [this](const xmpp::Registered&) { emit registered(); },
                        [this](const xmpp::Online& news) {
                          online_since_ = steady_clock::now();
                          problem_ = {};
                          was_online_ = true;
                          flush();
                          set_state(ConnectionState::online);
                          emit online(news.is_resumed);
                        },
                        [this](const xmpp::StanzaReceived& news) { handle_stanza(news.stanza); },
                        [this](const xmpp::Acknowledged& news) { emit acknowledged(news.up_to); },
                        [this](const xmpp::StreamEnded& end) { ended(end); }},
             event);
}

void StreamLink::handle_stanza(const xml::Element& stanza) {
  const auto copy = stanza.document();
  emit stanza_received(copy.root());
}

void StreamLink::ended(const xmpp::StreamEnded& end) {
  const auto why = [end] { return explain(end); };
  note_lost();
  flush();
  drop_connection();
  if (end.reason == xmpp::StreamEnd::stream_error && end.condition == "conflict") {
    second_timer_.stop();
    problem_ = why;
    set_state(ConnectionState::offline);
    emit replaced();
    return;
  }
  if (end.may_retry && settings_.stays) return wait_for_retry(why);
  give_up(why, end.reason);
}

// A loss that comes soon after each log-in is about something that we say each time, or a server that cannot take us
// now: then we come less and less often.
void StreamLink::note_lost() {
  if (was_online_ && steady_clock::now() - online_since_ >= longest_back_off) back_off_ = shortest_back_off;
}

void StreamLink::drop_connection() {
  stream_timer_.stop();
  if (!connection_) return;
  connection_->close();
  connection_ = nullptr;
  stream_.connection_lost();
  deliver_answers();
  if (std::exchange(was_online_, false)) emit offline();
}

void StreamLink::wait_for_retry(Problem why) {
  if (!settings_.stays) return give_up(std::move(why), xmpp::StreamEnd::closed);
  problem_ = std::move(why);
  // A random part, so that not all clients of a server that comes back do so in the same moment.
  const auto wait = back_off_ + std::chrono::milliseconds(random_number() % 1000);
  back_off_ = std::min(back_off_ * 2, longest_back_off);
  next_attempt_ = QDateTime::currentDateTimeUtc().addMSecs(std::chrono::milliseconds(wait).count());
  retry_timer_.start(wait);
  set_state(ConnectionState::waiting);
}

void StreamLink::give_up(Problem why, xmpp::StreamEnd reason) {
  second_timer_.stop();
  problem_ = why;
  set_state(ConnectionState::offline);
  emit login_failed(why(), reason);
}

void StreamLink::set_state(ConnectionState state) {
  if (std::exchange(state_, state) != state) emit state_changed(state);
}

QString StreamLink::state_text() const {
  switch (state_) {
    case ConnectionState::offline:
      return problem_ ? problem_() : tr("Offline");
    case ConnectionState::connecting:
      return tr("Connecting…");
    case ConnectionState::online:
      return tr("Online");
    case ConnectionState::waiting:
      break;
  }
  if (question_) return tr("Waiting for your word about the server's certificate");
  if (is_held_) return problem_();
  const auto wait = std::max<qint64>(1, (QDateTime::currentDateTimeUtc().msecsTo(next_attempt_) + 999) / 1000);
  return tr("%1; next attempt in %n s", nullptr, static_cast<int>(wait)).arg(problem_ ? problem_() : QString());
}

void StreamLink::watch_network() {
  if (!QNetworkInformation::loadDefaultBackend()) return;
  connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
          [this](QNetworkInformation::Reachability now) {
            if (now == QNetworkInformation::Reachability::Online) retry_now();
          });
}

// Comes every second: it keeps the countdown of state_text() going, and sees from a gap that the machine slept. The
// monotonic clock stands still meanwhile, so it is the wall clock that tells. Afterwards the connection is most likely
// dead, and finding out by silence would take a minute.
void StreamLink::second_passed(const QDateTime& now) {
  const auto gap = std::exchange(last_second_, now).msecsTo(now);
  if (state_ == ConnectionState::waiting) emit state_changed(state_);
  if (gap < std::chrono::milliseconds(sleep_gap).count()) return;
  back_off_ = shortest_back_off;  // what failed before the sleep tells nothing about now
  if (state_ == ConnectionState::waiting) return retry_now();
  if (state_ != ConnectionState::online) return;
  drop_connection();
  attempt();
}

std::uint64_t StreamLink::send_message(std::string message) {
  const auto number = stream_.send_message(std::move(message), steady_clock::now());
  flush();
  arm_timer();
  return number;
}

void StreamLink::send_presence(std::string_view presence) {
  stream_.send_presence(presence);
  flush();
  arm_timer();
}

void StreamLink::request(xmpp::IqType type, const xmpp::Jid& to, std::string_view payload, Answered then) {
  const auto heard = [this, then = std::move(then)](const xmpp::IqAnswer& answer) {
    Answer copy{answer, {}, then};
    copy.answer.iq = {};
    if (answer.iq) copy.stanza = answer.iq.document();
    answers_.push_back(std::move(copy));
  };
  stream_.request(type, to, payload, steady_clock::now(), heard);
  flush();
  arm_timer();
  if (!is_online()) QTimer::singleShot(0, this, &StreamLink::deliver_answers);
}

void StreamLink::reply(std::string_view iq) {
  stream_.reply(iq);
  flush();
  arm_timer();
}

void StreamLink::submit_registration(const xmpp::Registration& answer) {
  stream_.submit_registration(answer, steady_clock::now());
  flush();
  arm_timer();
}

}  // namespace queqiao::client
