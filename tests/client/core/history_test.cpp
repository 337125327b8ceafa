#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "client/core/factories.h"
#include "client/core/history/local_history.h"

namespace queqiao::client {
namespace {

const QString juliet = QStringLiteral("juliet@capulet.lit"), romeo = QStringLiteral("romeo@montague.lit");

Message text_of(const QString& chat, const QString& text, qint64 time, bool is_outgoing = false) {
  Message message;
  message.chat = chat;
  message.sender = is_outgoing ? romeo : chat;
  message.is_outgoing = is_outgoing;
  message.id = time;
  message.text = text;
  message.wire_id = QStringLiteral("w%1").arg(time);
  message.archive_id = QStringLiteral("a%1%2").arg(time).arg(text);
  message.delivery = is_outgoing ? Delivery::sent : Delivery::none;
  return message;
}

QStringList texts(const QList<Message>& messages) {
  QStringList texts;
  for (const auto& message : messages) texts.append(message.text);
  return texts;
}

qint64 at(const QDateTime& time) {
  return time.toMSecsSinceEpoch() * 1000;
}

}  // namespace

class HistoryTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::unique_ptr<History> owner_;
  LocalHistory* history_ = nullptr;

  QString path() const { return folder_.filePath("history.db"); }
  void open() {
    owner_.reset();
    owner_ = make_history(path());
    history_ = qobject_cast<LocalHistory*>(owner_.get());
  }
  qint64 add(const QString& text, qint64 time, bool is_unread = false) {
    return history_->add(text_of(juliet, text, time), {.is_unread = is_unread});
  }

 private slots:
  void init() {
    QFile::remove(path());
    QFile::remove(path() + "-wal");
    QFile::remove(path() + "-shm");
    open();
  }

  void pages_go_both_ways_without_their_anchor() {
    for (int i = 1; i <= 10; ++i) add(QString::number(i), i * 1000);
    const auto newest = history_->newest(juliet, 3);
    QCOMPARE(texts(newest), QStringList({"8", "9", "10"}));
    QCOMPARE(texts(history_->before(juliet, newest.first().id, 2)), QStringList({"6", "7"}));
    QCOMPARE(texts(history_->after(juliet, newest.first().id, 5)), QStringList({"9", "10"}));
    QCOMPARE(texts(history_->around(juliet, newest.first().id, 4)), QStringList({"6", "7", "8", "9", "10"}));
  }

  void order_is_that_of_time_and_then_of_arrival() {
    add("second", 2'000'000);
    add("third", 2'000'000);
    add("fourth", 2'000'000);
    add("first", 1'000'000);
    QCOMPARE(texts(history_->newest(juliet, 10)), QStringList({"first", "second", "third", "fourth"}));
  }

  void what_is_stored_comes_back_whole() {
    auto message = text_of(juliet, "看", 1000, true);
    message.kind = MessageKind::file;
    message.quote = Quote{"w0", juliet, "哪里?"};
    message.file =
        FileInfo{"桥.png", 12, "image/png", "https://x/1", "/tmp/1", QByteArray("\0h", 2), QSize(4, 3), "jpeg"};
    const auto id = history_->add(message, {});
    history_->set_reactions(juliet, message.wire_id, juliet, {"👍", "🎉"}, 5);
    history_->set_reactions(juliet, message.wire_id, romeo, {"👍"}, 5);
    open();
    const auto found = history_->find(id);
    QVERIFY(found && found->file && found->quote);
    QCOMPARE(found->kind, MessageKind::file);
    QCOMPARE(found->quote->text, QString("哪里?"));
    QCOMPARE(found->file->sha256, QByteArray("\0h", 2));
    QCOMPARE(found->file->picture_size, QSize(4, 3));
    QCOMPARE(found->reactions.size(), 2);
    QCOMPARE(found->reactions.first().people.size(), 2);
  }

