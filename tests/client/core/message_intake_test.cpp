#include <QElapsedTimer>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include "client/core/factories.h"
#include "client/core/messages/message_intake.h"
#include "client/core/messages/shakes.h"
#include "client/core/messages/stanza_writer.h"
#include "client/core/qt_text.h"
#include "xml/parser.h"

namespace queqiao::client {
namespace {

const QString juliet = QStringLiteral("juliet@capulet.lit"), romeo = QStringLiteral("romeo@montague.lit");

ReceivedMessage message_from(const QString& sender, const QString& text, qint64 time) {
  ReceivedMessage received;
  received.is_own = sender == romeo;
  received.has_content = true;
  received.time = time;
  received.message.chat = juliet;
  received.message.sender = sender;
  received.message.is_outgoing = received.is_own;
  received.message.id = time;
  received.message.text = text;
  received.message.wire_id = QStringLiteral("w%1").arg(time);
  return received;
}

// What Juliet's client makes of `stanza` when Romeo's client sends it.
std::optional<ReceivedMessage> read_back(const std::string& stanza) {
  xml::Document document;
  const auto error =
      xml::parse_element("<message xmlns='jabber:client' from='romeo@montague.lit/x'" + stanza.substr(8), document);
  return error == xml::ParseError::none ? read_message(document.root(), to_jid(juliet), {.now = 1}) : std::nullopt;
}

}  // namespace

class MessageIntakeTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  int files_ = 0;
  std::unique_ptr<History> owner_;
  LocalHistory* history_ = nullptr;
  std::unique_ptr<MessageIntake> intake_;

