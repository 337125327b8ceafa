#include "client/games/step.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "xml/writer.h"

namespace queqiao::games {
namespace {

constexpr std::size_t longest_text = 128;  // of an id, a move, a value: everything else is no game of ours
constexpr std::int64_t longest_clock = 24 * 3600;

template <class Value, std::size_t count>
using Names = std::array<std::pair<Value, std::string_view>, count>;

constexpr Names<GameKind, 4> kinds = {{{GameKind::gomoku, "gomoku"},
                                       {GameKind::xiangqi, "xiangqi"},
                                       {GameKind::dice, "dice"},
                                       {GameKind::rock_paper_scissors, "rock-paper-scissors"}}};
constexpr Names<Action, 13> actions = {{{Action::invite, "invite"},
                                        {Action::accept, "accept"},
                                        {Action::decline, "decline"},
                                        {Action::move, "move"},
                                        {Action::undo_request, "undo-request"},
                                        {Action::undo_accept, "undo-accept"},
                                        {Action::undo_refuse, "undo-refuse"},
                                        {Action::draw_offer, "draw-offer"},
                                        {Action::draw_accept, "draw-accept"},
                                        {Action::draw_refuse, "draw-refuse"},
                                        {Action::resign, "resign"},
                                        {Action::timeout, "timeout"},
                                        {Action::reveal, "reveal"}}};

template <class Value, std::size_t count>
std::optional<Value> find_value(const Names<Value, count>& names, std::string_view name) {
  for (const auto& [value, text] : names) {
    if (text == name) return value;
  }
  return std::nullopt;
}

template <class Value, std::size_t count>
std::string_view name_of(const Names<Value, count>& names, Value value) {
  for (const auto& [known, text] : names) {
    if (known == value) return text;
  }
  return {};
}

bool is_digest(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool read_place(const xml::Element& game, Step& step) {
  step.is_out_of_turn = game.has_attribute("after");
  if (step.is_out_of_turn == game.has_attribute("step")) return false;
  const auto number = parse_number<std::uint32_t>(game.attribute(step.is_out_of_turn ? "after" : "step"));
  step.number = number.value_or(0);
  return number && *number > 0;
}

bool read_invitation(const xml::Element& invite, Step& step) {
  step.inviter_side = invite.attribute("side") == "second" ? Side::second : Side::first;
  if (!invite.has_attribute("clock")) return true;
  const auto clock = parse_number<std::int64_t>(invite.attribute("clock"));
  if (!clock || *clock < 0 || *clock > longest_clock) return false;
  step.clock = std::chrono::seconds(*clock);
  return true;
}

bool read_move(const xml::Element& move, Step& step) {
  step.move = move.attribute("at");
  if (!move.has_attribute("spent")) return !step.move.empty();
  const auto spent = parse_number<std::int64_t>(move.attribute("spent"));
  if (!spent || *spent < 0) return false;
  step.spent = std::chrono::milliseconds(*spent);
  return !step.move.empty();
}

bool read_details(const xml::Element& element, Step& step) {
  step.commitment = element.attribute("commitment");
  if (!step.commitment.empty() && !is_digest(step.commitment)) return false;
  switch (step.action) {
    case Action::invite:
      return read_invitation(element, step);
    case Action::move:
      return read_move(element, step);
    case Action::reveal:
      step.value = element.attribute("value");
      step.nonce = element.attribute("nonce");
      return !step.value.empty() && !step.nonce.empty();
    default:
      return true;
  }
}

bool is_short(const Step& step) {
  return std::max({step.game.size(), step.move.size(), step.value.size(), step.nonce.size()}) <= longest_text;
}

void write_details(xml::Writer& writer, const Step& step) {
  if (step.action == Action::invite && step.inviter_side == Side::second) writer.attribute("side", "second");
  if (step.clock.count() > 0) writer.attribute("clock", std::to_string(step.clock.count()));
  if (!step.move.empty()) writer.attribute("at", step.move);
  if (step.spent.count() > 0) writer.attribute("spent", std::to_string(step.spent.count()));
  if (!step.commitment.empty()) writer.attribute("commitment", step.commitment);
  if (!step.value.empty()) writer.attribute("value", step.value);
  if (!step.nonce.empty()) writer.attribute("nonce", step.nonce);
}

}  // namespace

std::string_view kind_name(GameKind kind) {
  return name_of(kinds, kind);
}

std::optional<Step> Step::parse(const xml::Element& game) {
  if (!game.is("game", game_ns)) return std::nullopt;
  const auto element = game.first_child();
  const auto kind = find_value(kinds, game.attribute("kind"));
  const auto action = find_value(actions, element.name());
  if (!kind || !action || element.ns() != game_ns || game.attribute("id").empty()) return std::nullopt;
  Step step{.game = std::string(game.attribute("id")), .kind = *kind, .action = *action};
  if (!read_place(game, step) || !read_details(element, step) || !is_short(step)) return std::nullopt;
  return step;
}

std::string Step::write() const {
  std::string out;
  xml::Writer writer(out);
  writer.open("game", game_ns).attribute("id", game).attribute("kind", kind_name(kind));
  writer.attribute(is_out_of_turn ? "after" : "step", std::to_string(number)).open(name_of(actions, action));
  write_details(writer, *this);
  writer.close().close();
  return out;
}

}  // namespace queqiao::games
