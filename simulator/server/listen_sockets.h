#pragma once

#include <string>
#include <vector>

namespace pcsim {

/// Bound, listening, non-blocking sockets for one address.
struct ListenSockets {
  std::vector<int> sockets{};
  int port = -1;  ///< -1 when nothing could be bound
};

/// Binds `host`:`port` (0 picks a free one) with a long queue of waiting connections. `localhost`
/// is bound in both IP versions where the machine has them, on one port.
ListenSockets open_listen_sockets(const std::string& host, int port);

/// Raises the limit of open descriptors to the hard one; the process's limit afterwards.
unsigned long raise_descriptor_limit();

}  // namespace pcsim