  void store_all() {
    bool is_done = false;
    intake_->put([&] { return is_done = true; });
    QVERIFY(QTest::qWaitFor([&] { return is_done; }, 60'000));
  }

  // SQLite says itself that the disk is full when its file may not grow.
  void fill_disk() { history_->database().run("PRAGMA max_page_count=1"); }
  void empty_disk() { history_->database().run("PRAGMA max_page_count=1000000"); }
  bool is_stuck() {
    return QTest::qWaitFor([&] { return intake_->is_stuck(); }, 60'000);
  }

 private slots:
  void init() {
    intake_.reset();
    owner_ = make_history(folder_.filePath(QString::number(++files_)));
    history_ = qobject_cast<LocalHistory*>(owner_.get());
    intake_ = std::make_unique<MessageIntake>(*history_);
  }
  void cleanup() { intake_.reset(); }

  void a_burst_is_stored_in_order_while_the_event_loop_turns() {
    constexpr int count = 10'000;
    QList<int> heard;
    connect(intake_.get(), &MessageIntake::received, this,
            [&](const Message& message) { heard.append(message.text.toInt()); });
    for (int i = 0; i < count; ++i) intake_->put(message_from(juliet, QString::number(i), 1'000'000LL + i));
    QElapsedTimer whole, turn;
    qint64 longest = 0;
    int turns = 0;
    QTimer ticking;
    connect(&ticking, &QTimer::timeout, this, [&] {
      longest = std::max(longest, turn.restart());
      ++turns;
    });
    whole.start();
    turn.start();
    ticking.start(0);
    store_all();
    qInfo("10,000 messages in %lld ms, %d turns, the longest %lld ms", whole.elapsed(), turns, longest);
    QVERIFY(turns > 10);
    QCOMPARE(heard.size(), count);
    for (int i = 0; i < count; ++i) QCOMPARE(heard[i], i);
    QCOMPARE(history_->conversation(juliet)->unread, count);
    QCOMPARE(history_->newest(juliet, 1).first().text, QString::number(count - 1));
  }

  void the_same_message_by_two_ways_is_one() {
    auto live = message_from(juliet, "hello", 1000);
    live.traits.has_origin_id = true;
    auto archived = live;
    archived.way = Way::archive;
    archived.message.archive_id = "7";
    intake_->put(live);
    intake_->put(archived);
    intake_->put(live);
    store_all();
    QCOMPARE(history_->newest(juliet, 10).size(), 1);
    QCOMPARE(history_->newest(juliet, 1).first().archive_id, QString("7"));
    QCOMPARE(history_->conversation(juliet)->unread, 1);
  }

  void who_answers_elsewhere_has_read() {
    QSignalSpy read(intake_.get(), &MessageIntake::read_elsewhere);
    auto theirs = message_from(juliet, "question", 1000);
    auto own = message_from(romeo, "answer", 2000);
    theirs.way = own.way = Way::archive;
    intake_->put(theirs);
    intake_->put(own);
    store_all();
    QCOMPARE(history_->conversation(juliet)->unread, 0);
    QCOMPARE(read.size(), 1);
  }

  void what_a_new_machine_finds_is_read_unless_it_is_delivered_as_well() {
    auto archived = message_from(juliet, "waiting", 1000);
    archived.way = Way::older;
    archived.message.archive_id = "7";
    intake_->put(archived);
    store_all();
    QCOMPARE(history_->conversation(juliet)->unread, 0);
    auto delivered = archived;
    delivered.way = Way::live;
    intake_->put(delivered);
    store_all();
    QCOMPARE(history_->conversation(juliet)->unread, 1);
  }

  void the_place_in_the_archive_moves_only_when_nothing_is_missing_before_it() {
    auto live = message_from(juliet, "1", 1000);
    live.message.archive_id = "1";
    intake_->put(live);
    store_all();
    QVERIFY(!history_->archive().newest());
    intake_->set_following(true);
    live = message_from(juliet, "2", 2000);
    live.message.archive_id = "2";
    intake_->put(live);
    store_all();
    QCOMPARE(history_->archive().newest()->id, QString("2"));
  }

  void what_cannot_be_stored_waits_and_nothing_overtakes_it() {
    intake_->set_following(true);
    QStringList heard, expected;
    connect(intake_.get(), &MessageIntake::received, this,
            [&](const Message& message) { heard.append(message.wire_id); });
    QSignalSpy failed(history_, &LocalHistory::write_failed);
    const auto put = [&](int i) {
      auto message = message_from(juliet, QString(4000, 'x'), 1'000'000LL + i);
      message.message.archive_id = QString::number(i);
      expected.append(message.message.wire_id);
      intake_->put(message);
    };
    fill_disk();
    for (int i = 0; i < 50; ++i) put(i);
    QVERIFY(is_stuck());
    for (int i = 50; i < 60; ++i) put(i);
    QTRY_VERIFY_WITH_TIMEOUT(failed.size() > 1, 60'000);  // it is tried again
    QVERIFY(history_->newest(juliet, 1).isEmpty());
    QVERIFY(!history_->archive().newest());
    QVERIFY(heard.isEmpty());
    empty_disk();
    store_all();
    QCOMPARE(heard, expected);
    QCOMPARE(history_->newest(juliet, 100).size(), 60);
    QCOMPARE(history_->conversation(juliet)->unread, 60);
    QCOMPARE(history_->archive().newest()->id, QString("59"));
  }

  void what_another_program_locks_out_is_stored_when_it_lets_go() {
    auto other = QSqlDatabase::addDatabase("QSQLITE", "other program");
    other.setDatabaseName(folder_.filePath(QString::number(files_)));
    QVERIFY(other.open());
    QSqlQuery foreign(other);
    QVERIFY2(foreign.exec("BEGIN EXCLUSIVE"), qPrintable(foreign.lastError().text()));
    int first_failures = 0;
    QSignalSpy failed(history_, &LocalHistory::write_failed);
    connect(history_, &LocalHistory::write_failed, this, [&] { first_failures += intake_->is_retrying() ? 0 : 1; });
    for (int i = 0; i < 50; ++i) intake_->put(message_from(juliet, QString::number(i), 1'000'000LL + i));
    QVERIFY(is_stuck());
    intake_->put(message_from(juliet, "50", 1'000'050));
    QTRY_VERIFY_WITH_TIMEOUT(failed.size() > 1, 60'000);  // it is tried again
    QVERIFY(intake_->is_stuck());
    QCOMPARE(first_failures, 1);  // of which the user is told
    QVERIFY(foreign.exec("ROLLBACK"));
    store_all();
    QCOMPARE(first_failures, 1);
    const auto page = history_->newest(juliet, 100);
    QCOMPARE(page.size(), 51);
    for (int i = 0; i <= 50; ++i) QCOMPARE(page[i].text, QString::number(i));
    foreign = QSqlQuery();
    other = {};
    QSqlDatabase::removeDatabase("other program");
  }

  void what_cannot_note_its_end_runs_again() {
    int attempts = 0;
    QStringList order;
    intake_->put([&] {
      order.append("then");
      return ++attempts == 2;
    });
    intake_->put([&] {
      order.append("after it");
      return true;
    });
    QTRY_COMPARE_WITH_TIMEOUT(order, QStringList({"then", "then", "after it"}), 60'000);
  }

  void what_waits_for_the_disk_is_bounded() {
    QSignalSpy full(intake_.get(), &MessageIntake::full), has_space(intake_.get(), &MessageIntake::has_space);
    fill_disk();
    intake_->put(message_from(juliet, QString(1'000'000, 'x'), 1));
    QVERIFY(is_stuck());
    for (int i = 2; i < 8; ++i) intake_->put(message_from(juliet, QString(1'000'000, 'x'), i));
    QCOMPARE(full.size(), 0);
    for (int i = 8; i < 10; ++i) intake_->put(message_from(juliet, QString(1'000'000, 'x'), i));
    QVERIFY(full.size() > 0);
    QCOMPARE(has_space.size(), 0);
    empty_disk();
    store_all();
    QCOMPARE(has_space.size(), 1);
    QCOMPARE(history_->newest(juliet, 100).size(), 9);
  }

  void nothing_of_a_failed_transaction_is_stored() {
    fill_disk();
    LocalHistory::Batch batch(*history_);
    auto big = message_from(juliet, QString(100'000, 'x'), 1).message;
    auto small = message_from(juliet, "small", 2).message;
    history_->add(big, {});
    history_->add(small, {});
    QVERIFY(!batch.commit());
    QVERIFY(!history_->find(small.id));
  }

  void a_message_reads_as_it_was_written() {
    Message sent;
    sent.chat = juliet;
    sent.text = "two\nlines <&>";
    sent.wire_id = "id1";
    sent.quote = Quote{"q1", juliet, "first 行 😀\nsecond"};
    const auto read = read_back(message_stanza(sent));
    QVERIFY(read && read->has_content && read->asks_for_receipt && read->traits.is_markable && !read->is_own);
    QCOMPARE(read->message.text, sent.text);
    QCOMPARE(read->message.wire_id, sent.wire_id);
    QCOMPARE(read->message.chat, romeo);
    QVERIFY(read->message.quote);
    QCOMPARE(read->message.quote->id, sent.quote->id);
    QCOMPARE(read->message.quote->author, sent.quote->author);
    QCOMPARE(read->message.quote->text, sent.quote->text);
  }

  void a_file_reads_as_it_was_written() {
    Message sent;
    sent.chat = juliet;
    sent.wire_id = "id1";
    sent.kind = MessageKind::file;
    sent.file = FileInfo{.name = "桥.jpg", .size = 7, .media_type = "image/jpeg", .url = "https://x.lit/up/1"};
    sent.file->sha256 = QByteArray(32, 'h');
    sent.file->picture_size = QSize(40, 30);
    sent.file->thumbnail = QByteArray("\xff\xd8 small", 8);
    const auto read = read_back(message_stanza(sent));
    QVERIFY(read && read->message.file);
    QCOMPARE(read->message.kind, MessageKind::file);
    QVERIFY(read->message.text.isEmpty());
    QCOMPARE(read->message.file->name, sent.file->name);
    QCOMPARE(read->message.file->size, sent.file->size);
    QCOMPARE(read->message.file->url, sent.file->url);
    QCOMPARE(read->message.file->sha256, sent.file->sha256);
    QCOMPARE(read->message.file->picture_size, sent.file->picture_size);
    QCOMPARE(read->message.file->thumbnail, sent.file->thumbnail);
  }

  void a_link_of_another_client_is_a_file_only_when_it_says_so() {
    const auto plain =
        read_back("<message type='chat' to='juliet@capulet.lit'><body>https://x.lit/a.png</body></message>");
    QCOMPARE(plain->message.kind, MessageKind::text);
    const auto link = read_back(
        "<message type='chat' to='juliet@capulet.lit'><body>https://x.lit/a%20b.png</body>"
        "<x xmlns='jabber:x:oob'><url>https://x.lit/a%20b.png</url></x></message>");
    QCOMPARE(link->message.kind, MessageKind::file);
    QCOMPARE(link->message.file->name, QString("a b.png"));
    QCOMPARE(link->message.file->media_type, QString("image/png"));
    QVERIFY(!link->message.file->is_picture());
  }

  void a_delay_counts_from_the_own_server_alone() {
    const auto delayed_by = [](const char* whom) {
      return read_back(std::string("<message type='chat' to='juliet@capulet.lit'><body>b</body>"
                                   "<attention xmlns='urn:xmpp:attention:0'/>"
                                   "<delay xmlns='urn:xmpp:delay' stamp='2002-09-10T23:08:25Z' from='") +
                       whom + "'/></message>");
    };
    QCOMPARE(delayed_by("capulet.lit")->message.time.toUTC().date(), QDate(2002, 9, 10));
    QVERIFY(delayed_by("capulet.lit")->is_late);
    QVERIFY(!delayed_by("capulet.lit")->wants_attention);
    QVERIFY(!delayed_by("montague.lit")->is_late);
  }

  void what_concerns_others_is_not_read() {
    QVERIFY(!read_back("<message type='chat' to='nurse@capulet.lit'><body>b</body></message>"));
    QVERIFY(!read_back("<message type='groupchat' to='juliet@capulet.lit'><body>b</body></message>"));
  }

  void a_pause_lies_between_two_shakes() {
    Shakes shakes;
    const Shakes::Clock::time_point start{};
    QCOMPARE(shakes.until_next(juliet, start).count(), 0);
    shakes.sent(juliet, start);
    QCOMPARE(shakes.until_next(juliet, start + std::chrono::milliseconds(100)).count(), 10);
    QCOMPARE(shakes.until_next(romeo, start).count(), 0);
    QCOMPARE(shakes.until_next(juliet, start + Shakes::pause).count(), 0);
    QVERIFY(shakes.take(juliet, start));
    QVERIFY(!shakes.take(juliet, start + std::chrono::seconds(9)));
    QVERIFY(shakes.take(juliet, start + Shakes::pause));
  }
};

}  // namespace queqiao::client

QTEST_GUILESS_MAIN(queqiao::client::MessageIntakeTest)
#include "message_intake_test.moc"
