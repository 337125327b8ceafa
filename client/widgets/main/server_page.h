#pragma once

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>
#include <QWidget>
#include <optional>

#include "client/widgets/icon_button.h"
#include "client/widgets/main/login_types.h"
#include "client/widgets/toast.h"
#include "client/widgets/wait_line.h"

namespace queqiao::client {

// Which server: its name, and its address where DNS does not tell it. Tests the connection and says what is wrong.
class ServerPage final : public QWidget {
  Q_OBJECT

 public:
  explicit ServerPage(LoginServices services, QWidget* parent = nullptr);
  void set_server(const ServerChoice& server);
  ServerChoice server() const;

 signals:
  void finished();  // the user is done, or goes back: see server()

 private:
  void lay_out();
  void set_texts();
  void refresh();
  void test();
  void add_step(const QString& what, bool is_good, const QString& advice);
  void clear_steps();
  void show_result();

  LoginServices services_;
  std::unique_ptr<ConnectionTest> connection_test_;
  std::optional<bool> is_reachable_;  // empty: not known
  IconButton* back_;
  QLabel *title_, *domain_label_, *host_label_, *port_label_;
  QLineEdit *domain_, *host_;
  QCheckBox* is_automatic_;
  QSpinBox* port_;
  QPushButton *test_, *done_;
  WaitLine* wait_;
  InlineNote* note_;
  QScrollArea* area_;  // scrolled by keyboard, since nothing in it takes the focus
  QVBoxLayout* steps_;
};

}  // namespace queqiao::client
