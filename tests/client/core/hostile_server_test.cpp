#include <QSignalSpy>
#include <QTest>

#include "client/core/messenger.h"
#include "client/core/qt_text.h"
#include "client/core/roster.h"
#include "client/core/stream_link.h"
#include "scripted_server.h"
#include "server_process.h"
#include "xmpp/namespaces.h"

namespace queqiao::client {
namespace {

using test::patience;
using test::ScriptedServer;

#define EVENTUALLY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, patience)

const std::string friends =
    "<query xmlns='jabber:iq:roster'>"
    "<item jid='juliet@localhost' subscription='both'/><item jid='mallory@localhost' subscription='both'/></query>";
const std::string private_events =
    "<query xmlns='http://jabber.org/protocol/disco#info'><identity category='pubsub' type='pep'/>"
    "<feature var='http://jabber.org/protocol/pubsub#publish-options'/></query>";

// An honest server, as far as it goes.
std::optional<std::string> usual_answer(const xml::Element& iq) {
  const auto ns = iq.first_child().ns();
  if (ns == xmpp::ns::roster) return iq.attribute("type") == "get" ? friends : std::string();
  if (ns == xmpp::ns::disco_info && iq.attribute("to") == "romeo@localhost") return private_events;
  if (ns == xmpp::ns::disco_info && iq.attribute("to").find('/') == std::string_view::npos) return private_events;
  return std::nullopt;
}

// What a server, or somebody through it, must not be able to do to the client.
class HostileServerTest : public QObject {
  Q_OBJECT

 private slots:
  void init();
  void roster_push_of_a_stranger_is_ignored();
  void private_event_of_another_account_is_ignored();
  void private_things_are_published_for_oneself_alone();
  void private_things_are_not_published_when_the_node_stays_open();
  void private_things_wait_until_it_is_known_where_they_are_private();
  void forged_capabilities_do_not_count_for_others();
  void strangers_are_told_nothing();
  void flood_of_requests_is_bounded();
  void priorities_and_resources_out_of_range_do_no_harm();
  void malformed_answer_is_survived();
  void stream_error_logs_out_only_when_it_is_the_servers_last_word();
  void end_after_each_log_in_is_waited_for_longer_and_longer_data();
  void end_after_each_log_in_is_waited_for_longer_and_longer();
  void after_a_sleep_the_first_attempts_come_soon();

 private:
  bool log_in(ScriptedServer::Answer answer = usual_answer);
  // True when everything that was sent before has been worked off.
  bool is_settled();

