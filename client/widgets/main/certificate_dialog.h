#pragma once

#include <QWidget>
#include <functional>

#include "client/core/account.h"

namespace queqiao::client {

// Shows what the server's certificate says, and asks whether to trust it. `answered` is called once; closing is "no".
void ask_certificate(QWidget* parent, const CertificateQuestion& question, std::function<void(bool)> answered);

}  // namespace queqiao::client
