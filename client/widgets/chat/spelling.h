#pragma once

#include <QString>
#include <QStringList>
#include <QSyntaxHighlighter>
#include <memory>
#include <utility>
#include <vector>

namespace queqiao::client {

// Words of Latin letters in `text`, as start and length; Chinese, numbers, links and words with digits are none.
std::vector<std::pair<int, int>> latin_words(const QString& text);

// A dictionary of Hunspell. The library is loaded when the first dictionary is opened, so that who does not check
// spelling needs neither it nor the memory that a dictionary takes.
class Dictionary {
 public:
  // Of the system's language, or American English. Null: there is no library, or no dictionary.
  static std::unique_ptr<Dictionary> open(const QString& folder = QStringLiteral("/usr/share/hunspell"));
  ~Dictionary();
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;

  bool knows(const QString& word) const;
  QStringList suggestions(const QString& word) const;  // at most five

 private:
  struct Library;
  Dictionary(const Library& library, void* handle) : library_(library), handle_(handle) {}

  const Library& library_;
  void* handle_;
};

// Underlines what a dictionary does not know in a document.
class SpellingMarks : public QSyntaxHighlighter {
  Q_OBJECT

 public:
  SpellingMarks(const Dictionary& dictionary, QTextDocument* document);

 protected:
  void highlightBlock(const QString& text) override;

 private:
  const Dictionary& dictionary_;
};

}  // namespace queqiao::client
