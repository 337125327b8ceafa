#include "net/connection.h"

#include <utility>

namespace queqiao::net {

void hand_over(std::unique_ptr<Connection> connection, EventLoop& target,
               UniqueFunction<void(std::unique_ptr<Connection>)> arrived) {
  connection->leave_loop();
  target.post([connection = std::move(connection), &target, arrived = std::move(arrived)]() mutable {
    connection->join_loop(target);
    arrived(std::move(connection));
  });
}

}  // namespace queqiao::net
