#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace queqiao {

// Text as terms for full-text search, the same for what is indexed and for what is asked. Any thread.
//
// A word (letters and digits of scripts with spaces between words) is one term, without upper case, cut after
// longest_term bytes. Scripts that are written without such spaces (Chinese, Japanese, Thai) and Korean, whose words
// have endings, give each two neighbouring characters: 鹊桥相会 is 鹊桥 桥相 相会. A character that stands alone is a
// term by itself, so such text is found from two characters on. Everything else, invalid UTF-8 as well, only separates.
//
// Terms consist of letters, digits and marks alone: FTS5 finds them with the tokenizer `ascii` and with `unicode61`.
inline constexpr std::size_t longest_term = 64;    // bytes
inline constexpr std::size_t terms_of_query = 64;  // the rest of a longer query is left out

// To be stored in a full-text index: the terms of `text` in its order, with a space between.
std::string index_terms(std::string_view text);

// An FTS5 MATCH expression: every word and every run of characters of `query` must be there, runs as phrases. The last
// word may be the beginning of one, as it is while somebody types, and so may characters that stand alone. Every term
// is quoted: no query is syntax. Empty when there is nothing to search for.
std::string match_expression(std::string_view query);

// The same question for an index without positions: phrases, each one or several terms with a space between, that must
// all occur as they are in a text's index_terms(). One that ends with '*' is the beginning of a word: what the query
// ends with, from shortest_beginning characters on. Fewer would be the beginning of too much.
inline constexpr std::size_t shortest_beginning = 3;
std::vector<std::string> query_phrases(std::string_view query);
bool has_phrases(std::string_view indexed_terms, const std::vector<std::string>& phrases);

// `text` without upper case, by the same rules; what is no UTF-8 is left out. For comparing names.
std::string fold_case(std::string_view text);

}  // namespace queqiao
