#include "client/core/account_creation.h"

#include <map>
#include <string>
#include <utility>

#include "client/core/qt_text.h"
#include "client/core/registration.h"

namespace queqiao::client {

std::unique_ptr<AccountCreation> AccountCreation::create(QObject* parent) {
  return std::make_unique<Registration>(parent);
}

QString proposed_number(const xmpp::Registration& question) {
  const auto name = to_qt(question.value("username").value_or(std::string_view()));
  const bool is_number = !name.isEmpty() && std::all_of(name.begin(), name.end(), [](QChar c) { return c.isDigit(); });
  return is_number ? name : QString();
}

void Registration::begin(const AccountSettings& server) {
  server_ = server;
  is_submitting_ = false;
  auto asking = server;
  const auto named = to_jid(server.jid);
  asking.jid = to_qt(named.domain());
  if (asking.jid.isEmpty()) return emit failed(tr("“%1” is no name of a server.").arg(server.jid));
  connect_as(asking);
}

void Registration::connect_as(const AccountSettings& account) {
  end_link();
  LinkSettings settings;
  settings.account = account;
  settings.wants_registration = true;
  settings.stays = false;
  link_ = new StreamLink(settings, this);
  connect(link_, &StreamLink::certificate_question, this, &AccountCreation::certificate_question);
  connect(link_, &StreamLink::registration_wanted, this, &Registration::asked);
  connect(link_, &StreamLink::online, this, &Registration::logged_in);
  connect(link_, &StreamLink::login_failed, this, &Registration::failed_with);
  link_->start();
}

void Registration::answer_certificate(bool is_accepted) {
  if (link_) link_->answer_certificate(is_accepted);
}

void Registration::asked(const xmpp::Registration& question) {
  if (is_submitting_) return answer(question);
  end_link();
  if (!question.form && question.fields.empty() && !question.url.empty()) {
    return emit failed(tr("This server wants people to register at %1").arg(to_qt(question.url)));
  }
  emit offered(proposed_number(question), to_qt(question.instructions).left(2000));
}

void Registration::submit(const QString& user, const QString& password) {
  const auto domain = domain_of(server_);
  const auto account = to_jid(user.trimmed() + "@" + domain);
  if (account.empty() || account.local().empty() || account.is_full()) {
    return emit refused(tr("“%1” cannot be the name of an account.").arg(user));
  }
  if (password.isEmpty()) return emit refused(tr("A password is needed."));
  is_submitting_ = true;
  user_ = to_qt(account.local());
  password_ = password;
  auto settings = server_;
  settings.jid = to_qt(account.text());
  settings.password = password;
  connect_as(settings);
}

void Registration::answer(const xmpp::Registration& question) {
  const std::map<std::string, std::string, std::less<>> known{{"username", to_utf8(user_)},
                                                              {"password", to_utf8(password_)}};
  const auto answer = xmpp::answer_registration(question, known);
  if (answer.missing.empty()) return link_->submit_registration(answer.registration);
  QStringList names;
  for (const auto& name : answer.missing) names.append(to_qt(name).left(50));
  end_link();
  emit failed(tr("This server also asks for: %1. Make the account in another way.").arg(names.join(", ")));
}

void Registration::logged_in() {
  const auto jid = bare(link_->jid());
  end_link();
  emit created(jid);
}

void Registration::failed_with(const QString& why, xmpp::StreamEnd reason) {
  end_link();
  if (reason == xmpp::StreamEnd::registration_refused) return emit refused(why);
  emit failed(why);
}

void Registration::cancel() {
  end_link();
}

// It may be the one whose signal is being handled.
void Registration::end_link() {
  if (!link_) return;
  link_->disconnect(this);
  link_->stop();
  link_->deleteLater();
  link_ = nullptr;
}

}  // namespace queqiao::client
