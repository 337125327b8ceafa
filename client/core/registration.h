#pragma once

#include <QPointer>
#include <memory>

#include "client/core/account_creation.h"
#include "client/core/stream_link.h"
#include "xmpp/xep/registration.h"

namespace queqiao::client {

// Registers by streams of its own: one asks what the server wants to know, and another, once people have made up their
// minds, makes the account and logs in to see that it works.
class Registration final : public AccountCreation {
  Q_OBJECT

 public:
  explicit Registration(QObject* parent = nullptr) : AccountCreation(parent) {}

  void begin(const AccountSettings& server) override;
  void answer_certificate(bool is_accepted) override;
  void submit(const QString& user, const QString& password) override;
  void cancel() override;

 private:
  void connect_as(const AccountSettings& account);
  void asked(const xmpp::Registration& question);
  void answer(const xmpp::Registration& question);
  void logged_in();
  void failed_with(const QString& why, xmpp::StreamEnd reason);
  void end_link();

  AccountSettings server_;
  QString user_, password_;
  bool is_submitting_ = false;
  QPointer<StreamLink> link_;
};

// The number that the server proposes in `question` (a field of its own, filled in); empty: none.
QString proposed_number(const xmpp::Registration& question);

}  // namespace queqiao::client
