// SPDX-License-Identifier: GPL-2.0-or-later
// server.hpp - serves programs: a thread for every connection, since any of their calls may wait
// for a frame; and one that notices when a program interrupts a call or is gone.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "t31_host.h"
#include "t31d/chip_pages.hpp"
#include "t31d/client_memory.hpp"
#include "t31d/handles.hpp"
#include "t31d/packets.hpp"

namespace t31::daemon {

struct ServerOptions {
  std::string socket;
  uint64_t guest_base = 0;  // where an emulator places the programs' memory
  bool verbose = false;     // every request on stderr
  bool patient = false;     // time passes only while a program's call is under way
};

class Server {
 public:
  explicit Server(const ServerOptions& options);
  // All programs must be gone or be left waiting: their connections are shut.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // From the machine's main thread, every now and then.
  void tend();
  // Closes everything that programs have open.
  void close_all();

 private:
  class TimePasses;
  struct Connection {
    Descriptor socket;
    std::thread thread;
    bool ended = false;  // guarded by mutex_
    std::unique_ptr<ClientMemory> memory;
    t31_host_thread* calling = nullptr;  // guarded by mutex_
  };

  void accept_all();
  void serve(Connection& connection);
  bool answer(Connection& connection, const Request& request);
  bool hello(Connection& connection, const Request& request);
  bool open(Connection& connection, const Request& request);
  bool map(Connection& connection, const Request& request);
  bool call(Connection& connection, const Request& request);
  bool reply_text(Connection& connection, const Request& request);
  void watch_call(Connection& connection);
  void unwatch_call(Connection& connection);
  void watch();
  void interrupt(int socket);
  void forget_ended();
  bool lost_call_goes_on();
  void end_lost_programs();

  const ServerOptions options_;
  Descriptor listener_;
  Descriptor epoll_;
  Descriptor stop_;  // an eventfd
  Handles handles_;
  ChipPages pages_;
  int calls_ = 0;  // guarded by time_mutex_
  std::mutex time_mutex_;
  std::mutex mutex_;
  std::list<Connection> connections_;  // guarded by mutex_
  std::thread acceptor_;
  std::thread watcher_;
};

}  // namespace t31::daemon
