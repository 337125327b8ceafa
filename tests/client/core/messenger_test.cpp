#include <QSignalSpy>
#include <QTest>
#include <set>

#include "client/core/history.h"
#include "client/core/history/local_history.h"
#include "client/core/messenger.h"
#include "client/core/roster.h"
#include "client/core/session.h"
#include "client/core/settings.h"
#include "server_process.h"

namespace queqiao::client::test {
namespace {

QStringList texts(const QList<Message>& messages) {
  QStringList texts;
  for (const auto& message : messages) texts.append(message.text);
  return texts;
}

std::optional<Message> newest(Person& person, const QString& chat) {
  const auto page = person.account->history().newest(chat, 1);
  return page.isEmpty() ? std::nullopt : std::optional(page.first());
}

template <class Condition>
bool soon(Condition condition) {
  return QTest::qWaitFor(condition, patience);
}

bool has_newest(Person& person, const QString& chat, const QString& text) {
  return soon([&] {
    const auto message = newest(person, chat);
    return message && message->text == text;
  });
}

bool reaches(Person& person, qint64 id, Delivery delivery) {
  return soon([&] {
    const auto message = person.account->history().find(id);
    return message && message->delivery == delivery;
  });
}

bool catches_up(Person& person) {
  QSignalSpy caught_up(&person.account->messenger(), &Messenger::caught_up);
  return person.log_in() && (caught_up.size() > 0 || caught_up.wait(patience));
}

bool leaves(Person& person) {
  person.account->disconnect_from_server();
  return soon([&] { return person.account->state() == ConnectionState::offline; });
}

// Somebody who writes stanzas by hand, as attackers do.
struct Attacker {
  Attacker(const QString& user, quint16 port) : session({settings_for(user, port, folder.path()), "attack"}) {}
  bool log_in() {
    session.link().start();
    return soon([this] { return session.is_online(); });
  }
  void send(const QString& to, const QString& content) {
    session.send_message(QStringLiteral("<message to='%1' type='chat' id='%2'>%3</message>")
                             .arg(to, QString::fromStdString(session.make_id()), content)
                             .toStdString());
  }

  QTemporaryDir folder;
  Session session;
};

}  // namespace

class MessengerTest : public QObject {
  Q_OBJECT

  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<Person> juliet_, romeo_;

  Messenger& juliets() { return juliet_->account->messenger(); }
  Messenger& romeos() { return romeo_->account->messenger(); }
  History& juliets_history() { return juliet_->account->history(); }
  History& romeos_history() { return romeo_->account->history(); }

 private slots:
  void init() {
    server_ = std::make_unique<ServerProcess>();
    QVERIFY(server_->add_user("juliet") && server_->add_user("romeo"));
    juliet_ = std::make_unique<Person>("juliet", server_->port());
    romeo_ = std::make_unique<Person>("romeo", server_->port());
    QVERIFY(catches_up(*juliet_) && catches_up(*romeo_));
    QVERIFY(befriend(*juliet_, *romeo_));
  }
  void cleanup() {
    juliet_.reset();
    romeo_.reset();
    server_.reset();
  }

  void text_goes_both_ways_and_is_delivered_and_read() {
    QSignalSpy received(&romeos(), &Messenger::received);
    const auto id = juliets().send_text(romeo_->jid(), "七夕 & <bridge>");
    QCOMPARE(juliets_history().find(id)->delivery, Delivery::sending);
    QVERIFY(has_newest(*romeo_, juliet_->jid(), "七夕 & <bridge>"));
    QTRY_COMPARE(received.size(), 1);
    QVERIFY(reaches(*juliet_, id, Delivery::delivered));
    QCOMPARE(romeos_history().conversation(juliet_->jid())->unread, 1);
    romeos().mark_read(juliet_->jid());
    QCOMPARE(romeos_history().conversation(juliet_->jid())->unread, 0);
    QVERIFY(reaches(*juliet_, id, Delivery::read));
    romeos().send_text(juliet_->jid(), "back");
    QVERIFY(has_newest(*juliet_, romeo_->jid(), "back"));
  }

