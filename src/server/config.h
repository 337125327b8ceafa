#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "xml/parser.h"

namespace queqiao::server {

// What the operator may set; every field is a key of the TOML file (docs/operations.md has them all with these defaults).
struct Config {
  std::string domain = "localhost";

  // Streams.
  xml::ParserLimits before_login{.element_bytes = 8'192, .depth = 8, .attributes = 24, .name_bytes = 128, .elements = 32,
                                 .namespaces = 16};
  xml::ParserLimits after_login{};
  std::chrono::seconds login_timeout{60};        // from accept to bound resource
  std::uint32_t login_attempts = 5;              // failed ones on one connection
  std::chrono::seconds idle_ping{300};           // a silent client is asked after so long; unanswered, it is dropped
  std::size_t sessions_per_user = 32;

  // Per peer address (an IPv6 network of 64 bits counts as one). Loopback is exempt when it is trusted.
  std::uint32_t connections_per_address = 200;   // at once
  std::uint32_t strangers_per_address = 50;      // of those, connections that have not logged in
  std::uint32_t failed_logins_per_address = 50;  // within the window; then none is tried for a while. 0: no limit
  std::chrono::seconds failed_login_window{600};

  bool has_tls = true;                           // a certificate is there
  bool requires_tls = true;                      // before authentication
  bool trusts_loopback = false;                  // loopback peers: no TLS needed, PLAIN allowed, no rate limits

  // Rates per connection after login: a token bucket of bytes. 0 switches it off.
  std::uint32_t bytes_per_second = 256 * 1024;
  std::uint32_t burst_bytes = 2 * 1024 * 1024;

  // Stream management (XEP-0198).
  std::chrono::seconds resumption_timeout{600};
  std::size_t unacknowledged_stanzas = 5'000;    // per session; past it the session ends and the archive serves the rest
  std::size_t unacknowledged_bytes = 4 * 1024 * 1024;  // goes out at once on resumption: below output_bytes

  std::size_t held_stanzas = 500;                // that wait for one inactive client (XEP-0352)

  // Registration (XEP-0077).
  bool has_open_registration = false;
  std::uint32_t registrations_per_hour = 10;     // per address
  std::uint64_t first_number = 10'000;           // the lowest QQ-style number that is proposed
  std::uint32_t scram_iterations = 10'000;
  std::string decoy_secret;                      // not a setting: see xmpp::ServerStreamRules

  // Roster and people.
  std::size_t roster_items = 2'000;
  std::size_t roster_removals = 500;             // remembered for clients that know an older version of the roster
  std::size_t roster_name_bytes = 1'023;         // of a contact's name or of one group
  std::size_t roster_groups = 50;                // of one contact
  std::size_t pending_requests = 500;            // unanswered subscription requests to one user
  std::size_t request_bytes = 4'096;             // one of them, with its greeting
  std::size_t directed_presences = 500;          // receivers of directed presence, per session
  std::size_t presence_bytes = 16 * 1024;        // one presence to all contacts
  std::string shown_os;                          // operating system in answers to XEP-0092; empty: not told
  std::size_t blocked_jids = 2'000;
  std::size_t private_bytes = 256 * 1024;        // one element of private storage, one vCard

  std::size_t private_elements = 100;            // of private storage, per user
  std::uint32_t bookmarks = 500;                 // of one account, as far as private storage shows and takes them

  std::chrono::seconds retraction_limit{120};    // how long a message can be taken back (XEP-0424); 0: for ever
  std::uint32_t retractions_per_hour = 600;      // of one account
  std::chrono::seconds attention_interval{10};   // between two shakes of the same person by the same (XEP-0224); 0: none

  // Search for people (XEP-0055).
  std::uint32_t searches_per_minute = 20;        // of one account, every page counts
  std::uint32_t search_page = 50;                // most people in one answer

  // Personal eventing (XEP-0163).
  std::size_t pep_nodes = 100;                   // of one account
  std::uint32_t pep_items = 10'000;              // of one node: what max_items "max" means
  std::size_t pep_item_bytes = 256 * 1024;       // one item
  std::uint64_t pep_bytes = 16 * 1024 * 1024;    // all items of one account
  std::size_t pep_answer_bytes = 1024 * 1024;    // a list of items ends before it has more
  std::size_t pep_subscribers = 500;             // of one node; as many are on its whitelist
  std::size_t known_capabilities = 1'000;        // verified answers of clients (XEP-0115) kept, per shard

  // Archive (XEP-0313).
  bool has_archive = true;
  bool has_archive_search = true;                // XEP-0431; the store keeps an index
  std::optional<std::chrono::hours> archive_keep;  // nothing: for ever
  std::uint64_t archive_messages_per_user = 1'000'000;
  std::uint32_t archive_page = 50;               // default page
  std::uint32_t archive_page_max = 250;
  std::size_t archive_page_bytes = 1024 * 1024;  // a page ends before it has more
  std::size_t archive_preferences = 500;         // addresses in a user's preferences (XEP-0441)
  std::uint32_t offline_batch = 100;             // messages read at once while an offline queue is served

  // File upload (XEP-0363).
  bool has_uploads = false;                      // somebody serves them over HTTP
  std::string http_url;                          // "https://chat.example:5443", before every path; known when clients come
  std::filesystem::path upload_folder;           // where the files are
  std::uint64_t upload_bytes = 100 << 20;        // largest file
  std::uint64_t upload_quota_bytes = std::uint64_t{2} << 30;  // all files of one account
  std::uint64_t upload_quota_files = 10'000;
  std::optional<std::chrono::hours> upload_keep = std::chrono::hours(24 * 365);  // nothing: for ever
  std::chrono::seconds upload_slot{300};         // from the slot, or from the end of a broken upload, to the next try
  std::uint64_t upload_disk_reserve = std::uint64_t{1} << 30;  // what uploads leave free on the disk

  std::size_t uncommitted_stanzas = 256;         // per session, requests without an answer included; past it the client is not read from
};

}  // namespace queqiao::server
