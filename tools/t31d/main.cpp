// SPDX-License-Identifier: GPL-2.0-or-later
// t31d - keeps a virtual camera running for other programs, MIPS ones with the vendor's library
// among them.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "t31cam/errors.hpp"
#include "t31cam/machine.hpp"
#include "t31cam/options.hpp"
#include "t31d/launch.hpp"
#include "t31d/server.hpp"

namespace t31::daemon {
namespace {

constexpr std::chrono::milliseconds kTick{5};  // between looks at what programs do

struct Options {
  cam::CameraOptions camera;
  ServerOptions server;
  ProgramOptions program;
};

volatile std::sig_atomic_t signal_seen = 0;

void on_signal(int number) {
  signal_seen = number;
}

void catch_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

void add_camera_options(CLI::App& app, Options& options) {
  cam::CameraOptions& camera = options.camera;
  app.add_option("--sensor", camera.sensor, "sensor to attach, see 't31cam list sensors'")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--scene", camera.scene,
                 "what it looks at: see 't31cam list scenes', or a picture file")
      ->type_name("NAME|FILE")
      ->capture_default_str();
  app.add_flag("--noise,!--no-noise", camera.noise, "shot and read noise (default: on)");
  app.add_option("--seed", camera.seed, "of the noise")->type_name("N")->capture_default_str();
  app.add_option("--raw", camera.raw_file, "play this recorded raw file instead of a scene")
      ->type_name("FILE");
  app.add_option_function<std::string>(
         "--raw-format",
         [&camera](const std::string& text) { camera.raw_format = cam::parse_raw_format(text); },
         "its format: size, Bayer order, bits, black level")
      ->type_name("WxH:ORDER:BITS[:BLACK]");
  app.add_option("--tuning", camera.tuning,
                 "what the camera has as /etc/sensor/NAME-t31.bin: a file, or 'neutral'")
      ->type_name("FILE");
  app.add_option("--slow", camera.slow,
                 "the camera's time runs so many times slower than the wall clock")
      ->type_name("N")
      ->check(CLI::Range(1u, 100u))
      ->capture_default_str();
  app.add_flag("--patient", options.server.patient,
               "the camera's time passes only while a call of a program is under way");
  app.add_option("--trace", camera.trace_file, "write all register accesses there")
      ->type_name("FILE");
  app.add_flag("--verbose", options.server.verbose, "print all requests and the driver's log");
}

// Wakes the machine's main thread by the wall clock, whatever the camera's does.
class Ticker {
 public:
  Ticker()
      : main_(t31_host_thread_self()),
        thread_([this](const std::stop_token& stop) { run(stop); }) {}

 private:
  void run(const std::stop_token& stop) const {
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(kTick);
      t31_host_thread_signal(main_);
    }
  }

  t31_host_thread* main_;
  std::jthread thread_;
};

// Serves until `finished` says with which status to end.
template <typename Finished>
int serve(Server& server, Finished finished) {
  const Ticker ticker;
  for (;;) {
    t31_host_pause();
    server.tend();
    if (const std::optional<int> status = finished()) {
      server.close_all();
      return *status;
    }
  }
}

int run(Options& options) {
  cam::Machine machine(options.camera);
  const cam::TemporaryFolder folder;
  options.server.socket = folder.path() / "socket";
  options.server.guest_base = kGuestBase;
  Server server(options.server);
  Program program(options.program, folder.path(), options.server.socket);
  return serve(server, [&]() -> std::optional<int> {
    if (signal_seen != 0) {
      program.signal(signal_seen);
      signal_seen = 0;
    }
    return program.ended();
  });
}

int wait_for_programs(Options& options) {
  cam::Machine machine(options.camera);
  Server server(options.server);
  fmt::print("export {}={}\n", T31D_SOCKET_VARIABLE, options.server.socket);
  std::fflush(stdout);
  return serve(server, [&]() -> std::optional<int> {
    return signal_seen != 0 ? std::optional(0) : std::nullopt;
  });
}

int main_of(int argc, char** argv) {
  Options options;
  options.camera.real_time = true;
  CLI::App app("A virtual camera for other programs.");
  app.require_subcommand(1);
  CLI::App* const run_command =
      app.add_subcommand("run", "start PROGRAM, a MIPS one or one of this machine, with a camera");
  add_camera_options(*run_command, options);
  options.program.sysroot = "/usr/mipsel-linux-gnu";
  run_command->add_option("--sysroot", options.program.sysroot, "folder of the program's C library")
      ->type_name("DIR")
      ->capture_default_str();
  run_command
      ->add_option("--library", options.program.libraries,
                   "folder of shared libraries; may be repeated")
      ->type_name("DIR")
      ->allow_extra_args(false);
  run_command
      ->add_option("-E", options.program.environment, "environment of the program; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  run_command->add_option("program", options.program.words, "program and arguments, after --")
      ->required();
  CLI::App* const serve_command =
      app.add_subcommand("serve", "a camera for programs that are started by hand");
  add_camera_options(*serve_command, options);
  serve_command->add_option("--socket", options.server.socket, "where to listen")
      ->required()
      ->type_name("PATH");
  serve_command
      ->add_option("--guest-base", options.server.guest_base, "the -B of the programs' qemu-mipsel")
      ->type_name("ADDRESS");
  try {
    app.parse(argc, argv);
    cam::complete(options.camera);
    options.camera.verbose = options.server.verbose;
    catch_signals();
    return run_command->parsed() ? run(options) : wait_for_programs(options);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const cam::UsageError& error) {
    fmt::print(stderr, "t31d: {}\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "t31d: {}\n", error.what());
    return 1;
  }
}

}  // namespace
}  // namespace t31::daemon

int main(int argc, char** argv) {
  return t31::daemon::main_of(argc, argv);
}