  void a_full_disk_is_told_once_and_costs_nothing() {
    auto* history = qobject_cast<LocalHistory*>(&romeos_history());
    QSignalSpy told(&romeos(), &Messenger::failed), attempts(history, &LocalHistory::write_failed);
    history->database().run("PRAGMA max_page_count=1");
    QStringList expected;
    qint64 last = 0;
    for (int i = 0; i < 20; ++i) {
      expected.append(QString::number(i) + QString(4000, 'x'));
      last = juliets().send_text(romeo_->jid(), expected.last());
    }
    QVERIFY(reaches(*juliet_, last, Delivery::sent));
    QTRY_VERIFY_WITH_TIMEOUT(attempts.size() > 2, patience);
    QCOMPARE(told.size(), 1);
    history->database().run("PRAGMA max_page_count=1000000");
    QVERIFY(has_newest(*romeo_, juliet_->jid(), expected.last()));
    QCOMPARE(texts(romeos_history().newest(juliet_->jid(), 100)), expected);
    QVERIFY(reaches(*juliet_, last, Delivery::delivered));
  }

  void what_was_acknowledged_is_noted_when_it_can_be() {
    auto* history = qobject_cast<LocalHistory*>(&juliets_history());
    const auto id = juliets().send_text(romeo_->jid(), "once");
    QSignalSpy attempts(history, &LocalHistory::write_failed);
    history->database().run("PRAGMA query_only=1");
    QTRY_VERIFY_WITH_TIMEOUT(attempts.size() > 1, patience);
    QCOMPARE(juliets_history().find(id)->delivery, Delivery::sending);
    history->database().run("PRAGMA query_only=0");
    QVERIFY(reaches(*juliet_, id, Delivery::delivered));
    QCOMPARE(romeos_history().newest(juliet_->jid(), 10).size(), 1);
  }

  void read_marks_stay_here_when_the_user_says_so() {
    romeo_->account->settings().set_value(setting::sends_read_marks, false);
    const auto first = juliets().send_text(romeo_->jid(), "1");
    QVERIFY(has_newest(*romeo_, juliet_->jid(), "1"));
    romeos().mark_read(juliet_->jid());
    romeos().send_text(juliet_->jid(), "2");
    QVERIFY(has_newest(*juliet_, romeo_->jid(), "2"));
    QCOMPARE(juliets_history().find(first)->delivery, Delivery::delivered);
  }

  void what_is_said_while_somebody_is_away_waits_for_them() {
    QVERIFY(leaves(*romeo_));
    const auto id = juliets().send_text(romeo_->jid(), "for later");
    QVERIFY(reaches(*juliet_, id, Delivery::sent));
    QVERIFY(catches_up(*romeo_));
    QVERIFY(has_newest(*romeo_, juliet_->jid(), "for later"));
    QCOMPARE(romeos_history().newest(juliet_->jid(), 10).size(), 1);
    QCOMPARE(romeos_history().conversation(juliet_->jid())->unread, 1);
  }

  void what_is_written_offline_goes_out_later() {
    QVERIFY(leaves(*juliet_));
    const auto id = juliets().send_text(romeo_->jid(), "written on a train");
    QVERIFY(catches_up(*juliet_));
    QVERIFY(has_newest(*romeo_, juliet_->jid(), "written on a train"));
    QVERIFY(reaches(*juliet_, id, Delivery::delivered));
    QCOMPARE(romeos_history().newest(juliet_->jid(), 10).size(), 1);
  }

  void a_message_to_nobody_fails_with_words() {
    const auto id = juliets().send_text("nobody@localhost", "hello?");
    QVERIFY(reaches(*juliet_, id, Delivery::failed));
    QVERIFY(!juliets_history().find(id)->failure.isEmpty());
    QVERIFY(server_->add_user("nobody"));
    juliets().resend(id);
    QVERIFY(reaches(*juliet_, id, Delivery::sent));
  }

  void an_edit_changes_the_message_at_both_ends() {
    const auto id = juliets().send_text(romeo_->jid(), "helo");
    QVERIFY(has_newest(*romeo_, juliet_->jid(), "helo"));
    juliets().edit(id, "hello");
    QCOMPARE(juliets_history().find(id)->text, QString("hello"));
    QVERIFY(has_newest(*romeo_, juliet_->jid(), "hello"));
    QVERIFY(newest(*romeo_, juliet_->jid())->is_edited);
    QCOMPARE(romeos_history().newest(juliet_->jid(), 10).size(), 1);
  }

