#pragma once

#include <QString>
#include <chrono>
#include <memory>

#include "client/core/history.h"
#include "client/core/messenger.h"
#include "client/core/roster.h"
#include "client/core/settings.h"
#include "client/core/transfers.h"

namespace queqiao::client {

class Presences;
class Session;

// The parts of an account, each made in its own file. What they are given outlives them.

// Opens or makes the file; when that fails, what the history holds lasts until the program ends.
std::unique_ptr<History> make_history(const QString& path);
std::unique_ptr<Transfers> make_transfers(Session& session, History& history, Settings& settings,
                                          std::chrono::milliseconds timeout);
std::unique_ptr<Messenger> make_messenger(Session& session, Presences& presences, History& history, Settings& settings,
                                          Roster& roster, Transfers& transfers);

}  // namespace queqiao::client