  void words_are_found_in_both_languages() {
    add("七夕在鹊桥相会", 1000);
    add("The bridge of magpies", 2000);
    add("桥", 3000);
    history_->add(text_of("nurse@capulet.lit", "bridge and 鹊桥", 4000), {});
    QCOMPARE(texts(history_->search({.text = "鹊桥"})), QStringList({"bridge and 鹊桥", "七夕在鹊桥相会"}));
    QCOMPARE(texts(history_->search({.text = "鹊桥", .chat = juliet})), QStringList({"七夕在鹊桥相会"}));
    QCOMPARE(texts(history_->search({.text = "BRIDGE", .chat = juliet})), QStringList({"The bridge of magpies"}));
    QCOMPARE(texts(history_->search({.text = "magp"})), QStringList({"The bridge of magpies"}));
    QVERIFY(history_->search({.text = "rain"}).isEmpty());
    QVERIFY(history_->search({.text = "agpies"}).isEmpty());  // beginnings of words, not their middles
    QVERIFY(history_->search({.text = "\" OR ("}).isEmpty());
  }

  void scripts_that_touch_are_searched_each_by_its_rules() {
    add("我用Qt写的客户端，version2很快", 1000);
    add("客人很多", 2000);
    QCOMPARE(history_->search({.text = "客户"}).size(), 1);
    QCOMPARE(history_->search({.text = "户端"}).size(), 1);
    QCOMPARE(history_->search({.text = "qt客户端"}).size(), 1);
    QCOMPARE(history_->search({.text = "客户 vers"}).size(), 1);
    QCOMPARE(history_->search({.text = "客"}).size(), 2);  // one character: where a run begins, or alone
    QVERIFY(history_->search({.text = "客端"}).isEmpty());
  }

  void a_search_is_narrowed_by_person_and_day() {
    const QDate day(2026, 3, 5);
    history_->add(text_of(juliet, "moon one", at(day.startOfDay())), {});
    history_->add(text_of(juliet, "moon two", at(day.addDays(1).startOfDay()), true), {});
    history_->add(text_of(juliet, "moon three", at(day.addDays(2).startOfDay())), {});
    QCOMPARE(texts(history_->search({.text = "moon", .chat = juliet, .sender = romeo})), QStringList({"moon two"}));
    QCOMPARE(texts(history_->search({.text = "moon", .sender = juliet})), QStringList({"moon three", "moon one"}));
    QCOMPARE(texts(history_->search({.text = "moon", .from = day, .to = day})), QStringList({"moon one"}));
    QCOMPARE(texts(history_->search({.chat = juliet, .limit = 1, .offset = 1})), QStringList({"moon two"}));
  }

  void edited_and_removed_text_is_not_found_any_more() {
    const auto id = add("old words", 1000);
    QVERIFY(history_->amend(juliet, {AmendmentKind::correction, "w1000", false, "new words", 5}));
    QVERIFY(history_->search({.text = "old"}).isEmpty());
    QCOMPARE(history_->search({.text = "new"}).size(), 1);
    QVERIFY(history_->find(id)->is_edited);
    history_->remove({id});
    QVERIFY(history_->search({.text = "words"}).isEmpty());
    QVERIFY(!history_->find(id));
  }

  void a_removed_message_does_not_come_back_from_the_archive() {
    const auto message = text_of(juliet, "gone", 1000);
    history_->remove({history_->add(message, {})});
    QVERIFY(history_->was_removed(message));
    QVERIFY(!history_->was_removed(text_of(juliet, "other", 2000)));
  }

  void a_copy_is_known_by_the_archives_id_or_by_its_own() {
    auto sent = text_of(juliet, "hello", 1000, true);
    sent.archive_id.clear();
    const auto id = history_->add(sent, {});
    auto from_archive = text_of(juliet, "hello", 2000, true);
    from_archive.wire_id = sent.wire_id;
    QCOMPARE(history_->find_copy(from_archive, {}), std::optional(id));
    QCOMPARE(history_->find(id)->archive_id, from_archive.archive_id);
    auto reused = from_archive;
    reused.archive_id = "elsewhere";
    QVERIFY(!history_->find_copy(reused, {}));
    QVERIFY(history_->find_copy(reused, {.has_origin_id = true}));
    reused.sender = juliet;
    QVERIFY(!history_->find_copy(reused, {.has_origin_id = true}));
  }