  void an_answer_quotes_what_it_answers() {
    juliets().send_text(romeo_->jid(), "Wherefore art thou?");
    QVERIFY(has_newest(*romeo_, juliet_->jid(), "Wherefore art thou?"));
    romeos().send_text(juliet_->jid(), "Here.", newest(*romeo_, juliet_->jid())->id);
    QVERIFY(has_newest(*juliet_, romeo_->jid(), "Here."));
    const auto quote = newest(*juliet_, romeo_->jid())->quote;
    QVERIFY(quote);
    QCOMPARE(quote->text, QString("Wherefore art thou?"));
    QCOMPARE(quote->author, juliet_->jid());
  }

  void a_recall_empties_the_message_at_both_ends() {
    const auto id = juliets().send_text(romeo_->jid(), "not for you");
    QVERIFY(has_newest(*romeo_, juliet_->jid(), "not for you"));
    juliets().recall(id);
    QVERIFY(soon([&] { return juliets_history().find(id)->kind == MessageKind::recalled; }));
    QVERIFY(soon([&] { return newest(*romeo_, juliet_->jid())->kind == MessageKind::recalled; }));
    QVERIFY(newest(*romeo_, juliet_->jid())->text.isEmpty());
    QCOMPARE(juliets_history().find(id)->text, QString("not for you"));
  }

  void a_recall_that_the_server_refuses_changes_nothing() {
    QTemporaryDir folder;
    QFile config(folder.filePath("queqiaod.toml"));
    QVERIFY(config.open(QIODevice::WriteOnly) && config.write("[limits]\nretractions_per_hour = 1\n") > 0);
    config.close();
    ServerProcess strict({"--trust-loopback", "--config", config.fileName()});
    QVERIFY(strict.add_user("juliet") && strict.add_user("romeo"));
    Person juliet("juliet", strict.port());
    QVERIFY(catches_up(juliet));
    auto& messenger = juliet.account->messenger();
    auto& history = juliet.account->history();
    const auto first = messenger.send_text("romeo@localhost", "first");
    const auto second = messenger.send_text("romeo@localhost", "second");
    QVERIFY(reaches(juliet, second, Delivery::sent));
    QSignalSpy refused(&messenger, &Messenger::recall_refused);
    messenger.recall(first);
    QVERIFY(soon([&] { return history.find(first)->kind == MessageKind::recalled; }));
    messenger.recall(second);
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, patience);
    QCOMPARE(refused[0][0].toLongLong(), second);
    QVERIFY(!refused[0][1].toString().isEmpty());
    QCOMPARE(history.find(second)->kind, MessageKind::text);
    QCOMPARE(history.find(second)->text, QString("second"));
  }

  void reactions_are_one_set_per_person() {
    const auto id = juliets().send_text(romeo_->jid(), "a joke");
    QVERIFY(has_newest(*romeo_, juliet_->jid(), "a joke"));
    const auto theirs = newest(*romeo_, juliet_->jid())->id;
    const auto emoji = [&] {
      QStringList list;
      const auto message = juliets_history().find(id);
      for (const auto& reaction : message->reactions) list.append(reaction.emoji);
      return list;
    };
    romeos().react(theirs, {"😂", "👍"});
    QTRY_COMPARE_WITH_TIMEOUT(emoji(), QStringList({"😂", "👍"}), patience);
    romeos().react(theirs, {"👍"});
    QTRY_COMPARE_WITH_TIMEOUT(emoji(), QStringList({"👍"}), patience);
    romeos().react(theirs, {});
    QTRY_VERIFY_WITH_TIMEOUT(juliets_history().find(id)->reactions.isEmpty(), patience);
  }

  void a_game_carries_its_payload() {
    const QByteArray move("<game xmlns='urn:queqiao:game:1' id='g1'><move at='h8'/></game>");
    juliets().send_game(romeo_->jid(), move, "Juliet plays h8");
    QVERIFY(has_newest(*romeo_, juliet_->jid(), "Juliet plays h8"));
    const auto message = newest(*romeo_, juliet_->jid());
    QCOMPARE(message->kind, MessageKind::game);
    QVERIFY(message->game.contains("at='h8'"));
  }

