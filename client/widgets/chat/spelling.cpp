#include "client/widgets/chat/spelling.h"

#include <QFile>
#include <QLibrary>
#include <QLocale>
#include <QRegularExpression>

#include "client/widgets/chat/message_text.h"
#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

constexpr int most_suggestions = 5;

QString dictionary_path(const QString& folder) {
  for (const QString& language : {QLocale::system().name(), QStringLiteral("en_US")}) {
    const QString path = folder + u'/' + language;
    if (QFile::exists(path + QStringLiteral(".aff")) && QFile::exists(path + QStringLiteral(".dic"))) return path;
  }
  return {};
}

}  // namespace

// The C interface of libhunspell (hunspell.h), found at run time.
struct Dictionary::Library {
  using Create = void* (*)(const char* affixes, const char* words);
  using Destroy = void (*)(void* handle);
  using Spell = int (*)(void* handle, const char* word);
  using Suggest = int (*)(void* handle, char*** list, const char* word);
  using FreeList = void (*)(void* handle, char*** list, int count);

  Create create = nullptr;
  Destroy destroy = nullptr;
  Spell spell = nullptr;
  Suggest suggest = nullptr;
  FreeList free_list = nullptr;

  static const Library& instance() {
    static const Library library = load();
    return library;
  }
  bool is_complete() const { return create && destroy && spell && suggest && free_list; }

 private:
  static Library load() {
    QLibrary file(QStringLiteral("hunspell-1.7"), 0);
    Library library;
    library.create = reinterpret_cast<Create>(file.resolve("Hunspell_create"));
    library.destroy = reinterpret_cast<Destroy>(file.resolve("Hunspell_destroy"));
    library.spell = reinterpret_cast<Spell>(file.resolve("Hunspell_spell"));
    library.suggest = reinterpret_cast<Suggest>(file.resolve("Hunspell_suggest"));
    library.free_list = reinterpret_cast<FreeList>(file.resolve("Hunspell_free_list"));
    return library;
  }
};

std::vector<std::pair<int, int>> latin_words(const QString& text) {
  static const QRegularExpression pattern(
      QStringLiteral(R"((?<![\p{L}\p{N}_@])\p{Latin}+(?:['’]\p{Latin}+)*(?![\p{Latin}\p{N}_@]))"),
      QRegularExpression::UseUnicodePropertiesOption);
  const QList<TextLink> links = find_links(text);
  std::vector<std::pair<int, int>> words;
  for (auto found = pattern.globalMatch(text); found.hasNext();) {
    const QRegularExpressionMatch match = found.next();
    const int start = int(match.capturedStart());
    bool is_in_link = false;
    for (const TextLink& link : links)
      is_in_link = is_in_link || (start >= link.start && start < link.start + link.length);
    if (!is_in_link) words.emplace_back(start, int(match.capturedLength()));
  }
  return words;
}

std::unique_ptr<Dictionary> Dictionary::open(const QString& folder) {
  const QString path = dictionary_path(folder);
  if (path.isEmpty()) return nullptr;
  const Library& library = Library::instance();
  if (!library.is_complete()) return nullptr;
  void* handle = library.create(QFile::encodeName(path + QStringLiteral(".aff")).constData(),
                                QFile::encodeName(path + QStringLiteral(".dic")).constData());
  if (!handle) return nullptr;
  return std::unique_ptr<Dictionary>(new Dictionary(library, handle));
}

Dictionary::~Dictionary() {
  library_.destroy(handle_);
}

bool Dictionary::knows(const QString& word) const {
  QString plain = word;
  plain.replace(u'’', u'\'');
  return library_.spell(handle_, plain.toUtf8().constData()) != 0;
}

QStringList Dictionary::suggestions(const QString& word) const {
  char** list = nullptr;
  const int count = library_.suggest(handle_, &list, word.toUtf8().constData());
  QStringList words;
  for (int i = 0; i < count && i < most_suggestions; ++i) words << QString::fromUtf8(list[i]);
  library_.free_list(handle_, &list, count);
  return words;
}

SpellingMarks::SpellingMarks(const Dictionary& dictionary, QTextDocument* document)
    : QSyntaxHighlighter(document), dictionary_(dictionary) {}

void SpellingMarks::highlightBlock(const QString& text) {
  QTextCharFormat wrong;
  wrong.setUnderlineStyle(QTextCharFormat::SpellCheckUnderline);
  wrong.setUnderlineColor(look().danger);
  for (const auto& [start, length] : latin_words(text)) {
    if (!dictionary_.knows(text.mid(start, length))) setFormat(start, length, wrong);
  }
}

}  // namespace queqiao::client
