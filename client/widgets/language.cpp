#include "client/widgets/language.h"

#include <QApplication>
#include <QDir>
#include <QEvent>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>
#include <memory>
#include <vector>

#include "client/widgets/resources.h"

namespace queqiao::client {

namespace {

// The installed translators; English is what the source has, and needs none.
struct Installed {
  QString language = QStringLiteral("en");
  std::vector<std::unique_ptr<QTranslator>> translators;
};

Installed& installed() {
  static Installed it;
  return it;
}

void install(const QString& name, const QString& folder) {
  auto translator = std::make_unique<QTranslator>();
  if (!translator->load(name, folder)) return;
  QCoreApplication::installTranslator(translator.get());
  installed().translators.push_back(std::move(translator));
}

QString language_of_system() {
  return QLocale::system().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

class Follower final : public QObject {
 public:
  Follower(QWidget* widget, std::function<void()> set_texts) : QObject(widget), set_texts_(std::move(set_texts)) {
    widget->installEventFilter(this);
  }

  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::LanguageChange) set_texts_();
    return false;
  }

 private:
  std::function<void()> set_texts_;
};

}  // namespace

QStringList languages() {
  return {QStringLiteral("zh_CN"), QStringLiteral("en")};
}

void set_language(const QString& language) {
  load_resources();
  const QString wanted = languages().contains(language) ? language : language_of_system();
  auto& it = installed();
  if (it.language == wanted) return;
  it.language = wanted;
  it.translators.clear();  // a translator takes itself out
  QLocale::setDefault(QLocale(wanted));
  if (wanted == QLatin1String("en")) {
    // Without a translator nothing tells the windows; an empty one does.
    it.translators.push_back(std::make_unique<QTranslator>());
    QCoreApplication::installTranslator(it.translators.back().get());
    QEvent change(QEvent::LanguageChange);
    QCoreApplication::sendEvent(qApp, &change);
    return;
  }
  install("qtbase_" + wanted, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
  const QString folder = QStringLiteral(":/queqiao/translations");
  for (const QString& name : QDir(folder).entryList({"*_" + wanted + ".qm"})) install(name, folder);
}

QString present_language() {
  return installed().language;
}

void follow_language(QWidget* widget, std::function<void()> set_texts) {
  set_texts();
  new Follower(widget, std::move(set_texts));  // owned by the widget
}

}  // namespace queqiao::client
