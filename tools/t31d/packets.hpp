// SPDX-License-Identifier: GPL-2.0-or-later
// packets.hpp - sockets, and packets of the protocol on them.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "t31d/protocol.h"

namespace t31::daemon {

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int number() const { return number_; }

 private:
  int number_;
};

struct Request {
  t31d_request header{};
  std::array<uint8_t, T31D_DATA> bytes;
  std::size_t size = 0;
  std::span<const uint8_t> data() const { return {bytes.data(), size}; }
};

// False: the other side is gone, or talks nonsense.
bool receive(int socket, Request& request);
bool send(int socket, const t31d_reply& reply, std::span<const uint8_t> data, int descriptor);

// Who is at the other end.
pid_t peer_process(int socket);

// Listens at `path`. Throws cam::Failure.
Descriptor listen_at(const std::string& path);

}  // namespace t31::daemon