  QTemporaryDir folder_;
  std::unique_ptr<ScriptedServer> server_;
  std::unique_ptr<Account> account_;
  int pings_ = 0;
};

void HostileServerTest::init() {
  account_.reset();
  server_.reset();
}

bool HostileServerTest::log_in(ScriptedServer::Answer answer) {
  static int logins = 0;
  server_ = std::make_unique<ScriptedServer>(std::move(answer));
  const auto folder = folder_.path() + "/" + QString::number(++logins);
  account_ = Account::create(test::settings_for("romeo", server_->serverPort(), folder));
  account_->connect_to_server(Status::online);
  const auto is_ready = [&] { return account_->roster().contacts().size() == 2 && server_->count("<presence") > 0; };
  return QTest::qWaitFor(is_ready, patience) && is_settled();
}

bool HostileServerTest::is_settled() {
  const auto id = "ping" + std::to_string(++pings_);
  server_->send("<iq type='get' id='" + id + "' from='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");
  return QTest::qWaitFor([&] { return server_->count(QString::fromStdString(id)) > 0; }, patience);
}

void HostileServerTest::roster_push_of_a_stranger_is_ignored() {
  QVERIFY(log_in());
  const auto push = [](const std::string& from, const std::string& jid) {
    return "<iq type='set' id='p' " + from + "><query xmlns='jabber:iq:roster'><item jid='" + jid +
           "' subscription='both'/></query></iq>";
  };
  server_->send(push("from='mallory@localhost/x'", "evil@localhost"));
  server_->send(push("from='romeo@localhost.evil'", "evil@localhost"));
  server_->send(push("", "good@localhost"));
  EVENTUALLY(account_->roster().find("good@localhost"));
  QVERIFY(!account_->roster().find("evil@localhost"));
}

void HostileServerTest::private_event_of_another_account_is_ignored() {
  QVERIFY(log_in());
  const auto event = [](const std::string& from, const std::string& group) {
    return "<message from='" + from +
           "'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
           "<items node='urn:queqiao:groups:0'><item><groups xmlns='urn:queqiao:groups:0'><group>" +
           group + "</group></groups></item></items></event></message>";
  };
  server_->send(event("mallory@localhost", "Evil"));
  server_->send(event("romeo@localhost/other", "Evil"));
  server_->send(event("romeo@localhost", "Good"));
  EVENTUALLY(account_->roster().groups() == QStringList("Good"));
}

void HostileServerTest::private_things_are_published_for_oneself_alone() {
  QVERIFY(log_in());
  account_->roster().add_group("Secret");
  EVENTUALLY(server_->count("<publish node=") > 0);
  for (const auto& stanza : server_->heard().filter("<publish node=")) {
    QVERIFY(stanza.contains("pubsub#access_model"));
    QVERIFY(stanza.contains("<value>whitelist</value>"));
  }
}

void HostileServerTest::private_things_are_not_published_when_the_node_stays_open() {
  QVERIFY(log_in());
  // The node is there with another configuration, and the server does not let it be changed: publishing fails twice.
  account_->roster().add_group("Secret");
  EVENTUALLY(server_->count("<publish node=") > 0);
  QVERIFY(is_settled());
  for (const auto& stanza : server_->heard().filter("Secret")) QVERIFY(stanza.contains("whitelist"));
  QVERIFY(server_->count("jabber:iq:private") == 0);
}

void HostileServerTest::private_things_wait_until_it_is_known_where_they_are_private() {
  server_ = std::make_unique<ScriptedServer>(usual_answer);
  account_ = Account::create(test::settings_for("romeo", server_->serverPort(), folder_.path() + "/early"));
  connect(account_.get(), &Account::state_changed, account_.get(), [&](ConnectionState state) {
    if (state == ConnectionState::online) account_->roster().add_group("Early");
  });
  account_->connect_to_server(Status::online);
  EVENTUALLY(server_->count("Early") > 0);
  for (const auto& stanza : server_->heard().filter("Early")) QVERIFY(stanza.contains("whitelist"));
}

void HostileServerTest::forged_capabilities_do_not_count_for_others() {
  const std::string ver = "QgayPKawpkPSDYmwT/WM94uAlu0=";  // of nobody here
  QVERIFY(log_in([](const xml::Element& iq) -> std::optional<std::string> {
    const auto to = iq.attribute("to");
    if (iq.first_child().ns() == xmpp::ns::disco_info && to.find('/') != std::string_view::npos) {
      const std::string name = to.substr(0, to.find('@')) == "mallory" ? "Evil" : "Good";
      return "<query xmlns='http://jabber.org/protocol/disco#info'><identity category='client' type='pc' name='" +
             name + "'/></query>";
    }
    return usual_answer(iq);
  }));
  const auto presence = [&](const std::string& from) {
    return "<presence from='" + from + "'><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='n' ver='" +
           ver + "'/></presence>";
  };
  auto& roster = account_->roster();
  server_->send(presence("mallory@localhost/x"));
  EVENTUALLY(roster.find("mallory@localhost")->device == "Evil");
  server_->send(presence("juliet@localhost/y"));
  EVENTUALLY(roster.find("juliet@localhost")->device == "Good");
}

void HostileServerTest::strangers_are_told_nothing() {
  QVERIFY(log_in());
  const auto ask = [](const std::string& id, const std::string& from) {
    return "<iq type='get' id='" + id + "' from='" + from + "'><query xmlns='jabber:iq:version'/></iq>";
  };
  server_->send(ask("stranger", "stranger@elsewhere.example/x"));
  server_->send(ask("friend", "juliet@localhost/x"));
  EVENTUALLY(server_->count("'friend'") > 0);
  QVERIFY(server_->heard().filter("'friend'")[0].contains("<name>Queqiao</name>"));
  const auto to_stranger = server_->heard().filter("'stranger'");
  QCOMPARE(to_stranger.size(), 1);
  QVERIFY(to_stranger[0].contains("service-unavailable"));
}

void HostileServerTest::flood_of_requests_is_bounded() {
  QVERIFY(log_in());
  for (int i = 0; i < 500; ++i) {
    server_->send("<presence type='subscribe' from='robot" + std::to_string(i) + "@evil.example'><status>" +
                  std::string(5000, 'x') + "</status></presence>");
  }
  QVERIFY(is_settled());
  const auto requests = account_->roster().requests();
  QCOMPARE(requests.size(), 100);
  QCOMPARE(requests.last().jid, "robot499@evil.example");
  QVERIFY(requests.last().greeting.size() <= 500);
}

void HostileServerTest::priorities_and_resources_out_of_range_do_no_harm() {
  QVERIFY(log_in());
  for (int i = 0; i < 200; ++i) {
    server_->send("<presence from='juliet@localhost/" + std::to_string(i) +
                  "'><priority>99999999999</priority></presence>");
  }
  server_->send("<presence/><presence from='@@@'/><presence from='juliet@localhost/0' type='nonsense'/>");
  QVERIFY(is_settled());
  QCOMPARE(account_->roster().find("juliet@localhost")->status, Status::online);
}

void HostileServerTest::malformed_answer_is_survived() {
  QVERIFY(log_in());
  QSignalSpy failed(account_.get(), &Account::login_failed);
  account_->messenger().send_text("juliet@localhost", "said before");
  EVENTUALLY(server_->count("said before") == 1);
  server_->send("<message from='juliet@localhost/x'><body>&nbsp;</body></message>");
  EVENTUALLY(account_->state() == ConnectionState::waiting);
  QVERIFY(account_->state_text().contains("next attempt"));
  EVENTUALLY(account_->state() == ConnectionState::online);
  QVERIFY(is_settled());
  QCOMPARE(failed.size(), 0);
}

void HostileServerTest::stream_error_logs_out_only_when_it_is_the_servers_last_word() {
  const auto error = [](const std::string& condition) {
    return "<stream:error><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>";
  };
  QVERIFY(log_in());
  QSignalSpy failed(account_.get(), &Account::login_failed);
  server_->send(error("not-well-formed"));
  EVENTUALLY(account_->state() == ConnectionState::waiting);
  EVENTUALLY(account_->state() == ConnectionState::online);
  QCOMPARE(failed.size(), 0);
  server_->send(error("host-unknown"));
  EVENTUALLY(account_->state() == ConnectionState::offline);
  QCOMPARE(failed.size(), 1);
  QVERIFY(!failed[0][0].toString().isEmpty());
}

void HostileServerTest::end_after_each_log_in_is_waited_for_longer_and_longer_data() {
  QTest::addColumn<QString>("end");
  QTest::newRow("error") << "<!-- no comment -->";
  QTest::newRow("overload") << "<stream:error><policy-violation xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
                               "</stream:error>";
  QTest::newRow("cut") << "";
}

void HostileServerTest::end_after_each_log_in_is_waited_for_longer_and_longer() {
  QFETCH(QString, end);
  QVERIFY(log_in());
  const auto end_session = [&] { end.isEmpty() ? server_->drop() : server_->send(to_utf8(end)); };
  QList<int> waits;  // seconds, as the user is told when the wait begins
  connect(account_.get(), &Account::state_changed, account_.get(),
          [&, before = ConnectionState::online](auto state) mutable {
            if (std::exchange(before, state) != state && state == ConnectionState::waiting) {
              waits.append(account_->state_text().section(' ', -2, -2).toInt());
            }
            if (state == ConnectionState::online) end_session();
          });
  end_session();
  EVENTUALLY(waits.size() == 3);
  QVERIFY2(waits[1] >= 2 && waits[2] >= 4, qPrintable(account_->state_text()));
}

// The machine slept online, some time after an outage that had made the waits long.
void HostileServerTest::after_a_sleep_the_first_attempts_come_soon() {
  server_ = std::make_unique<ScriptedServer>(usual_answer);
  const auto port = server_->serverPort();
  server_->close();
  StreamLink link({test::settings_for("romeo", port, folder_.path() + "/sleeper"), "here"});
  QList<int> waits;  // seconds
  connect(&link, &StreamLink::state_changed, &link, [&, before = ConnectionState::offline](auto state) mutable {
    if (std::exchange(before, state) == state || state != ConnectionState::waiting) return;
    waits.append(link.state_text().section(' ', -2, -2).toInt());
  });
  link.start();
  EVENTUALLY(waits.size() == 2);
  QVERIFY(server_->listen(QHostAddress::LocalHost, port));
  EVENTUALLY(link.is_online());
  server_->close();
  link.second_passed(QDateTime::currentDateTimeUtc().addSecs(3600));
  EVENTUALLY(waits.size() == 3);
  QVERIFY2(waits[2] <= 2, qPrintable(link.state_text()));  // it would be four and more
}

}  // namespace
}  // namespace queqiao::client

QTEST_GUILESS_MAIN(queqiao::client::HostileServerTest)
#include "hostile_server_test.moc"
