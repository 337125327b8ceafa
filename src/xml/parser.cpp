#include "xml/parser.h"

#include <algorithm>
#include <utility>

#include "xml/characters.h"
#include "xml/declaration.h"
#include "xml/namespace_scope.h"
#include "xml/token_frame.h"
#include "xml/tree_builder.h"

namespace queqiao::xml {
namespace {

// Shared by all parsers of a thread, because between two calls it is empty.
Construction& construction_of_thread() {
  thread_local Construction construction;
  construction.clear();
  return construction;
}

// A declaration, header, stanza or closing tag of which some bytes are still to come.
struct Partial {
  Document document;  // its bytes are those that have arrived
  Construction construction;
  TokenFrame frame;  // of the token at construction.position
};

// At most this much is appended to a partial stanza at once, so that its last few bytes do not drag in everything that
// was received behind it.
constexpr std::size_t piece_bytes = 2048;

}  // namespace

class Parser::State {
 public:
  explicit State(const ParserLimits& limits) : limits_(limits) {}

  ParseEvent parse(std::string_view& input, Document& document);
  void restart();
  void set_limits(const ParserLimits& limits) { limits_ = limits; }
  ParseError error() const { return error_; }
  std::string_view default_namespace() const { return outer_.default_ns(); }
  std::size_t buffered_bytes() const { return partial_ ? partial_->document.bytes.size() : 0; }

 private:
  enum class Phase : std::uint8_t {
    start,         // nothing was read: an XML declaration may come
    prolog,        // the header must come
    open,          // stanzas may come
    empty_stream,  // the header was <stream/>: its end is still to be reported
    closed,
    failed
  };
  enum class Outcome { incomplete, failed, declaration, stream_opened, element, stream_closed };
  struct Progress {
    Outcome outcome;
    std::size_t used = 0;  // bytes of what was completed
  };

  void skip_space_between_stanzas(std::string_view& input);
  ParseEvent begin(std::string_view& input, Document& document);
  ParseEvent resume(std::string_view& input, Document& document);
  ParseEvent fail(ParseError error);
  ParseEvent report(Outcome outcome) const;
  std::string_view within_limit(std::string_view bytes) const { return bytes.substr(0, limits_.element_bytes + 1); }

  // `bytes` begin with a '<' at the level of the stream.
  ParseError refuse_start(std::string_view bytes) const;
  Progress read(std::string_view bytes, Document& document, Construction& construction);
  Progress read_declaration(std::string_view bytes);
  Progress read_stream_end(std::string_view bytes);
  Progress open_stream(std::string_view bytes, const TreeBuilder& builder, const Construction& construction);
  Progress refuse(ParseError error) {
    error_ = error;
    return {Outcome::failed};
  }

