// SPDX-License-Identifier: GPL-2.0-or-later
// files.cpp - file access of the port.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "driver/port/port.h"
#include "host/machine.hpp"
#include "host/port/root.hpp"
#include "host/strict/report.hpp"

namespace t31::host {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kFileMode = 0766;  // user-abi: the vendor's

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int number() const { return number_; }

 private:
  const int number_;
};

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

long read_all(int descriptor, void* buffer, u32 size) {
  u32 done = 0;
  while (done < size) {
    const ssize_t part = read(descriptor, static_cast<u8*>(buffer) + done, size - done);
    if (part < 0 && errno == EINTR) continue;
    if (part < 0) return -errno;
    if (part == 0) break;
    done += static_cast<u32>(part);
  }
  return done;
}

long write_all(int descriptor, const void* data, u32 size) {
  u32 done = 0;
  while (done < size) {
    const ssize_t part = write(descriptor, static_cast<const u8*>(data) + done, size - done);
    if (part < 0 && errno == EINTR) continue;
    if (part < 0) return -errno;
    done += static_cast<u32>(part);
  }
  return done;
}

}  // namespace

fs::path RootFolder::below(const std::string& path) const {
  return root_ / fs::path(path).relative_path();
}

fs::path RootFolder::find(const std::string& path) const {
  if (root_.empty() || path.empty()) return {};
  const fs::path inside = below(path);
  if (is_there(inside)) return inside;
  return path.front() == '/' && is_there(path) ? fs::path(path) : fs::path();
}

fs::path RootFolder::place(const std::string& path) const {
  if (root_.empty() || path.empty()) return {};
  const fs::path inside = below(path);
  if (is_there(inside.parent_path())) return inside;
  return path.front() == '/' ? fs::path(path) : fs::path();
}

}  // namespace t31::host

using namespace t31::host;

long t31_port_file_size(const char* path) {
  auto& host = machine();
  might_sleep("t31_port_file_size");
  host.trace.mark_file(path);
  if (host.faults.hit("t31_port_file_size")) return -T31_EIO;
  const fs::path found = host.root.find(path);
  if (found.empty()) return -T31_ENOENT;
  struct stat status {};
  if (stat(found.c_str(), &status) < 0) return -errno;
  return S_ISREG(status.st_mode) ? static_cast<long>(status.st_size) : -T31_EINVAL;
}

long t31_port_file_read(const char* path, void* buffer, u32 size) {
  auto& host = machine();
  might_sleep("t31_port_file_read");
  host.trace.mark_file(path);
  if (host.faults.hit("t31_port_file_read")) return -T31_EIO;
  const fs::path found = host.root.find(path);
  if (found.empty()) return -T31_ENOENT;
  // A pipe or a device must not keep us waiting.
  const Descriptor file(open(found.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0) return -errno;
  struct stat status {};
  if (fstat(file.number(), &status) < 0) return -errno;
  if (!S_ISREG(status.st_mode)) return -T31_EINVAL;
  return read_all(file.number(), buffer, size);
}

long t31_port_file_write(const char* path, const void* data, u32 size) {
  auto& host = machine();
  might_sleep("t31_port_file_write");
  host.trace.mark_file(path);
  if (host.faults.hit("t31_port_file_write")) return -T31_EIO;
  const fs::path place = host.root.place(path);
  if (place.empty()) return -T31_ENOENT;
  const Descriptor file(
      open(place.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK, kFileMode));
  return file.number() < 0 ? -errno : write_all(file.number(), data, size);
}
