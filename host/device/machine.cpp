// SPDX-License-Identifier: GPL-2.0-or-later
// machine.cpp - modules, the kernel's log, and what a virtual machine can do besides. Modules are
// looked for in the folder $T31_MODULES (default: here). On a camera whose start scripts have
// loaded them they are there already, and stay.
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <set>
#include <string>

#include "host/device/ask_machine.h"
#include "host/device/device.hpp"
#include "qemu/mailbox.h"
#include "t31_host.h"

namespace t31::device {

namespace {

// Modules that this process has loaded: only they are unloaded by it.
std::set<std::string>& loaded() {
  static std::set<std::string> names;
  return names;
}

std::string module_name(const std::string& file) {
  std::string name = std::filesystem::path(file).stem();
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

int load(const std::string& file, const char* parameters) {
  const std::string name = module_name(file);
  const bool there = ::access(("/sys/module/" + name).c_str(), F_OK) == 0;
  if (there && *parameters == '\0') return 0;
  const char* const folder = std::getenv("T31_MODULES");
  const std::string path = std::string(folder != nullptr ? folder : ".") + "/" + file;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return -errno;
  const int result =
      static_cast<int>(result_of(::syscall(SYS_finit_module, descriptor, parameters, 0)));
  ::close(descriptor);
  if (result == 0) loaded().insert(name);
  return result;
}

int unload(const std::string& file) {
  const std::string name = module_name(file);
  if (!loaded().contains(name)) return 0;
  const int result =
      static_cast<int>(result_of(::syscall(SYS_delete_module, name.c_str(), O_NONBLOCK)));
  if (result == 0) loaded().erase(name);
  return result;
}

// sensor_sc2336_t31.so of the PC is sensor_sc2336_t31.ko here.
std::string sensor_file(const char* path) {
  return std::filesystem::path(path).filename().replace_extension(".ko");
}

int log_descriptor() {
  static const int descriptor = ::open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  return descriptor;
}

struct Faults {
  std::uint64_t calls = 0;
  std::string failed;
};
Faults faults;

// "priority,number,time,flags;text\n"
std::string driver_line(const char* record, std::size_t size) {
  const std::string text(record, size);
  const std::size_t start = text.find(';');
  constexpr char kPrefix[] = "tx-isp: ";
  if (start == std::string::npos || text.compare(start + 1, sizeof kPrefix - 1, kPrefix) != 0)
    return {};
  return text.substr(start + 1, text.find('\n', start) - start);
}

}  // namespace
}  // namespace t31::device

using namespace t31::device;

int t31_host_reset(const t31_host_config*) {
  ::lseek(log_descriptor(), 0, SEEK_END);
  return 0;
}

void t31_host_shutdown() {}

int t31_host_attach_sensor(const char* json, char* error, std::uint32_t error_size) {
  // A second client of the virtual machine must not exchange the first one's sensor.
  if (!t31_machine_is_virtual() || std::getenv("T31_KEEP_SENSOR") != nullptr) return 0;
  t31_mailbox_text request{};
  if (std::strlen(json) >= sizeof request.text) return -E2BIG;
  std::strcpy(request.text, json);
  const int result = t31_machine_ask(T31_RMEM_SENSOR, &request);
  if (result < 0 && error_size > 0) {
    std::strncpy(error, request.text, error_size - 1);
    error[error_size - 1] = '\0';
  }
  return result;
}

std::uint64_t t31_host_model_counter(int) {
  return 0;
}

int t31_host_load_driver(const char* parameters) {
  return load("tx-isp-t31.ko", parameters);
}

int t31_host_unload_driver() {
  return unload("tx-isp-t31.ko");
}

int t31_host_insmod(const char* path, const char* parameters) {
  return load(sensor_file(path), parameters);
}

int t31_host_rmmod(const char* path) {
  return unload(sensor_file(path));
}

char* t31_host_list_files() {
  std::string text;
  for (const char* folder : {"/dev", "/proc/jz/isp"}) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
      text += entry.path().string() + "\n";
    }
  }
  return ::strdup(text.c_str());
}

// ---- log

char* t31_host_take_log() {
  std::string lines;
  char record[1024];
  for (;;) {
    const ssize_t size = ::read(log_descriptor(), record, sizeof record);
    if (size < 0 && errno == EPIPE) continue;  // older records were overwritten
    if (size <= 0) break;
    lines += driver_line(record, static_cast<std::size_t>(size));
  }
  return ::strdup(lines.c_str());
}

void t31_host_set_log_callback(void (*)(const char*)) {}

void t31_host_set_abort_hook(void (*)(const char*)) {}

// ---- calls that fail on demand

void t31_host_fail_nth(std::uint64_t nth) {
  t31_mailbox_fault request{};
  request.nth = static_cast<unsigned>(nth);
  faults = {};
  if (t31_machine_is_virtual()) t31_machine_ask(T31_RMEM_FAULT, &request);
}

namespace {

// The board tells at each request and starts anew: what it told is kept here.
void take_faults() {
  t31_mailbox_fault request{};
  if (!t31_machine_is_virtual() || t31_machine_ask(T31_RMEM_FAULT, &request) != 0) return;
  faults.calls += request.calls;
  if (request.failed[0] != '\0') faults.failed = request.failed;
}

}  // namespace

std::uint64_t t31_host_fallible_calls() {
  take_faults();
  return faults.calls;
}

const char* t31_host_failed_call() {
  take_faults();
  return faults.failed.empty() ? nullptr : faults.failed.c_str();
}

void t31_host_get_statistics(t31_host_statistics* statistics) {
  *statistics = {};
}
