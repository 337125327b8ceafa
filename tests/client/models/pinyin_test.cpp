#include "client/models/pinyin.h"

#include <QTest>

using namespace queqiao::client;

class PinyinTest : public QObject {
  Q_OBJECT

 private slots:
  void givesTheFirstLetterOfEachCharacter() {
    QCOMPARE(pinyin_initials(QStringLiteral("张伟")), QStringLiteral("zw"));
    QCOMPARE(pinyin_initials(QStringLiteral("欧阳娜娜")), QStringLiteral("oynn"));
    QCOMPARE(pinyin_initials(QStringLiteral("Anna 李")), QStringLiteral("annal"));
  }

  void leavesOutWhatHasNoReading() { QCOMPARE(pinyin_initials(QStringLiteral("😀~王！")), QStringLiteral("w")); }

  void findsEitherReadingOfACharacter() {
    QVERIFY(initials_contain(QStringLiteral("重庆"), QStringLiteral("cq")));
    QVERIFY(initials_contain(QStringLiteral("曾国藩"), QStringLiteral("zgf")));
    QVERIFY(!initials_contain(QStringLiteral("张伟"), QStringLiteral("lw")));
  }

  void findsAPartInTheMiddle() { QVERIFY(initials_contain(QStringLiteral("高中同学李雷"), QStringLiteral("ll"))); }
};

QTEST_GUILESS_MAIN(PinyinTest)
#include "pinyin_test.moc"