  ParserLimits limits_;
  OuterScope outer_;
  std::unique_ptr<Partial> partial_;
  Phase phase_ = Phase::start;
  ParseError error_ = ParseError::none;
};

ParseEvent Parser::State::parse(std::string_view& input, Document& document) {
  document.clear();
  while (phase_ != Phase::failed) {
    if (phase_ == Phase::empty_stream) {
      phase_ = Phase::closed;
      return ParseEvent::stream_closed;
    }
    if (!partial_) skip_space_between_stanzas(input);
    if (input.empty()) return ParseEvent::need_more;
    const auto event = partial_ ? resume(input, document) : begin(input, document);
    if (event == ParseEvent::failed) input = {};
    // An XML declaration is read without being an event: then there is no partial one and we go on.
    if (event != ParseEvent::need_more || partial_) return event;
  }
  return ParseEvent::failed;
}

// White space between stanzas keeps connections alive (RFC 6120 4.6.1) and means nothing.
void Parser::State::skip_space_between_stanzas(std::string_view& input) {
  const char* const after = skip_space(input.data(), input.data() + input.size());
  const auto size = static_cast<std::size_t>(after - input.data());
  if (size != 0 && phase_ == Phase::start) phase_ = Phase::prolog;
  input.remove_prefix(size);
}

ParseEvent Parser::State::begin(std::string_view& input, Document& document) {
  if (input.front() != '<' || phase_ == Phase::closed) return fail(ParseError::not_well_formed);
  const auto bytes = within_limit(input);
  auto& construction = construction_of_thread();
  const auto [outcome, used] = read(bytes, document, construction);
  if (outcome == Outcome::failed) {
    document.clear();
    return fail(error_);
  }
  if (outcome == Outcome::incomplete) {
    partial_ = std::make_unique<Partial>(Partial{document, construction, {}});
    partial_->document.bytes = bytes;
    document.clear();
    input.remove_prefix(bytes.size());
    return ParseEvent::need_more;
  }
  document.bytes.assign(input.data(), used);
  input.remove_prefix(used);
  return report(outcome);
}

ParseEvent Parser::State::resume(std::string_view& input, Document& document) {
  auto& bytes = partial_->document.bytes;
  auto& construction = partial_->construction;
  while (!input.empty()) {
    const auto before = bytes.size();
    const auto room = limits_.element_bytes + 1 - std::min(before, limits_.element_bytes);
    const auto piece = input.substr(0, std::min(room, piece_bytes));
    bytes.append(piece);
    if (const auto error = refuse_start(bytes); error != ParseError::none) return fail(error);
    if (!partial_->frame.find_end(bytes, construction.position)) {
      if (bytes.size() > limits_.element_bytes) return fail(ParseError::policy_violation);
      input.remove_prefix(piece.size());
      continue;
    }
    const auto [outcome, used] = read(bytes, partial_->document, construction);
    if (outcome == Outcome::failed) return fail(error_);
    if (outcome == Outcome::incomplete) {
      partial_->frame = {};
      input.remove_prefix(piece.size());
      continue;
    }
    input.remove_prefix(used - before);
    bytes.resize(used);
    std::swap(document, partial_->document);
    partial_.reset();
    return report(outcome);
  }
  return ParseEvent::need_more;
}

ParseEvent Parser::State::fail(ParseError error) {
  error_ = error;
  phase_ = Phase::failed;
  partial_.reset();
  outer_ = {};
  return ParseEvent::failed;
}

ParseEvent Parser::State::report(Outcome outcome) const {
  switch (outcome) {
    case Outcome::stream_opened:
      return ParseEvent::stream_opened;
    case Outcome::element:
      return ParseEvent::element;
    case Outcome::stream_closed:
      return ParseEvent::stream_closed;
    default:
      return ParseEvent::need_more;
  }
}

ParseError Parser::State::refuse_start(std::string_view bytes) const {
  if (bytes.size() < 2) return ParseError::none;
  if (bytes[1] == '!' || (bytes[1] == '?' && phase_ != Phase::start)) return ParseError::restricted_xml;
  return bytes[1] == '/' && phase_ != Phase::open ? ParseError::not_well_formed : ParseError::none;
}

Parser::State::Progress Parser::State::read(std::string_view bytes, Document& document, Construction& construction) {
  if (bytes.size() < 2) return {Outcome::incomplete};
  if (const auto error = refuse_start(bytes); error != ParseError::none) return refuse(error);
  if (bytes[1] == '?') return read_declaration(bytes);
  if (bytes[1] == '/') return read_stream_end(bytes);
  const bool is_header = phase_ != Phase::open;
  TreeBuilder builder(limits_, outer_, document, construction);
  switch (builder.advance(bytes, is_header ? TreeBuilder::Until::start_tag : TreeBuilder::Until::end_tag)) {
    case TreeBuilder::Outcome::incomplete:
      return {Outcome::incomplete};
    case TreeBuilder::Outcome::refused:
      return refuse(builder.error());
    default:
      if (is_header) return open_stream(bytes, builder, construction);
      return {Outcome::element, construction.position};
  }
}

Parser::State::Progress Parser::State::read_declaration(std::string_view bytes) {
  const auto end = TokenFrame().find_end(bytes, 0);
  if (end.value_or(bytes.size()) > limits_.element_bytes) return refuse(ParseError::policy_violation);
  if (!end) return {Outcome::incomplete};
  if (const auto error = check_declaration(bytes.substr(0, *end)); error != ParseError::none) return refuse(error);
  phase_ = Phase::prolog;
  return {Outcome::declaration, *end};
}

Parser::State::Progress Parser::State::read_stream_end(std::string_view bytes) {
  const auto end = TokenFrame().find_end(bytes, 0);
  if (end.value_or(bytes.size()) > limits_.element_bytes) return refuse(ParseError::policy_violation);
  if (!end) return {Outcome::incomplete};
  auto rest = bytes.substr(2, *end - 2);
  const auto name = outer_.root_name();
  if (rest.substr(0, name.size()) != name) return refuse(ParseError::not_well_formed);
  rest.remove_prefix(name.size());
  const char* const after = skip_space(rest.data(), rest.data() + rest.size() - 1);
  if (after != rest.data() + rest.size() - 1 || *after != '>') return refuse(ParseError::not_well_formed);
  phase_ = Phase::closed;
  outer_ = {};
  return {Outcome::stream_closed, *end};
}

Parser::State::Progress Parser::State::open_stream(std::string_view bytes, const TreeBuilder& builder,
                                                   const Construction& construction) {
  outer_ = builder.declared_scope(bytes);
  if (outer_.is_too_large()) return refuse(ParseError::policy_violation);
  phase_ = construction.open.empty() ? Phase::empty_stream : Phase::open;
  return {Outcome::stream_opened, construction.position};
}

void Parser::State::restart() {
  partial_.reset();
  outer_ = {};
  phase_ = Phase::start;
  error_ = ParseError::none;
}

Parser::Parser(const ParserLimits& limits) : state_(std::make_unique<State>(limits)) {}
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;
Parser::~Parser() = default;

ParseEvent Parser::parse(std::string_view& input, Document& document) {
  return state_->parse(input, document);
}
void Parser::restart() {
  state_->restart();
}
void Parser::set_limits(const ParserLimits& limits) {
  state_->set_limits(limits);
}
ParseError Parser::error() const {
  return state_->error();
}
std::string_view Parser::default_namespace() const {
  return state_->default_namespace();
}
std::size_t Parser::buffered_bytes() const {
  return state_->buffered_bytes();
}

ParseError parse_element(std::string_view bytes, Document& document, const ParserLimits& limits,
                         std::string_view default_ns) {
  document.clear();
  if (bytes.size() > limits.element_bytes) return ParseError::policy_violation;
  if (bytes.empty() || bytes.front() != '<') return ParseError::not_well_formed;
  const OuterScope outer({}, default_ns);
  auto& construction = construction_of_thread();
  TreeBuilder builder(limits, outer, document, construction);
  auto error = ParseError::not_well_formed;
  const auto outcome = builder.advance(bytes, TreeBuilder::Until::end_tag);
  if (outcome == TreeBuilder::Outcome::complete && construction.position == bytes.size()) {
    document.bytes.assign(bytes);
    return ParseError::none;
  }
  if (outcome == TreeBuilder::Outcome::refused) error = builder.error();
  document.clear();
  return error;
}

}  // namespace queqiao::xml
