// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31d/packets.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "t31cam/errors.hpp"

namespace t31::daemon {
namespace {

constexpr int kWaiting = 64;

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

bool receive(int socket, Request& request) {
  iovec parts[2] = {{&request.header, sizeof(request.header)},
                    {request.bytes.data(), request.bytes.size()}};
  msghdr message{};
  message.msg_iov = parts;
  message.msg_iovlen = 2;
  ssize_t count = 0;
  do {
    count = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  } while (count < 0 && errno == EINTR);
  if (count < static_cast<ssize_t>(sizeof(request.header)) ||
      (message.msg_flags & MSG_TRUNC) != 0) {
    return false;
  }
  request.size = static_cast<std::size_t>(count) - sizeof(request.header);
  return true;
}

bool send(int socket, const t31d_reply& reply, std::span<const uint8_t> data, int descriptor) {
  iovec parts[2] = {{const_cast<t31d_reply*>(&reply), sizeof(reply)},
                    {const_cast<uint8_t*>(data.data()), data.size()}};
  msghdr message{};
  message.msg_iov = parts;
  message.msg_iovlen = data.empty() ? 1 : 2;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  if (descriptor >= 0) {
    message.msg_control = control;
    message.msg_controllen = sizeof(control);
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &descriptor, sizeof(descriptor));
  }
  ssize_t count = 0;
  do {
    count = sendmsg(socket, &message, MSG_NOSIGNAL);
  } while (count < 0 && errno == EINTR);
  return count >= 0;
}

pid_t peer_process(int socket) {
  ucred peer{};
  socklen_t size = sizeof(peer);
  return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? peer.pid : -1;
}

Descriptor listen_at(const std::string& path) {
  sockaddr_un address{};
  if (path.size() >= sizeof(address.sun_path)) {
    throw cam::Failure(fmt::format("{}: too long for a socket's name", path));
  }
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof(address.sun_path) - 1);
  Descriptor listener(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
  const auto* const name = reinterpret_cast<const sockaddr*>(&address);
  if (listener.number() < 0 || bind(listener.number(), name, sizeof(address)) < 0 ||
      listen(listener.number(), kWaiting) < 0) {
    throw cam::Failure(fmt::format("{}: {}", path, std::strerror(errno)));
  }
  return listener;
}

}  // namespace t31::daemon
