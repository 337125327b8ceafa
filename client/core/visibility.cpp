#include "client/core/visibility.h"

#include <utility>

#include "client/core/session.h"
#include "xml/writer.h"

namespace queqiao::client {
namespace {

// XEP-0186 0.12 renamed the namespace; servers have either.
constexpr std::string_view invisible_versions[] = {"urn:xmpp:invisible:1", "urn:xmpp:invisible:0"};
constexpr std::string_view absent = "<presence type='unavailable'/>";

std::string command(std::string_view name, std::string_view ns) {
  std::string out;
  xml::Writer writer(out);
  writer.open(name, ns);
  if (name == "invisible" && ns == invisible_versions[0]) writer.attribute("probe", "true");
  writer.close();
  return out;
}

}  // namespace

Visibility::Visibility(Session& session, Avatar avatar, QObject* parent)
    : QObject(parent), session_(session), avatar_(std::move(avatar)) {
  refresh_timer_.setSingleShot(true);
  refresh_timer_.setInterval(0);
  connect(&refresh_timer_, &QTimer::timeout, this, &Visibility::show);
  connect(&session_, &Session::own_info_changed, this, &Visibility::refresh);
  connect(&session_, &Session::online, this, [this](bool is_resumed) {
    if (!is_resumed) {
      last_sent_.clear();
      invisible_ns_ = {};
      is_absent_ = has_features_ = false;
    }
    show();
  });
  connect(&session_, &Session::features_known, this, [this] {
    has_features_ = true;
    show();
  });
}

void Visibility::set_status(Status status) {
  status_ = status;
  refresh();
}

void Visibility::set_signature(const QString& signature) {
  signature_ = signature;
  refresh();
}

void Visibility::set_idle_since(std::optional<QDateTime> since) {
  idle_since_ = std::move(since);
  refresh();
}

void Visibility::refresh() {
  if (session_.is_online()) refresh_timer_.start();
}

void Visibility::show() {
  if (!session_.is_online() || status_ == Status::offline) return;
  if (is_invisible()) return become_invisible();
  become_visible();
}

void Visibility::become_visible() {
  is_absent_ = false;
  if (!invisible_ns_.empty()) {
    const auto ns = std::exchange(invisible_ns_, {});
    last_sent_.clear();
    session_.request(xmpp::IqType::set, {}, command("visible", ns), [this](const xmpp::IqAnswer&) { refresh(); });
    return;
  }
  OwnPresence presence;
  presence.status = status_;
  presence.signature = signature_;
  presence.idle_since = idle_since_;
  presence.info = session_.own_info();
  presence.avatar = avatar_();
  send(presence.to_xml());
}

// XEP-0186 4: what the server can do is known before the first presence, which would give us away.
void Visibility::become_invisible() {
  if (!has_features_ || !invisible_ns_.empty() || is_absent_) return;
  for (const auto ns : invisible_versions) {
    if (!session_.server_has(ns) && !session_.account_has(ns)) continue;
    invisible_ns_ = ns;
    session_.request(xmpp::IqType::set, {}, command("invisible", ns), [this](const xmpp::IqAnswer& answer) {
      if (answer.kind != xmpp::IqAnswer::Kind::error) return;
      invisible_ns_ = {};
      is_absent_ = true;
      if (is_invisible()) send(std::string(absent));
    });
    return;
  }
  is_absent_ = true;
  if (!last_sent_.empty()) send(std::string(absent));
}

void Visibility::send(const std::string& presence) {
  if (std::exchange(last_sent_, presence) != presence) session_.send_presence(presence);
}

}  // namespace queqiao::client
