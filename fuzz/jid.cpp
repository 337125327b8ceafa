// Jid: what is accepted is in normal form, which means that normalising it again changes nothing.
#include "xmpp/jid.h"

#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "base/text.h"

namespace {

using namespace queqiao;
using namespace queqiao::xmpp;

void check_jid(std::string_view text) {
  const auto jid = Jid::parse(text);
  if (!jid) return;
  const auto again = Jid::parse(jid->text());
  QUEQIAO_ASSERT(again == jid);
  QUEQIAO_ASSERT(again->local() == jid->local() && again->domain() == jid->domain());
  QUEQIAO_ASSERT(again->resource() == jid->resource());
  QUEQIAO_ASSERT(Jid::from_parts(jid->local(), jid->domain(), jid->resource()) == jid);
  QUEQIAO_ASSERT(jid->bare().with_resource(jid->resource()) == *jid);
  QUEQIAO_ASSERT(is_utf8(jid->text()) && jid->text().size() <= 3 * 1023 + 2);
}

void check_part(std::string_view text, std::optional<std::string> (*normalize)(std::string_view)) {
  if (const auto normal = normalize(text)) QUEQIAO_ASSERT(normalize(*normal) == normal);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  check_jid(text);
  check_part(text, normalize_local);
  check_part(text, normalize_domain);
  check_part(text, normalize_resource);
  check_part(text, normalize_password);
  return 0;
}
