#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "xml/element.h"
#include "xml/writer.h"
#include "xmpp/xep/data_form.h"

namespace queqiao::xmpp {

// XEP-0077 In-Band Registration 2.4: the content of <query xmlns='jabber:iq:register'/> in any direction. Pure value:
// any thread.
struct Registration {
  bool is_registered = false;  // the answer to someone who has an account
  bool is_removal = false;     // a request to close the account
  std::string instructions;
  // The fields of 14.1 (username, password, email, …) with their values, which are empty in a server's question.
  std::vector<std::pair<std::string, std::string>> fields;
  std::optional<DataForm> form;  // XEP-0077 4: where there is one, it counts and the fields are for old clients
  std::string url;               // XEP-0077 5: register there instead; may be empty

  static std::optional<Registration> parse(const xml::Element& query);  // nothing when it is not such a query
  void write(xml::Writer& writer) const;

  // What was answered to the question `name`, from the form if there is one; nothing when it was not.
  std::optional<std::string_view> value(std::string_view name) const;
};

// A client's answer to a server's question.
struct RegistrationAnswer {
  Registration registration;
  std::vector<std::string> missing;  // what the server demands and is not known
};
// Fills in what is `known` by the names of the fields; what the server has filled in already stays.
RegistrationAnswer answer_registration(const Registration& question,
                                       const std::map<std::string, std::string, std::less<>>& known);

}  // namespace queqiao::xmpp