  void only_the_author_corrects_and_recalls() {
    const auto id = add("hers", 1000);
    QVERIFY(!history_->amend(juliet, {AmendmentKind::correction, "w1000", true, "his", 5}));
    QVERIFY(!history_->amend(juliet, {AmendmentKind::recall, "w1000", true, {}, 5}));
    QCOMPARE(history_->find(id)->text, QString("hers"));
    QVERIFY(history_->amend(juliet, {AmendmentKind::recall, "w1000", false, {}, 5}));
    QCOMPARE(history_->find(id)->kind, MessageKind::recalled);
    QVERIFY(history_->find(id)->text.isEmpty());
  }

  void an_amendment_waits_for_its_message() {
    history_->amend(juliet, {AmendmentKind::correction, "w1000", false, "second wording", 20});
    history_->amend(juliet, {AmendmentKind::correction, "w1000", false, "first wording", 10});
    history_->amend(juliet, {AmendmentKind::correction, "w1000", true, "forged", 30});
    const auto id = add("wording", 1000);
    QCOMPARE(history_->find(id)->text, QString("second wording"));
  }

  void delivery_goes_up_only() {
    const auto id = history_->add(text_of(juliet, "hello", 1000, true), {});
    const auto later = history_->add(text_of(juliet, "again", 2000, true), {});
    QVERIFY(history_->amend(juliet, {AmendmentKind::displayed, "w1000", false, {}, 1}));
    history_->amend(juliet, {AmendmentKind::delivered, "w1000", false, {}, 2});
    history_->set_delivery(id, Delivery::failed, "late error");
    QCOMPARE(history_->find(id)->delivery, Delivery::read);
    QCOMPARE(history_->find(later)->delivery, Delivery::sent);
    history_->set_delivery(later, Delivery::failed, "no such account");
    QCOMPARE(history_->find(later)->failure, QString("no such account"));
    history_->set_delivery(later, Delivery::sending);
    QCOMPARE(history_->find(later)->delivery, Delivery::sending);
  }

  void unread_counts_follow_what_comes_and_what_is_read() {
    const auto first = add("1", 1000, true);
    const auto second = add("2", 2000, true);
    add("3", 3000, true);
    QCOMPARE(history_->conversation(juliet)->unread, 3);
    QCOMPARE(history_->first_unread(juliet), std::optional(first));
    QVERIFY(history_->mark_read(juliet, second));
    QCOMPARE(history_->conversation(juliet)->unread, 1);
    QVERIFY(!history_->mark_read(juliet, second));
    add("of before", 1500, true);  // an old one that the archive brings later
    QCOMPARE(history_->conversation(juliet)->unread, 1);
    history_->remove({*history_->first_unread(juliet)});
    QCOMPARE(history_->conversation(juliet)->unread, 0);
  }

  void conversations_are_pinned_ones_then_the_newest() {
    history_->add(text_of("a@x", "1", 1000), {});
    history_->add(text_of("b@x", "2", 2000), {});
    history_->add(text_of("c@x", "3", 3000), {});
    history_->set_pinned("a@x", true);
    history_->set_muted("b@x", true);
    const auto list = history_->conversations();
    QCOMPARE(list.size(), 3);
    QCOMPARE(list[0].jid, QString("a@x"));
    QCOMPARE(list[1].jid, QString("c@x"));
    QCOMPARE(list[2].preview, QString("2"));
    QVERIFY(list[2].is_muted);
    history_->remove_conversation("c@x");
    QCOMPARE(history_->conversations().size(), 2);
    QCOMPARE(history_->newest("c@x", 1).size(), 1);
    history_->add(text_of("c@x", "4", 4000), {});
    QCOMPARE(history_->conversations().size(), 3);
  }

  void drafts_and_the_outbox_survive_the_end_of_the_program() {
    history_->set_draft(juliet, "But soft, 什么光");
    history_->outbox().put({0, StanzaPurpose::message, 5, juliet, "w5", "<message/>", {}});
    open();
    QCOMPARE(history_->conversation(juliet)->draft, QString("But soft, 什么光"));
    QCOMPARE(history_->conversations().size(), 1);
    QCOMPARE(history_->outbox().all().size(), 1);
    history_->set_draft(juliet, {});
    QVERIFY(history_->conversation(juliet)->draft.isEmpty());
  }

