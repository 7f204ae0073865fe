// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31d/server.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace t31::daemon {
namespace {

constexpr uint64_t kMillisecond = 1'000'000;  // ns

// The calling thread is part of the camera as long as it lives.
class Attached {
 public:
  Attached() { t31_host_thread_attach("client"); }
  ~Attached() { t31_host_thread_detach(); }
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;
};

// The first words of an ioctl's argument, of controls the identifier among them.
std::string words_of(const ClientMemory& memory, const t31d_request& request) {
  const uint32_t bytes = request.argument[0] >> 16 & 0x1fff;  // of the command's number
  std::array<uint32_t, 3> words{};
  const uint32_t shown = std::min<uint32_t>(bytes, sizeof(words)) / sizeof(uint32_t);
  if (!memory.read(request.argument[1], words.data(), shown * sizeof(uint32_t)))
    return " (unmapped)";
  std::string text;
  for (uint32_t index = 0; index < shown; ++index) text += fmt::format(" {:x}", words[index]);
  return text;
}

t31d_reply result(long value) {
  return {static_cast<int32_t>(value), {0, 0, 0}};
}

}  // namespace

// A call is under way as long as it lives.
class Server::TimePasses {
 public:
  explicit TimePasses(Server& server) : server_(server) { count(1); }
  ~TimePasses() { count(-1); }
  TimePasses(const TimePasses&) = delete;
  TimePasses& operator=(const TimePasses&) = delete;

 private:
  void count(int change) {
    if (!server_.options_.patient) return;
    const std::scoped_lock lock(server_.time_mutex_);
    server_.calls_ += change;
    t31_host_hold_time(server_.calls_ == 0 ? 1 : 0);
  }
  Server& server_;
};

Server::Server(const ServerOptions& options)
    : options_(options),
      listener_(listen_at(options.socket)),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      stop_(eventfd(0, EFD_CLOEXEC)) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = stop_.number();
  epoll_ctl(epoll_.number(), EPOLL_CTL_ADD, stop_.number(), &event);
  if (options_.patient) t31_host_hold_time(1);
  acceptor_ = std::thread([this] { accept_all(); });
  watcher_ = std::thread([this] { watch(); });
}

Server::~Server() {
  t31_host_hold_time(0);
  eventfd_write(stop_.number(), 1);
  acceptor_.join();
  watcher_.join();
  {
    const std::scoped_lock lock(mutex_);
    for (Connection& connection : connections_) {
      shutdown(connection.socket.number(), SHUT_RDWR);
      if (connection.calling != nullptr) t31_host_thread_signal(connection.calling);
    }
  }
  // A call that goes on needs time to pass.
  for (;;) {
    forget_ended();
    {
      const std::scoped_lock lock(mutex_);
      if (connections_.empty()) break;
    }
    t31_host_sleep_ns(kMillisecond);
  }
  unlink(options_.socket.c_str());
}

void Server::tend() {
  const TimePasses passes(*this);
  handles_.close_abandoned();
  handles_.tell_readable();
  pages_.refresh();
  forget_ended();
}

void Server::close_all() {
  const TimePasses passes(*this);
  handles_.close_all();
}

void Server::forget_ended() {
  std::list<Connection> ended;
  {
    const std::scoped_lock lock(mutex_);
    for (auto at = connections_.begin(); at != connections_.end();) {
      const auto next = std::next(at);
      if (at->ended) ended.splice(ended.end(), connections_, at);
      at = next;
    }
  }
  for (Connection& connection : ended) connection.thread.join();
}

void Server::accept_all() {
  for (;;) {
    pollfd waiting[2] = {{listener_.number(), POLLIN, 0}, {stop_.number(), POLLIN, 0}};
    if (poll(waiting, 2, -1) < 0 && errno != EINTR) return;
    if (waiting[1].revents != 0) return;
    if (waiting[0].revents == 0) continue;
    Descriptor socket(accept4(listener_.number(), nullptr, nullptr, SOCK_CLOEXEC));
    if (socket.number() < 0) continue;
    const std::scoped_lock lock(mutex_);
    Connection& connection = connections_.emplace_back();
    connection.socket = std::move(socket);
    connection.thread = std::thread([this, &connection] { serve(connection); });
  }
}

