#pragma once

#include <QVBoxLayout>
#include <QWidget>

#include "client/core/account.h"
#include "client/core/contact.h"
#include "client/widgets/empty_state.h"

namespace queqiao::client {

// The notices' tab: people who want to be friends, each with what they say, and buttons to accept and refuse.
class RequestsPage final : public QWidget {
  Q_OBJECT

 public:
  explicit RequestsPage(Account& account, QWidget* parent = nullptr);

 signals:
  void accept_wanted(const queqiao::client::FriendRequest& request);
  void profile_wanted(const QString& jid);

 private:
  void refresh();
  QWidget* card(const FriendRequest& request);

  Account& account_;
  EmptyState* empty_;
  QWidget* scroll_;
  QVBoxLayout* cards_;
};

}  // namespace queqiao::client