  void days_with_messages_are_found_for_a_calendar() {
    for (const auto& day : {QDate(2026, 2, 1), QDate(2026, 2, 28), QDate(2026, 3, 1)}) {
      for (int i = 0; i < 5; ++i) add(QString::number(i), at(day.startOfDay()) + i * 3'600'000'000LL);
    }
    QCOMPARE(history_->days_with_messages(juliet, 2026, 2), QList<QDate>({QDate(2026, 2, 1), QDate(2026, 2, 28)}));
    QCOMPARE(history_->first_of_day(juliet, QDate(2026, 2, 3)), std::optional(at(QDate(2026, 2, 28).startOfDay())));
    QVERIFY(!history_->first_of_day(juliet, QDate(2026, 4, 1)));
  }

  void signals_come_in_order_and_after_the_commit() {
    QSignalSpy added(history_, &History::message_added);
    QSignalSpy changed(history_, &History::conversation_changed);
    {
      LocalHistory::Batch batch(*history_);
      for (int i = 1; i <= 5; ++i) add(QString::number(i), i * 1000);
      QCOMPARE(added.size(), 0);
      QVERIFY(batch.commit());
    }
    QCOMPARE(added.size(), 5);
    for (int i = 0; i < 5; ++i) QCOMPARE(added[i][0].value<Message>().text, QString::number(i + 1));
    QCOMPARE(changed.size(), 1);
  }

  void gaps_are_closed_newest_first() {
    auto& archive = history_->archive();
    QVERIFY(!archive.newest());
    archive.set_newest({"a9", 9});
    archive.add_gap({"a1", 1}, {"a3", 3});
    archive.add_gap({"a5", 5}, {"a8", 8});
    open();
    QCOMPARE(history_->archive().newest()->id, QString("a9"));
    const auto gap = history_->archive().newest_gap();
    QCOMPARE(gap->newer.id, QString("a8"));
    history_->archive().shrink_gap(gap->id, {"a7", 7});
    QCOMPARE(history_->archive().newest_gap()->newer.id, QString("a7"));
    history_->archive().close_gap(gap->id);
    QCOMPARE(history_->archive().newest_gap()->older.id, QString("a1"));
  }

  // Prints what the bars in the documentation are compared with; times are not asserted.
  void a_chat_of_100000_messages_opens_and_is_searched() {
    {
      LocalHistory::Batch batch(*history_);
      for (int i = 1; i <= 100'000; ++i) {
        const auto text = i % 1000 == 0 ? QStringLiteral("第 %1 次在鹊桥相会").arg(i)
                                        : QStringLiteral("message number %1 of a long talk 今天天气很好").arg(i);
        history_->add(text_of(juliet, text, i * 1'000'000LL, i % 2 == 0), {}, false);
      }
    }
    open();
    QElapsedTimer timer;
    const auto print = [&](const char* what) {
      qInfo("%s: %.1f ms", what, static_cast<double>(timer.nsecsElapsed()) / 1e6);
    };
    timer.start();
    QCOMPARE(history_->newest(juliet, 50).size(), 50);
    print("newest page of 100,000");
    timer.start();
    QCOMPARE(history_->around(juliet, 50'000'000'000LL, 50).size(), 51);
    print("page in the middle");
    timer.start();
    QCOMPARE(history_->search({.text = "鹊桥"}).size(), 50);
    print("search for a rare word");
    timer.start();
    QCOMPARE(history_->search({.text = "今天天气", .chat = juliet, .sender = romeo}).size(), 50);
    print("search for a frequent phrase, narrowed");
    timer.start();
    QCOMPARE(history_->search({.text = "messa"}).size(), 50);
    print("search for a beginning");
    timer.start();
    QCOMPARE(history_->conversations().size(), 1);
    print("list of conversations");
  }
};

}  // namespace queqiao::client

QTEST_GUILESS_MAIN(queqiao::client::HistoryTest)
#include "history_test.moc"