void Server::serve(Connection& connection) {
  Request request;
  while (receive(connection.socket.number(), request) && answer(connection, request)) {
  }
  const std::scoped_lock lock(mutex_);
  connection.ended = true;
}

// ---- calls that may wait: a packet or the end of the connection meanwhile is a signal

void Server::watch_call(Connection& connection) {
  {
    const std::scoped_lock lock(mutex_);
    connection.calling = t31_host_thread_self();
  }
  epoll_event event{};
  event.events = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT;
  event.data.fd = connection.socket.number();
  epoll_ctl(epoll_.number(), EPOLL_CTL_ADD, connection.socket.number(), &event);
}

void Server::unwatch_call(Connection& connection) {
  epoll_ctl(epoll_.number(), EPOLL_CTL_DEL, connection.socket.number(), nullptr);
  const std::scoped_lock lock(mutex_);
  connection.calling = nullptr;
}

void Server::interrupt(int socket) {
  const std::scoped_lock lock(mutex_);
  for (Connection& connection : connections_) {
    if (connection.socket.number() == socket && connection.calling != nullptr) {
      t31_host_thread_signal(connection.calling);
    }
  }
}

void Server::watch() {
  for (;;) {
    epoll_event event{};
    if (epoll_wait(epoll_.number(), &event, 1, -1) <= 0) continue;
    if (event.data.fd == stop_.number()) return;
    interrupt(event.data.fd);
  }
}

// ---- requests

bool Server::answer(Connection& connection, const Request& request) {
  const uint32_t operation = request.header.operation;
  if (operation == T31D_HELLO) return hello(connection, request);
  if (operation == T31D_INTERRUPT) return true;  // its call has ended already
  if (connection.memory == nullptr) return false;
  switch (operation) {
    case T31D_OPEN:
      return open(connection, request);
    case T31D_MAP:
      return map(connection, request);
    case T31D_READ:
      return reply_text(connection, request);
    default:
      return call(connection, request);
  }
}

bool Server::hello(Connection& connection, const Request& request) {
  const uint64_t base = request.header.argument[1] != 0 ? options_.guest_base : 0;
  const pid_t process = peer_process(connection.socket.number());
  auto memory = std::make_unique<ClientMemory>(process, base);
  // The token may lie where the driver's addresses don't reach; what the driver is given doesn't.
  const ClientMemory around(process, base + (uint64_t{request.header.argument[2]} << 32));
  uint8_t token[T31D_TOKEN] = {};
  const bool readable = request.size == sizeof(token) &&
                        around.read(request.header.argument[0], token, sizeof(token)) &&
                        std::memcmp(token, request.bytes.data(), sizeof(token)) == 0;
  if (!readable) {
    fmt::print(stderr,
               "t31d: the memory of process {} is out of reach: is its emulator run with -B {:#x}, "
               "and by the "
               "same user?\n",
               process, base);
    return send(connection.socket.number(), result(-EFAULT), {}, -1);
  }
  connection.memory = std::move(memory);
  return send(connection.socket.number(), result(0), {}, -1);
}

bool Server::lost_call_goes_on() {
  const std::scoped_lock lock(mutex_);
  return std::any_of(connections_.begin(), connections_.end(), [](const Connection& connection) {
    pollfd end = {connection.socket.number(), 0, 0};
    return connection.calling != nullptr && poll(&end, 1, 0) > 0 && (end.revents & POLLHUP) != 0;
  });
}

// A kernel has closed everything of a program before anybody learns that it is dead; so the next
// one must find it.
void Server::end_lost_programs() {
  constexpr int kMostWaits = 1000;
  for (int waits = 0; waits < kMostWaits && lost_call_goes_on(); ++waits)
    t31_host_sleep_ns(kMillisecond);
  handles_.close_abandoned();
}