  void typing_shows_while_it_lasts() {
    romeos().set_typing(juliet_->jid(), true);
    QTRY_VERIFY_WITH_TIMEOUT(juliets().is_typing(romeo_->jid()), patience);
    romeos().set_typing(juliet_->jid(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!juliets().is_typing(romeo_->jid()), patience);
    romeos().set_typing(juliet_->jid(), true);
    QTRY_VERIFY_WITH_TIMEOUT(juliets().is_typing(romeo_->jid()), patience);
    romeos().send_text(juliet_->jid(), "done");
    QTRY_VERIFY_WITH_TIMEOUT(!juliets().is_typing(romeo_->jid()), patience);
  }

  void a_shake_arrives_once_in_a_while() {
    QSignalSpy shaken(&romeos(), &Messenger::shaken);
    QCOMPARE(juliets().shake(romeo_->jid()), ShakeOutcome::sent);
    QCOMPARE(juliets().shake(romeo_->jid()), ShakeOutcome::too_soon);
    QVERIFY(juliets().until_next_shake(romeo_->jid()).count() > 0);
    QTRY_COMPARE_WITH_TIMEOUT(shaken.size(), 1, patience);
    QCOMPARE(newest(*romeo_, juliet_->jid())->kind, MessageKind::notice);
    QCOMPARE(newest(*juliet_, romeo_->jid())->kind, MessageKind::notice);
  }

  void a_muted_friend_does_not_shake() {
    QSignalSpy shaken(&romeos(), &Messenger::shaken);
    romeos_history().set_muted(juliet_->jid(), true);
    QCOMPARE(juliets().shake(romeo_->jid()), ShakeOutcome::sent);
    juliets().send_text(romeo_->jid(), "after the shake");
    QVERIFY(has_newest(*romeo_, juliet_->jid(), "after the shake"));
    QCOMPARE(shaken.size(), 0);
  }

  void another_device_hears_both_sides_and_stops_flashing() {
    Person phone("juliet", server_->port());
    QVERIFY(catches_up(phone));
    const auto sent = juliets().send_text(romeo_->jid(), "from the desk");
    QVERIFY(has_newest(phone, romeo_->jid(), "from the desk"));
    QVERIFY(newest(phone, romeo_->jid())->is_outgoing);
    QVERIFY(reaches(phone, newest(phone, romeo_->jid())->id, Delivery::delivered));
    QVERIFY(reaches(*juliet_, sent, Delivery::delivered));
    romeos().send_text(juliet_->jid(), "to both");
    QVERIFY(has_newest(phone, romeo_->jid(), "to both") && has_newest(*juliet_, romeo_->jid(), "to both"));
    QCOMPARE(phone.account->history().conversation(romeo_->jid())->unread, 1);
    QSignalSpy read_elsewhere(&phone.account->messenger(), &Messenger::read_elsewhere);
    juliets().mark_read(romeo_->jid());
    QTRY_COMPARE_WITH_TIMEOUT(phone.account->history().conversation(romeo_->jid())->unread, 0, patience);
    QVERIFY(read_elsewhere.size() > 0);
  }

  // XEP-0490 alone: no marker goes to Romeo, whose copy (XEP-0280) would say it as well.
  void what_was_read_on_one_device_is_read_on_the_other() {
    Person phone("juliet", server_->port());
    QVERIFY(catches_up(phone));
    const auto unread = [&] {
      const auto conversation = phone.account->history().conversation(romeo_->jid());
      return conversation ? conversation->unread : -1;
    };
    for (auto* device : {juliet_.get(), &phone}) {
      device->account->settings().set_value(setting::sends_read_marks, false);
    }
    for (int i = 1; i <= 3; ++i) {
      romeos().send_text(juliet_->jid(), QString::number(i));
      QVERIFY(has_newest(*juliet_, romeo_->jid(), QString::number(i)));
    }
    QTRY_COMPARE_WITH_TIMEOUT(unread(), 3, patience);
    QSignalSpy read_elsewhere(&phone.account->messenger(), &Messenger::read_elsewhere);
    juliets().mark_read(romeo_->jid());
    QTRY_COMPARE_WITH_TIMEOUT(unread(), 0, patience);
    QVERIFY(read_elsewhere.size() > 0);

    QVERIFY(leaves(phone));
    romeos().send_text(juliet_->jid(), "4");
    QVERIFY(has_newest(*juliet_, romeo_->jid(), "4"));
    juliets().mark_read(romeo_->jid());
    QVERIFY(catches_up(phone));
    QVERIFY(has_newest(phone, romeo_->jid(), "4"));
    QTRY_COMPARE_WITH_TIMEOUT(unread(), 0, patience);
    romeos().send_text(juliet_->jid(), "5");
    QTRY_COMPARE_WITH_TIMEOUT(unread(), 1, patience);
  }

  void days_away_are_caught_up_without_gaps_or_copies() {
    juliets().send_text(romeo_->jid(), "before");
    QVERIFY(has_newest(*romeo_, juliet_->jid(), "before"));
    QVERIFY(leaves(*romeo_));
    QStringList expected{"before"};
    qint64 last = 0;
    for (int i = 0; i < 350; ++i) {
      expected.append(QString::number(i));
      last = juliets().send_text(romeo_->jid(), QString::number(i));
    }
    QVERIFY(reaches(*juliet_, last, Delivery::sent));
    // Another device of Romeo's takes them first: for this one they are in the archive alone.
    Person phone("romeo", server_->port());
    QVERIFY(catches_up(phone));
    QVERIFY(has_newest(phone, juliet_->jid(), "349"));
    QVERIFY(leaves(phone));
    QVERIFY(catches_up(*romeo_));
    QTRY_COMPARE_WITH_TIMEOUT(romeos_history().newest(juliet_->jid(), 1000).size(), expected.size(), patience);
    QCOMPARE(texts(romeos_history().newest(juliet_->jid(), 1000)), expected);
  }

  void a_new_machine_pages_back_on_demand() {
    qint64 last = 0;
    QStringList expected;
    for (int i = 0; i < 260; ++i) {
      expected.append(QString::number(i));
      last = juliets().send_text(romeo_->jid(), QString::number(i));
    }
    QVERIFY(reaches(*juliet_, last, Delivery::delivered));
    Person machine("juliet", server_->port());
    QVERIFY(catches_up(machine));
    QVERIFY(has_newest(machine, romeo_->jid(), "259"));
    QCOMPARE(machine.account->history().conversation(romeo_->jid())->unread, 0);
    QSignalSpy loaded(&machine.account->messenger(), &Messenger::older_loaded);
    for (bool is_complete = false; !is_complete; is_complete = loaded.takeFirst()[1].toBool()) {
      machine.account->messenger().load_older(romeo_->jid());
      QVERIFY(loaded.size() > 0 || loaded.wait(patience));
    }
    QCOMPARE(texts(machine.account->history().newest(romeo_->jid(), 1000)), expected);
    machine.account->messenger().load_older(romeo_->jid());
    QVERIFY(loaded.size() > 0 || loaded.wait(patience));
    QVERIFY(loaded.first()[1].toBool());
  }

  void strangers_speak_for_nobody_else() {
    const auto id = juliets().send_text(romeo_->jid(), "true words");
    QVERIFY(has_newest(*romeo_, juliet_->jid(), "true words"));
    const auto theirs = *newest(*romeo_, juliet_->jid());
    QVERIFY(server_->add_user("tybalt"));
    Attacker tybalt("tybalt", server_->port());
    QVERIFY(tybalt.log_in());
    const auto forged = QStringLiteral(
                            "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='%1/x' to='%2' "
                            "type='chat' id='f1'><body>forged</body></message></forwarded>")
                            .arg(juliet_->jid(), romeo_->jid());
    tybalt.send(romeo_->jid(), "<received xmlns='urn:xmpp:carbons:2'>" + forged + "</received>");
    tybalt.send(romeo_->jid(),
                "<result xmlns='urn:xmpp:mam:2' queryid='q' id='9'>" + forged + "</result><body>x</body>");
    tybalt.send(romeo_->jid(),
                "<body>worse words</body><replace xmlns='urn:xmpp:message-correct:0' id='" + theirs.wire_id + "'/>");
    tybalt.send(romeo_->jid(), "<body/><retract xmlns='urn:xmpp:message-retract:1' id='" + theirs.wire_id + "'/>");
    tybalt.send(juliet_->jid(), "<received xmlns='urn:xmpp:receipts' id='" + theirs.wire_id + "'/><body>y</body>");
    tybalt.send(romeo_->jid(), "<body>that was all</body>");
    QVERIFY(has_newest(*romeo_, "tybalt@localhost", "that was all"));
    QCOMPARE(texts(romeos_history().newest(juliet_->jid(), 10)), QStringList({"true words"}));
    QCOMPARE(romeos_history().find(theirs.id)->kind, MessageKind::text);
    QVERIFY(!romeos_history().find(theirs.id)->is_edited);
    QCOMPARE(juliets_history().find(id)->text, QString("true words"));
  }
};

}  // namespace queqiao::client::test

QTEST_GUILESS_MAIN(queqiao::client::test::MessengerTest)
#include "messenger_test.moc"
