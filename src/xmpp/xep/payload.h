#pragma once

#include <string>

#include "xml/writer.h"

namespace queqiao::xmpp {

// The XML of an extension's payload that has `void write(xml::Writer&) const`, for callers that want a string.
template <class Payload>
std::string to_xml(const Payload& payload) {
  std::string out;
  xml::Writer writer(out);
  payload.write(writer);
  return out;
}

}  // namespace queqiao::xmpp
