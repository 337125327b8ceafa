#pragma once

#include <functional>
#include <memory>

#include "client/core/account.h"
#include "client/core/account_creation.h"

namespace queqiao::client {

// Which server, and where it is.
struct ServerChoice {
  QString domain;
  QString host;  // empty: found by DNS
  quint16 port = 0;
};

// What the log-in window asks for.
struct LoginRequest {
  AccountSettings account;
  Status status = Status::online;
  bool remembers_password = false;
  bool logs_in_by_itself = false;
};

// How the log-in window gets at the network; tests give their own.
struct LoginServices {
  std::function<std::unique_ptr<AccountCreation>()> account_creation;
  std::function<std::unique_ptr<ConnectionTest>()> connection_test;
  bool allows_plain_loopback = false;  // see AccountSettings
};

// Of a server as the pages of the log-in window show it: "example.org", "example.org at 10.0.0.1:5222".
QString shown_server(const ServerChoice& server);

}  // namespace queqiao::client

Q_DECLARE_METATYPE(queqiao::client::LoginRequest)
