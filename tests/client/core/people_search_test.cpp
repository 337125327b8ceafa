#include <QSignalSpy>
#include <QTest>

#include "client/core/people_search.h"
#include "client/core/settings.h"
#include "scripted_server.h"
#include "server_process.h"

namespace queqiao::client {
namespace {

using test::patience;
using test::Person;
using test::ScriptedServer;
using test::ServerProcess;

#define EVENTUALLY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, patience)

constexpr int crowd = 21;  // one more than a page

// The server's directory, ours and one without a form.
class PeopleSearchTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void finds_by_number_and_by_profile();
  void brings_page_after_page();
  void too_little_is_refused_in_words();
  void whoever_does_not_want_to_be_found_is_not();
  void directory_without_a_form_is_asked_by_its_fields();

 private:
  // What a search brings, first page only; nothing when it failed.
  std::optional<QList<FoundPerson>> found(const PeopleQuery& query);

  ServerProcess server_;
  std::vector<std::unique_ptr<Person>> people_;
};

void PeopleSearchTest::initTestCase() {
  qRegisterMetaType<QList<FoundPerson>>();
  for (int i = 0; i < crowd; ++i) {
    const auto name = QString("montague%1").arg(i);
    QVERIFY(server_.add_user(name));
    people_.push_back(std::make_unique<Person>(name, server_.port()));
    auto& person = *people_.back();
    QVERIFY(person.log_in());
    Profile profile;
    profile.nickname = "Nick" + QString::number(i);
    profile.full_name = "Romeo Montague";
    profile.city = "Verona";
    profile.gender = i == 0 ? Gender::female : Gender::male;
    profile.birthday = QDate::currentDate().addYears(-20 - i).addDays(-30);
    QString answer = "none";
    person.account->profiles().save_own(profile, [&](const QString& error) { answer = error; });
    QTRY_COMPARE_WITH_TIMEOUT(answer, "", patience);
  }
}

std::optional<QList<FoundPerson>> PeopleSearchTest::found(const PeopleQuery& query) {
  auto& search = people_.front()->account->people_search();
  QSignalSpy pages(&search, &PeopleSearch::found), failures(&search, &PeopleSearch::failed);
  search.search(query);
  const bool has_come = QTest::qWaitFor([&] { return !pages.isEmpty() || !failures.isEmpty(); }, patience);
  if (!has_come || pages.isEmpty()) return std::nullopt;
  return pages[0][0].value<QList<FoundPerson>>();
}

void PeopleSearchTest::finds_by_number_and_by_profile() {
  PeopleQuery by_user;
  by_user.number = "montague7";
  const auto one = found(by_user);
  QVERIFY(one);
  QCOMPARE(one->size(), 1);
  QCOMPARE(one->front().jid, "montague7@localhost");
  QCOMPARE(one->front().nickname, "Nick7");
  QCOMPARE(one->front().age, 27);
  QVERIFY(one->front().is_online);

  PeopleQuery by_profile;
  by_profile.city = "Vero";
  by_profile.gender = Gender::female;
  const auto women = found(by_profile);
  QVERIFY(women);
  QCOMPARE(women->size(), 1);
  QCOMPARE(women->front().jid, "montague0@localhost");
  QCOMPARE(women->front().gender, Gender::female);

  PeopleQuery by_age;
  by_age.city = "Verona";
  by_age.age_from = 38;
  by_age.age_to = 39;
  const auto older = found(by_age);
  QVERIFY(older);
  QCOMPARE(older->size(), 2);
}

void PeopleSearchTest::brings_page_after_page() {
  auto& search = people_.front()->account->people_search();
  QSignalSpy pages(&search, &PeopleSearch::found);
  PeopleQuery query;
  query.city = "Verona";
  search.search(query);
  EVENTUALLY(pages.size() == 1);
  QVERIFY(pages[0][1].toBool());
  QVERIFY(pages[0][2].toBool());
  search.more();
  EVENTUALLY(pages.size() == 2);
  QVERIFY(!pages[1][1].toBool());
  QVERIFY(!pages[1][2].toBool());
  QSet<QString> all;
  for (const auto& page : pages) {
    for (const auto& person : page[0].value<QList<FoundPerson>>()) all.insert(person.jid);
  }
  QCOMPARE(all.size(), crowd);
}

void PeopleSearchTest::too_little_is_refused_in_words() {
  auto& search = people_.front()->account->people_search();
  QSignalSpy failures(&search, &PeopleSearch::failed);
  search.search({});
  EVENTUALLY(failures.size() == 1);
  QVERIFY(!failures[0][0].toString().isEmpty());
}

void PeopleSearchTest::whoever_does_not_want_to_be_found_is_not() {
  people_.back()->account->settings().set_value(setting::may_be_found, false);
  PeopleQuery query;
  query.number = QString("montague%1").arg(crowd - 1);
  EVENTUALLY(found(query) && found(query)->isEmpty());
}

void PeopleSearchTest::directory_without_a_form_is_asked_by_its_fields() {
  const std::string features =
      "<query xmlns='http://jabber.org/protocol/disco#info'><feature var='jabber:iq:search'/></query>";
  ScriptedServer old([&](const xml::Element& iq) -> std::optional<std::string> {
    const auto payload = iq.first_child();
    if (payload.ns() == "http://jabber.org/protocol/disco#info") return features;
    if (payload.ns() != "jabber:iq:search") return std::nullopt;
    const std::string answer = "<query xmlns='jabber:iq:search'>";
    if (iq.attribute("type") == "get") return answer + "<first/><last/><nick/><email/></query>";
    return answer +
           "<item jid='juliet@old.example'><first>Juliet</first><last>Capulet</last><nick>Jule</nick></item></query>";
  });
  Person person("romeo", old.serverPort());
  QVERIFY(person.log_in());
  auto& search = person.account->people_search();
  QSignalSpy pages(&search, &PeopleSearch::found);
  PeopleQuery query;
  query.nickname = "Jule";
  // Until the directory is known, a search says that there is none.
  EVENTUALLY((search.search(query), QTest::qWait(20), !pages.isEmpty()));
  const auto people = pages[0][0].value<QList<FoundPerson>>();
  QCOMPARE(people.size(), 1);
  QCOMPARE(people[0].full_name, "Juliet Capulet");
  QVERIFY(old.count("<nick>Jule</nick>") > 0);
}

}  // namespace
}  // namespace queqiao::client

QTEST_GUILESS_MAIN(queqiao::client::PeopleSearchTest)
#include "people_search_test.moc"
