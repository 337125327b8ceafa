#pragma once

#include <string_view>

// Namespaces that more than one file needs. One that belongs to a single extension stands with that extension.
namespace queqiao::xmpp::ns {

inline constexpr std::string_view client = "jabber:client";
inline constexpr std::string_view streams = "http://etherx.jabber.org/streams";
inline constexpr std::string_view stream_errors = "urn:ietf:params:xml:ns:xmpp-streams";
inline constexpr std::string_view stanza_errors = "urn:ietf:params:xml:ns:xmpp-stanzas";
inline constexpr std::string_view tls = "urn:ietf:params:xml:ns:xmpp-tls";
inline constexpr std::string_view sasl = "urn:ietf:params:xml:ns:xmpp-sasl";
inline constexpr std::string_view sasl_channel_binding = "urn:xmpp:sasl-cb:0";
inline constexpr std::string_view bind = "urn:ietf:params:xml:ns:xmpp-bind";
inline constexpr std::string_view session = "urn:ietf:params:xml:ns:xmpp-session";
inline constexpr std::string_view register_feature = "http://jabber.org/features/iq-register";
inline constexpr std::string_view register_query = "jabber:iq:register";
inline constexpr std::string_view roster = "jabber:iq:roster";
inline constexpr std::string_view stream_management = "urn:xmpp:sm:3";
inline constexpr std::string_view client_state = "urn:xmpp:csi:0";
inline constexpr std::string_view carbons = "urn:xmpp:carbons:2";
inline constexpr std::string_view forward = "urn:xmpp:forward:0";
inline constexpr std::string_view delay = "urn:xmpp:delay";
inline constexpr std::string_view stanza_ids = "urn:xmpp:sid:0";
inline constexpr std::string_view hints = "urn:xmpp:hints";
inline constexpr std::string_view archive = "urn:xmpp:mam:2";
inline constexpr std::string_view data_forms = "jabber:x:data";
inline constexpr std::string_view result_sets = "http://jabber.org/protocol/rsm";
inline constexpr std::string_view disco_info = "http://jabber.org/protocol/disco#info";
inline constexpr std::string_view disco_items = "http://jabber.org/protocol/disco#items";
inline constexpr std::string_view chat_states = "http://jabber.org/protocol/chatstates";
inline constexpr std::string_view receipts = "urn:xmpp:receipts";
inline constexpr std::string_view chat_markers = "urn:xmpp:chat-markers:0";

}  // namespace queqiao::xmpp::ns
