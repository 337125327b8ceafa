#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "xml/element.h"

namespace queqiao::client {

class Session;

// What an account keeps on its server for itself alone: one element for each namespace. In a private PEP node
// (XEP-0223), whose changes the account's other devices hear at once; on a server without PEP in XEP-0049's storage.
class PrivateStorage : public QObject {
  Q_OBJECT

 public:
  using Done = std::function<void(const QString& error)>;            // empty: all went well
  using Changed = std::function<void(const xml::Element& content)>;  // no element: nothing is stored

  explicit PrivateStorage(Session& session, QObject* parent = nullptr);

  // `changed` hears the content at the beginning of every session, and when another device changes it.
  void watch(std::string_view ns, Changed changed);
  // `content` is one element that declares its namespace `ns`. Only while online; what comes before
  // Session::features_known() waits for it, and a later content takes its place.
  void store(std::string_view ns, const std::string& content, Done done);

 private:
  void load(const std::string& ns, const Changed& changed);
  void load_from_events(const std::string& ns, const Changed& changed);
  void load_from_storage(const std::string& ns, const Changed& changed);
  void publish(const std::string& ns, const std::string& content, bool is_second_try, Done done);
  void make_private(const std::string& ns, std::function<void(const QString& error)> then);
  bool has_private_events() const;
  void store_waiting();

  struct Waiting {
    std::string content;
    Done done;
  };
  Session& session_;
  std::map<std::string, Waiting> waiting_;  // by namespace
};

}  // namespace queqiao::client
