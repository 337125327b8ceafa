// The server's side of a stream before anybody is known: whatever comes, in whatever pieces, the events and the answers
// are the same and nothing breaks.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "xml/writer.h"
#include "xmpp/sasl/scram_keys.h"
#include "xmpp/stream/server_stream.h"

namespace {

using namespace queqiao;
using namespace queqiao::xmpp;
using Kind = StreamEvent::Kind;

// What the caller of a stream decides, taken from the input.
struct Script {
  bool is_trusted = false, is_direct_tls = false, knows_users = false, resumes = false;
};

ServerStreamRules rules_of(std::uint8_t choice) {
  ServerStreamRules rules{.domain = "capulet.lit"};
  rules.has_tls = choice & 1;
  rules.requires_tls = choice & 2;
  rules.has_registration = choice & 4;
  rules.decoy_secret = "secret";
  rules.before_login = {
      .element_bytes = 8'192, .depth = 8, .attributes = 24, .name_bytes = 128, .elements = 32, .namespaces = 16};
  return rules;
}

// Stream ids, nonces and salts are drawn anew: only what is not random is compared.
std::size_t elements_of(std::string_view output) {
  std::size_t count = 0;
  for (const char c : output) count += c == '<';
  return count;
}

class Peer {
 public:
  Peer(const ServerStreamRules& rules, const Script& script) : script_(script), stream_(rules, script.is_trusted) {
    if (script.is_direct_tls) stream_.secured({"exported", "certificate"});
  }

  void receive(std::string_view bytes) {
    stream_.receive(bytes);
    for (auto event = stream_.next_event(document_); event.kind != Kind::none;) {
      note(event);
      answer(event);
      event = stream_.next_event(document_);
    }
    stream_.keep_unread();
    written_ += elements_of(stream_.take_output());
  }
  std::string transcript() const { return events_ + std::to_string(written_); }

 private:
  void note(const StreamEvent& event) {
    events_ += std::to_string(static_cast<int>(event.kind)) + "|" + event.text + "|" + event.password + "|";
    if (event.element) xml::write(events_, event.element, {});
    events_ += '\n';
  }
  void answer(const StreamEvent& event) {
    static const auto keys = sasl::ScramKeys::derive("secret", "salt", 1, Hash::sha256);
    switch (event.kind) {
      case Kind::start_tls:
        return stream_.secured({"exported", "certificate"});
      case Kind::find_keys:
        return stream_.keys(script_.knows_users ? std::optional(keys) : std::nullopt);
      case Kind::check_password:
        return stream_.checked(script_.knows_users);
      case Kind::bind:
        return stream_.bound(*Jid::from_parts(stream_.user(), "capulet.lit", "r"));
      case Kind::resume:
        return script_.resumes ? stream_.resumed() : stream_.refuse_resume("<failed/>");
      case Kind::closed:
        stream_.close();
        [[fallthrough]];
      case Kind::failed:
        QUEQIAO_ASSERT(stream_.has_ended());
        return;
      case Kind::stanza:
      case Kind::other:
        QUEQIAO_ASSERT(stream_.is_established() && stream_.is_authenticated());
        return;
      default:
        return;
    }
  }

  const Script script_;
  ServerStream stream_;
  xml::Document document_;
  std::string events_;
  std::size_t written_ = 0;
};

std::string run(const ServerStreamRules& rules, const Script& script, std::string_view input, std::string_view sizes) {
  Peer peer(rules, script);
  for (std::size_t turn = 0; !input.empty(); ++turn) {
    const auto size = sizes.empty() ? input.size() : 1u + static_cast<unsigned char>(sizes[turn % sizes.size()]) % 97;
    const std::string piece(input.substr(0, size));  // of its own, so that what outlives the call is found
    input.remove_prefix(piece.size());
    peer.receive(piece);
  }
  return peer.transcript();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 4) return 0;
  // The last four bytes choose the rules, the answers and the cuts, so that a corpus file is a readable stream.
  const std::string_view all(reinterpret_cast<const char*>(bytes), size);
  const auto choice = bytes[size - 4], answers = bytes[size - 3];
  const Script script{.is_trusted = (answers & 1) != 0,
                      .is_direct_tls = (answers & 2) != 0,
                      .knows_users = (answers & 4) != 0,
                      .resumes = (answers & 8) != 0};
  const auto rules = rules_of(choice);
  const auto input = all.substr(0, size - 4);
  const auto pieces = run(rules, script, input, all.substr(size - 2));
  const auto bytewise = run(rules, script, input, std::string_view("\0", 1));
  // RFC 6120 5.4.3.3: what follows <starttls/> in the same piece is refused, so there the cut does matter.
  if (input.find("starttls") != input.npos) return 0;
  QUEQIAO_ASSERT(pieces == bytewise);
  QUEQIAO_ASSERT(pieces == run(rules, script, input, {}));
  return 0;
}
