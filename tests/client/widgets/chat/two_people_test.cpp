// Two chat windows, two real accounts, one real server.
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTextEdit>

#include "client/core/history.h"
#include "client/core/messenger.h"
#include "client/core/settings.h"
#include "client/widgets/chat/chat_view.h"
#include "client/widgets/chat/composer.h"
#include "client/widgets/chat/message_edit.h"
#include "client/widgets/chat/message_list.h"
#include "client/widgets/chat/one_line_label.h"
#include "client/widgets/theme.h"
#include "tests/client/core/server_process.h"

using namespace queqiao::client;
using namespace queqiao::client::test;

namespace {

// A person in front of the chat with another.
struct Window {
  Window(Person& who, const QString& with) : person(who), chat(with), view(*who.account, with) {
    view.resize(520, 560);
    view.show();
  }
  void write(const QString& text) {
    QTest::keyClicks(&view.composer().edit(), text);
    QTest::keyClick(&view.composer().edit(), Qt::Key_Return);
  }
  std::optional<Message> newest() const {
    const QList<Message> page = person.account->history().newest(chat, 1);
    return page.isEmpty() ? std::nullopt : std::optional(page.first());
  }
  bool shows(const QString& text) const {
    const auto* rows = view.findChild<MessageList*>()->model();
    return QTest::qWaitFor(
        [&] { return rows->rowCount() > 0 && rows->index(rows->rowCount() - 1, 0).data().toString() == text; },
        patience);
  }

  Person& person;
  QString chat;
  ChatView view;
};

}  // namespace

class TwoPeopleTest : public QObject {
  Q_OBJECT

  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<Person> juliet_, romeo_;

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    set_look(false, 100);
    server_ = std::make_unique<ServerProcess>();
    QVERIFY(server_->add_user("juliet") && server_->add_user("romeo"));
    juliet_ = std::make_unique<Person>("juliet", server_->port());
    romeo_ = std::make_unique<Person>("romeo", server_->port());
    QVERIFY(juliet_->log_in() && romeo_->log_in());
    QVERIFY(befriend(*juliet_, *romeo_));
  }
  void cleanupTestCase() {
    juliet_.reset();
    romeo_.reset();
    server_.reset();
  }

  void what_one_types_the_other_sees_and_both_see_that_it_was_read() {
    Window juliets(*juliet_, romeo_->jid()), romeos(*romeo_, juliet_->jid());
    juliets.write(QStringLiteral("hello"));
    QVERIFY(romeos.shows(QStringLiteral("hello")));
    romeos.view.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&romeos.view));
    romeos.view.come_to_front();
    QTRY_COMPARE_WITH_TIMEOUT(juliets.newest()->delivery, Delivery::read, patience);
    romeos.write(QStringLiteral("hello yourself"));
    QVERIFY(juliets.shows(QStringLiteral("hello yourself")));
  }

  void a_recalled_message_is_gone_there_and_can_be_edited_again_here() {
    Window juliets(*juliet_, romeo_->jid()), romeos(*romeo_, juliet_->jid());
    juliets.write(QStringLiteral("oops"));
    QVERIFY(romeos.shows(QStringLiteral("oops")));
    juliet_->account->messenger().recall(juliets.newest()->id);
    QTRY_COMPARE_WITH_TIMEOUT(romeos.newest()->kind, MessageKind::recalled, patience);
    QVERIFY(romeos.newest()->text.isEmpty());
    emit juliets.view.list().edit_again_wanted(juliets.newest()->id);
    QCOMPARE(juliets.view.composer().text(), QStringLiteral("oops"));
    QTest::keyClick(&juliets.view.composer().edit(), Qt::Key_Return);
    QVERIFY(romeos.shows(QStringLiteral("oops")));
  }

  void up_and_enter_correct_what_the_other_sees() {
    Window juliets(*juliet_, romeo_->jid()), romeos(*romeo_, juliet_->jid());
    juliets.write(QStringLiteral("tpyo"));
    QVERIFY(romeos.shows(QStringLiteral("tpyo")));
    QTRY_VERIFY_WITH_TIMEOUT(juliets.newest()->delivery != Delivery::sending, patience);
    QTest::keyClick(&juliets.view.composer().edit(), Qt::Key_Up);
    juliets.view.composer().set_text(QStringLiteral("typo"));
    QTest::keyClick(&juliets.view.composer().edit(), Qt::Key_Return);
    QVERIFY(romeos.shows(QStringLiteral("typo")));
  }

  void a_shake_arrives() {
    Window juliets(*juliet_, romeo_->jid()), romeos(*romeo_, juliet_->jid());
    QSignalSpy shaken(&romeo_->account->messenger(), &Messenger::shaken);
    emit juliets.view.composer().shake_wanted();
    QTRY_COMPARE_WITH_TIMEOUT(shaken.count(), 1, patience);
    QCOMPARE(shaken.first().first().toString(), juliet_->jid());
    QTRY_COMPARE_WITH_TIMEOUT(romeos.newest()->kind, MessageKind::notice, patience);
  }

  void what_is_typed_without_a_connection_goes_out_with_the_next_one() {
    Window juliets(*juliet_, romeo_->jid()), romeos(*romeo_, juliet_->jid());
    juliet_->account->disconnect_from_server();
    QTRY_COMPARE_WITH_TIMEOUT(juliet_->account->state(), ConnectionState::offline, patience);
    juliets.write(QStringLiteral("later"));
    QVERIFY(juliets.shows(QStringLiteral("later")));
    QCOMPARE(juliets.newest()->delivery, Delivery::sending);
    QVERIFY(juliet_->log_in());
    QVERIFY(romeos.shows(QStringLiteral("later")));
  }
};

QTEST_MAIN(TwoPeopleTest)
#include "two_people_test.moc"
