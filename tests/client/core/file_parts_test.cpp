#include <QCryptographicHash>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include "client/core/transfers/file_hasher.h"
#include "client/core/transfers/file_names.h"
#include "client/core/transfers/pictures.h"

namespace queqiao::client {

class FilePartsTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  void write(const QString& name, const QByteArray& bytes) {
    QFile file(folder_.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
  }
  QString name_for(const QString& name) { return QFileInfo(free_path(folder_.path(), name)).fileName(); }

 private slots:
  void a_name_stays_inside_the_folder() {
    for (const auto* evil : {"../../.bashrc", "/etc/passwd", "..\\..\\win.ini", "..", ".", "", "a/../../b", "C:\\x"}) {
      const QFileInfo path(free_path(folder_.path(), evil));
      QCOMPARE(path.absoluteDir(), QDir(folder_.path()));
      QVERIFY2(!path.fileName().startsWith('.') && !path.fileName().isEmpty(), evil);
    }
  }

  void names_that_a_system_has_reserved_are_changed() {
    QCOMPARE(name_for("con"), QString("_con"));
    QCOMPARE(name_for("NUL.txt"), QString("_NUL.txt"));
    QCOMPARE(name_for("console.txt"), QString("console.txt"));
    QCOMPARE(name_for("what?.txt"), QString("what_.txt"));
    QCOMPARE(name_for("dots..."), QString("dots"));
  }

  void nothing_is_overwritten() {
    write("桥.png", "1");
    QCOMPARE(name_for("桥.png"), QString("桥 (2).png"));
    write("桥 (2).png.part", "1");
    QCOMPARE(name_for("桥.png"), QString("桥 (3).png"));
    write("README", "1");
    QCOMPARE(name_for("README"), QString("README (2)"));
  }

  void a_picture_is_known_by_its_contents() {
    QImage image(400, 300, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QVERIFY(image.save(folder_.filePath("picture.txt"), "PNG"));
    write("text.png", "no picture at all");
    const auto picture = picture_info(folder_.filePath("picture.txt"));
    QVERIFY(picture);
    QCOMPARE(picture->size, QSize(400, 300));
    QVERIFY(!picture->thumbnail.isEmpty() && picture->thumbnail.size() <= largest_thumbnail);
    const auto small = QImage::fromData(picture->thumbnail);
    QVERIFY(!small.isNull());
    QVERIFY(qRed(small.pixel(5, 5)) > 250);  // what shines through is white
    QVERIFY(!picture_info(folder_.filePath("text.png")));
    QVERIFY(!picture_info(folder_.filePath("missing.png")));
  }

  void noise_is_made_to_fit() {
    QImage image(640, 480, QImage::Format_RGB32);
    for (int y = 0; y < 480; ++y) {
      for (int x = 0; x < 640; ++x) image.setPixel(x, y, static_cast<uint>((x * 7919) ^ (y * 104729)) * 2654435761u);
    }
    QVERIFY(image.save(folder_.filePath("noise.png")));
    const auto picture = picture_info(folder_.filePath("noise.png"));
    QVERIFY(picture && picture->thumbnail.size() <= largest_thumbnail);
  }

  void a_hash_is_of_the_whole_file() {
    const auto bytes = QByteArray("queqiao ").repeated(400'000);
    write("long", bytes);
    QByteArray hash;
    bool is_done = false;
    const auto take = [&](const QByteArray& sha256) {
      hash = sha256;
      is_done = true;
    };
    new FileHasher(folder_.filePath("long"), take, this);
    QTRY_VERIFY(is_done);
    QCOMPARE(hash, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
    is_done = false;
    new FileHasher(folder_.filePath("missing"), take, this);
    QTRY_VERIFY(is_done);
    QVERIFY(hash.isEmpty());
  }
};

}  // namespace queqiao::client

QTEST_GUILESS_MAIN(queqiao::client::FilePartsTest)
#include "file_parts_test.moc"
