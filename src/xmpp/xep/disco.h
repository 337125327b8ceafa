#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xml/element.h"
#include "xml/writer.h"
#include "xmpp/xep/data_form.h"
#include "xmpp/xep/result_set.h"

// XEP-0030 Service Discovery 2.5 and XEP-0115 Entity Capabilities 1.6. Pure values: any thread.
namespace queqiao::xmpp {

struct DiscoIdentity {
  std::string category;
  std::string type;
  std::string name;      // may be empty
  std::string language;  // xml:lang; may be empty

  bool operator==(const DiscoIdentity&) const = default;
};

// What an entity is and can do.
struct DiscoInfo {
  std::string node;  // may be empty
  std::vector<DiscoIdentity> identities;
  std::vector<std::string> features;
  std::vector<DataForm> forms;  // XEP-0128

  static std::optional<DiscoInfo> parse(const xml::Element& query);  // nothing when it is not such a query
  bool has_feature(std::string_view feature) const;
  void write(xml::Writer& writer) const;
};

struct DiscoItem {
  std::string jid;
  std::string node;  // may be empty
  std::string name;  // may be empty
};

struct DiscoItems {
  std::string node;  // may be empty
  std::vector<DiscoItem> items;
  std::optional<ResultSet> page;  // XEP-0030 3.3: where these are in a list that is longer

  static std::optional<DiscoItems> parse(const xml::Element& query);
  void write(xml::Writer& writer) const;
};

// The <c/> of a presence: a name for a DiscoInfo.
struct Capabilities {
  std::string node;     // the software, as a URI
  std::string version;  // 'ver', what capabilities_version() computes when `hash` is "sha-1"
  std::string hash = "sha-1";

  static std::optional<Capabilities> find(const xml::Element& presence);
  void write(xml::Writer& writer) const;
};

// XEP-0115 5.1 with SHA-1. Nothing when 5.4 calls the answer ill-formed (an identity, feature or form type twice), and
// when a part has a '<', with which one answer could be made to have the hash of another: such an answer must not be
// kept for others that announce the same version.
std::optional<std::string> capabilities_version(const DiscoInfo& info);

}  // namespace queqiao::xmpp
