#include "client/widgets/main/server_page.h"

#include <QHBoxLayout>
#include <QScrollArea>

#include "client/widgets/icons.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr int usual_port = 5222;

}  // namespace

ServerPage::ServerPage(LoginServices services, QWidget* parent)
    : QWidget(parent),
      services_(std::move(services)),
      back_(new IconButton("back", {})),
      title_(new QLabel),
      domain_label_(new QLabel),
      host_label_(new QLabel),
      port_label_(new QLabel),
      domain_(new QLineEdit),
      host_(new QLineEdit),
      is_automatic_(new QCheckBox),
      port_(new QSpinBox),
      test_(new QPushButton),
      done_(new QPushButton),
      wait_(new WaitLine),
      note_(new InlineNote),
      steps_(new QVBoxLayout) {
  set_kind(*title_, "title");
  set_kind(*done_, "primary");
  test_->setObjectName("test_connection");
  port_->setRange(1, 65535);
  port_->setValue(usual_port);
  port_->setButtonSymbols(QSpinBox::NoButtons);
  lay_out();
  connect(back_, &IconButton::clicked, this, &ServerPage::finished);
  connect(done_, &QPushButton::clicked, this, &ServerPage::finished);
  connect(test_, &QPushButton::clicked, this, &ServerPage::test);
  connect(is_automatic_, &QCheckBox::toggled, this, &ServerPage::refresh);
  connect(domain_, &QLineEdit::textChanged, this, &ServerPage::refresh);
  connect(domain_, &QLineEdit::returnPressed, this, &ServerPage::finished);
  is_automatic_->setChecked(true);
  follow_language(this, [this] { set_texts(); });
}

void ServerPage::lay_out() {
  auto* head = new QHBoxLayout;
  head->addWidget(back_);
  head->addWidget(title_, 1);
  auto* address = new QGridLayout;
  address->addWidget(host_label_, 0, 0);
  address->addWidget(port_label_, 0, 1);
  address->addWidget(host_, 1, 0);
  address->addWidget(port_, 1, 1);
  address->setColumnStretch(0, 3);
  address->setColumnStretch(1, 1);
  auto* inside = new QWidget;
  inside->setLayout(steps_);
  steps_->setContentsMargins(0, 4, 0, 4);
  area_ = new QScrollArea;
  area_->setWidget(inside);
  area_->setWidgetResizable(true);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(test_);
  buttons->addStretch();
  buttons->addWidget(done_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 16, 24, 16);
  column->addLayout(head);
  column->addWidget(domain_label_);
  column->addWidget(domain_);
  column->addWidget(is_automatic_);
  column->addLayout(address);
  column->addWidget(wait_);
  column->addWidget(note_);
  column->addWidget(area_, 1);
  column->addLayout(buttons);
}

void ServerPage::set_texts() {
  area_->setAccessibleName(tr("Steps of the test"));
  back_->set_name(tr("Back"));
  title_->setText(tr("Server"));
  domain_label_->setText(tr("Name of the server, what stands behind the @ of addresses"));
  domain_label_->setWordWrap(true);
  domain_->setPlaceholderText("example.org");
  domain_->setAccessibleName(tr("Name of the server"));
  is_automatic_->setText(tr("Find its address automatically"));
  host_label_->setText(tr("Host or IP address"));
  host_->setAccessibleName(tr("Host or IP address"));
  port_label_->setText(tr("Port"));
  port_->setAccessibleName(tr("Port"));
  test_->setText(tr("Test the connection"));
  done_->setText(tr("Done"));
  show_result();
}

void ServerPage::set_server(const ServerChoice& server) {
  domain_->setText(server.domain);
  is_automatic_->setChecked(server.host.isEmpty());
  host_->setText(server.host);
  port_->setValue(server.port == 0 ? usual_port : server.port);
  connection_test_.reset();
  domain_->setFocus();
  clear_steps();
}

ServerChoice ServerPage::server() const {
  const QString domain = domain_->text().trimmed().toLower();
  if (is_automatic_->isChecked() || host_->text().trimmed().isEmpty()) return {domain, {}, 0};
  return {domain, host_->text().trimmed(), quint16(port_->value())};
}

void ServerPage::refresh() {
  for (QWidget* widget : QList<QWidget*>{host_, port_, host_label_, port_label_}) {
    widget->setEnabled(!is_automatic_->isChecked());
  }
  test_->setEnabled(!domain_->text().trimmed().isEmpty());
}

void ServerPage::test() {
  clear_steps();
  wait_->set_waiting(true);
  test_->setEnabled(false);
  connection_test_ = services_.connection_test();
  connect(connection_test_.get(), &ConnectionTest::step, this, &ServerPage::add_step);
  connect(connection_test_.get(), &ConnectionTest::finished, this, [this](bool is_good) {
    wait_->set_waiting(false);
    test_->setEnabled(true);
    is_reachable_ = is_good;
    show_result();
  });
  const auto choice = server();
  AccountSettings settings;
  settings.allows_plain_loopback = services_.allows_plain_loopback;
  settings.jid = choice.domain;
  settings.host = choice.host;
  settings.port = choice.port;
  connection_test_->begin(settings);
}

void ServerPage::add_step(const QString& what, bool is_good, const QString& advice) {
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  auto* picture = new QLabel;
  picture->setPixmap(icon(is_good ? "check" : "error", is_good ? Tint::good : Tint::danger).pixmap(16, 16));
  auto* text = new QLabel(advice.isEmpty() ? what : what + '\n' + advice);
  text->setTextFormat(Qt::PlainText);
  text->setWordWrap(true);
  text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  set_kind(*text, is_good ? "faint" : "error");
  layout->addWidget(picture, 0, Qt::AlignTop);
  layout->addWidget(text, 1);
  steps_->insertWidget(steps_->count() - 1, row);
}

void ServerPage::show_result() {
  if (!is_reachable_) return;
  if (*is_reachable_) {
    note_->show_good(tr("The server can be reached."));
  } else {
    note_->show_error(tr("The server cannot be reached."));
  }
}

void ServerPage::clear_steps() {
  while (auto* item = steps_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  steps_->addStretch();
  is_reachable_.reset();
  note_->clear();
  wait_->set_waiting(false);
  refresh();
}

}  // namespace queqiao::client
