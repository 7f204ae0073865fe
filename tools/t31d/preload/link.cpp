// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31d/preload/link.hpp"

#include <sys/socket.h>
#include <sys/un.h>

#include "t31d/preload/libc.hpp"

namespace t31::preload {
namespace {

constexpr int kConnections = 48;
constexpr int kFirstDescriptor = 600;  // out of the way of programs that count theirs
constexpr int kSetCloseOnExec = 02000000;
constexpr int kDuplicateCloseOnExec = 1030;
constexpr int kEsrch = 3;

struct Connection {
  int busy = 0;  // taken by compare and exchange
  int socket = -1;
  int process = 0;  // a forked child makes its own
  int thread = 0;   // whose call is under way
};

Connection connections[kConnections];
constinit uint8_t token[T31D_TOKEN] = "t31d token";

int own_process() {
  return static_cast<int>(syscall(SYS_getpid));
}

int own_thread() {
  return static_cast<int>(syscall(SYS_gettid));
}

void drop(Connection& connection) {
  if (connection.socket >= 0 && connection.process == own_process()) {
    syscall(SYS_close, connection.socket);
  }
  connection.socket = -1;
}

bool send_packet(int socket, const t31d_request& request, const void* data, size_t size) {
  iovec parts[2] = {{const_cast<t31d_request*>(&request), sizeof(request)},
                    {const_cast<void*>(data), size}};
  msghdr message{};
  message.msg_iov = parts;
  message.msg_iovlen = size > 0 ? 2 : 1;
  long sent = 0;
  do {
    sent = syscall(SYS_sendmsg, socket, &message, MSG_NOSIGNAL);
  } while (sent < 0 && error_number() == kEintr);
  return sent >= 0;
}

int descriptor_in(msghdr& message) {
  if (message.msg_controllen < CMSG_LEN(sizeof(int))) return -1;
  const cmsghdr* const header = static_cast<const cmsghdr*>(message.msg_control);
  if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) return -1;
  int descriptor = -1;
  memcpy(&descriptor, CMSG_DATA(header), sizeof(descriptor));
  return descriptor;
}

// Until the answer comes. A signal that interrupts us is passed on, and the answer tells what
// became of the call.
bool receive(int socket, Answer& answer) {
  union {
    cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int))];
  } control;
  iovec parts[2] = {{&answer.reply, sizeof(answer.reply)}, {answer.data, answer.room}};
  for (;;) {
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = answer.room > 0 ? 2 : 1;
    message.msg_control = &control;
    message.msg_controllen = sizeof(control);
    const long count = syscall(SYS_recvmsg, socket, &message, MSG_CMSG_CLOEXEC);
    if (count >= static_cast<long>(sizeof(answer.reply))) {
      answer.size = static_cast<size_t>(count) - sizeof(answer.reply);
      answer.descriptor = descriptor_in(message);
      return true;
    }
    if (count >= 0 || error_number() != kEintr) return false;
    const t31d_request interrupt = {T31D_INTERRUPT, 0, {0, 0, 0}};
    if (!send_packet(socket, interrupt, nullptr, 0)) return false;
  }
}

int open_socket() {
  const char* const path = getenv(T31D_SOCKET_VARIABLE);
  sockaddr_un address{};
  if (path == nullptr || strlen(path) >= sizeof(address.sun_path)) {
    set_error(kEnodev);
    return -1;
  }
  address.sun_family = AF_UNIX;
  memcpy(address.sun_path, path, strlen(path));
  const int low =
      static_cast<int>(syscall(SYS_socket, AF_UNIX, SOCK_SEQPACKET | kSetCloseOnExec, 0));
  if (low < 0) return -1;
  if (syscall(SYS_connect, low, &address, sizeof(address)) < 0) {
    syscall(SYS_close, low);
    return -1;
  }
  const int high =
      static_cast<int>(syscall(SYS_fcntl, low, kDuplicateCloseOnExec, kFirstDescriptor));
  if (high < 0) return low;
  syscall(SYS_close, low);
  return high;
}

bool introduce(int socket) {
#if defined(__mips__)
  constexpr uint32_t kEmulated = 1;
#else
  constexpr uint32_t kEmulated = 0;
#endif
  const uint64_t address = reinterpret_cast<uintptr_t>(token);
  const t31d_request hello = {
      T31D_HELLO,
      0,
      {static_cast<uint32_t>(address), kEmulated, static_cast<uint32_t>(address >> 32)}};
  Answer answer;
  if (!send_packet(socket, hello, token, sizeof(token)) || !receive(socket, answer)) return false;
  return result_of(answer) == 0;
}

bool make_ready(Connection& connection) {
  const int process = own_process();
  if (connection.process != process) drop(connection);
  if (connection.socket >= 0) return true;
  connection.process = process;
  const int socket = open_socket();
  if (socket < 0) return false;
  if (!introduce(socket)) {
    const int error = error_number();
    syscall(SYS_close, socket);
    set_error(error);
    return false;
  }
  connection.socket = socket;
  return true;
}

bool take(Connection& connection) {
  int free = 0;
  return __atomic_compare_exchange_n(&connection.busy, &free, 1, false, __ATOMIC_ACQUIRE,
                                     __ATOMIC_RELAXED);
}

void give_back(Connection& connection) {
  connection.thread = 0;
  __atomic_store_n(&connection.busy, 0, __ATOMIC_RELEASE);
}

Connection* take_any() {
  for (Connection& connection : connections) {
    if (take(connection)) return &connection;
  }
  set_error(kEnomem);
  return nullptr;
}

}  // namespace

bool ask(const t31d_request& request, const void* data, size_t size, Answer& answer) {
  const int error = error_number();
  Connection* const connection = take_any();
  if (connection == nullptr) return false;
  __atomic_store_n(&connection->thread, own_thread(), __ATOMIC_RELEASE);
  bool answered = make_ready(*connection);
  if (answered && (!send_packet(connection->socket, request, data, size) ||
                   !receive(connection->socket, answer))) {
    drop(*connection);
    set_error(kEnodev);
    answered = false;
  }
  give_back(*connection);
  if (answered) set_error(error);
  return answered;
}

long result_of(const Answer& answer) {
  if (answer.reply.result >= 0) return answer.reply.result;
  int error = -answer.reply.result;
#if defined(__mips__)
  // The two of the driver's errors that have other numbers there: ETIMEDOUT, EREMOTEIO.
  if (error == 110) error = 145;
  if (error == 121) error = 140;
#endif
  set_error(error);
  return -1;
}

void reap_lost_calls() {
  const int process = own_process();
  for (Connection& connection : connections) {
    const int thread = __atomic_load_n(&connection.thread, __ATOMIC_ACQUIRE);
    if (thread == 0 || connection.process != process) continue;
    const int error = error_number();
    const bool lost = syscall(SYS_tgkill, process, thread, 0) < 0 && error_number() == kEsrch;
    set_error(error);
    if (!lost) continue;
    drop(connection);  // the daemon sees that and ends the call
    give_back(connection);
  }
}

}  // namespace t31::preload
