#include <QSignalSpy>
#include <QTest>

#include "client/core/people_search.h"
#include "client/core/session.h"
#include "client/core/transfers.h"
#include "scripted_server.h"
#include "server_process.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/upload.h"
#include "xmpp/xep/user_search.h"

namespace queqiao::client::test {
namespace {

#define EVENTUALLY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, patience)

std::string info_with(std::string_view feature) {
  return "<query xmlns='http://jabber.org/protocol/disco#info'><feature var='" + std::string(feature) + "'/></query>";
}

const std::string services =
    "<query xmlns='http://jabber.org/protocol/disco#items'><item jid='dead.localhost'/>"
    "<item jid='files.localhost'/><item jid='people.localhost'/></query>";

std::optional<std::string> answer(const xml::Element& iq) {
  const auto ns = iq.first_child().ns();
  if (ns == xmpp::ns::disco_items) return services;
  if (ns != xmpp::ns::disco_info) return std::nullopt;
  if (iq.attribute("to") == "files.localhost") return info_with(xmpp::ns::upload);
  return info_with(xmpp::ns::archive);
}

}  // namespace

// What the client asks its server about itself (XEP-0030), and what waits for which answer. Nothing times out here.
class DiscoveryTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::unique_ptr<ScriptedServer> server_;
  std::unique_ptr<Account> account_;
  int accounts_ = 0;

 private slots:
  void init() {
    account_.reset();
    server_ = std::make_unique<ScriptedServer>(answer);
    server_->never_answer_for("dead.localhost");
    const auto folder = folder_.filePath(QString::number(++accounts_));
    auto settings = settings_for("romeo", server_->serverPort(), folder);
    settings.answer_timeout = settings.idle_timeout = std::chrono::hours(1);
    account_ = Account::create(settings);
  }
  void cleanup() { account_.reset(); }

  void a_dead_service_delays_neither_presence_nor_archive() {
    account_->connect_to_server(Status::online);
    EVENTUALLY(server_->count("<presence") > 0);
    EVENTUALLY(server_->count("urn:xmpp:mam:2") > 0);
  }

  void a_service_can_be_used_while_another_is_dead() {
    QCOMPARE(account_->transfers().largest_upload(), std::optional<qint64>());
    account_->connect_to_server(Status::online);
    EVENTUALLY(account_->transfers().largest_upload() > 0);
  }

  void a_search_waits_for_the_directory_alone() {
    server_->never_answer_for("people.localhost");
    account_->connect_to_server(Status::online);
    EVENTUALLY(server_->count("people.localhost") > 0);
    QSignalSpy failed(&account_->people_search(), &PeopleSearch::failed);
    account_->people_search().search({.nickname = "Juliet"});
    QCOMPARE(failed.size(), 0);
    const auto question = server_->heard().filter("to='people.localhost'").first();
    const auto id = question.section("id='", 1).section('\'', 0, 0).toStdString();
    server_->send("<iq type='result' from='people.localhost' id='" + id + "'>" + info_with(xmpp::ns::user_search) +
                  "</iq>");
    EVENTUALLY(server_->count("jabber:iq:search") > 0);
    QCOMPARE(failed.size(), 0);
  }

  void what_is_known_is_not_asked_again_when_a_session_is_resumed() {
    Session session({settings_for("romeo", server_->serverPort(), folder_.filePath("resumed")), "here"});
    QSignalSpy online(&session, &Session::online), known(&session, &Session::features_known);
    session.link().start();
    EVENTUALLY(known.size() == 1 && session.service_with(xmpp::ns::upload));
    QVERIFY(!session.knows_services());
    server_->answer_for_all();
    server_->drop();
    EVENTUALLY(online.size() == 2);
    QVERIFY(online[1][0].toBool());  // resumed
    QVERIFY(session.knows_features() && session.service_with(xmpp::ns::upload));
    EVENTUALLY(session.knows_services());
    QCOMPARE(known.size(), 1);
    QCOMPARE(server_->heard().filter("disco#info").filter("to='files.localhost'").size(), 1);
    QCOMPARE(server_->heard().filter("disco#info").filter("to='dead.localhost'").size(), 2);
  }

  void who_asks_is_not_called_when_the_session_is_destroyed() {
    bool is_called = false;
    {
      Session session({settings_for("romeo", server_->serverPort(), folder_.filePath("session")), "here"});
      session.link().start();
      EVENTUALLY(session.is_online());
      const auto dead = xmpp::Jid::parse("dead.localhost");
      session.request(xmpp::IqType::get, *dead, "<ping xmlns='urn:xmpp:ping'/>", [&](auto&&) { is_called = true; });
    }
    QVERIFY(!is_called);
  }

  void a_search_that_waits_fails_with_the_connection() {
    server_->never_answer_for("people.localhost");
    account_->connect_to_server(Status::online);
    EVENTUALLY(server_->count("people.localhost") > 0);
    QSignalSpy failed(&account_->people_search(), &PeopleSearch::failed);
    account_->people_search().search({.nickname = "Juliet"});
    account_->disconnect_from_server();
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
  }
};

}  // namespace queqiao::client::test

QTEST_GUILESS_MAIN(queqiao::client::test::DiscoveryTest)
#include "discovery_test.moc"