bool Server::open(Connection& connection, const Request& request) {
  const auto data = request.data();
  if (data.empty() || data.back() != 0) return false;
  const auto* const path = reinterpret_cast<const char*>(data.data());
  Handles::Opened opened;
  {
    const TimePasses passes(*this);
    const Attached attached;
    end_lost_programs();
    watch_call(connection);
    opened = handles_.open(path, static_cast<int>(request.header.argument[0]));
    unwatch_call(connection);
  }
  const Descriptor sent(opened.descriptor);
  t31d_reply reply = {opened.result, {opened.kind, 0, 0}};
  uint64_t offset = 0;
  if (opened.kind == T31D_KIND_MEMORY) {
    t31_host_rmem_file(&offset);
    reply.value[1] = t31_host_rmem_base();
    reply.value[2] = t31_host_rmem_size();
  }
  if (options_.verbose) fmt::print(stderr, "t31d: open {} -> {}\n", path, opened.result);
  return send(connection.socket.number(), reply,
              {reinterpret_cast<const uint8_t*>(&offset), sizeof(offset)},
              opened.result < 0 ? -1 : sent.number());
}

bool Server::map(Connection& connection, const Request& request) {
  int opened = -EINVAL;
  if (handles_.is_kind(request.header.handle, T31D_KIND_CHIP)) {
    const Attached attached;
    opened = pages_.open(request.header.argument[0], request.header.argument[1]);
  }
  const Descriptor sent(opened);
  if (options_.verbose) {
    fmt::print(stderr, "t31d: map {:08x} {:x} -> {}\n", request.header.argument[0],
               request.header.argument[1], opened);
  }
  return send(connection.socket.number(), result(opened < 0 ? opened : 0), {}, opened);
}

bool Server::reply_text(Connection& connection, const Request& request) {
  std::array<uint8_t, T31D_DATA> bytes;
  const std::size_t size = std::min<std::size_t>(request.header.argument[0], bytes.size());
  const int camera = handles_.camera_descriptor(request.header.handle);
  long count = camera;
  if (camera >= 0) {
    const TimePasses passes(*this);
    const Attached attached;
    watch_call(connection);
    count = t31_host_read(camera, bytes.data(), size);
    unwatch_call(connection);
  }
  return send(connection.socket.number(), result(count),
              {bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0}, -1);
}

bool Server::call(Connection& connection, const Request& request) {
  const t31d_request& header = request.header;
  const int camera = handles_.camera_descriptor(header.handle);
  t31d_reply reply = result(camera);
  const TimePasses passes(*this);
  const Attached attached;
  watch_call(connection);
  switch (header.operation) {
    case T31D_CLOSE:
      handles_.close(header.handle);
      reply.result = 0;
      break;
    case T31D_TIME:
      reply = {0,
               {static_cast<uint32_t>(t31_host_time_ns() / 1'000'000'000),
                static_cast<uint32_t>(t31_host_time_ns() % 1'000'000'000), 0}};
      break;
    case T31D_IOCTL:
      if (camera >= 0) {
        const ClientMemory::Use memory(*connection.memory);
        reply.result = t31_host_ioctl(camera, header.argument[0], header.argument[1]);
      }
      break;
    case T31D_WRITE:
      if (camera >= 0) {
        reply = result(t31_host_write(camera, request.bytes.data(), request.size));
      }
      break;
    default:
      reply.result = -EINVAL;
      break;
  }
  unwatch_call(connection);
  if (options_.verbose && header.operation == T31D_IOCTL) {
    fmt::print(stderr, "t31d: ioctl {} {:08x}{} -> {}\n", header.handle, header.argument[0],
               words_of(*connection.memory, header), reply.result);
  }
  return send(connection.socket.number(), reply, {}, -1);
}

}  // namespace t31::daemon
