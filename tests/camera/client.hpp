// SPDX-License-Identifier: GPL-2.0-or-later
// client.hpp - a program that uses the camera the way the vendor's library does (user-abi 5).
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "t31_host.h"
#include "uapi/t31/framechan.h"
#include "uapi/t31/isp_tuning.h"
#include "uapi/t31/tx_isp.h"

namespace t31::test {

// An object in client memory, whose address fits the 32-bit ABI.
template <typename T>
class User {
 public:
  User() : memory_(static_cast<T*>(t31_host_user_alloc(sizeof(T)))) {
    std::memset(static_cast<void*>(memory_), 0, sizeof(T));
  }
  explicit User(const T& value) : User() { *memory_ = value; }
  ~User() { t31_host_user_free(memory_); }
  User(const User&) = delete;
  User& operator=(const User&) = delete;
  T* operator->() { return memory_; }
  T& operator*() { return *memory_; }
  std::uint32_t address() const { return t31_host_user_address(memory_); }

 private:
  T* memory_;
};

struct Machine {
  t31_host_scheduler scheduler = T31_HOST_DETERMINISTIC;
  std::string sensor = "sc2336";
  std::string scene = R"({"type":"flat","level":0.18})";
  std::string extra;       // further members of the sensor's JSON, with a leading comma
  std::string parameters;  // of the driver module
  std::string sensor_parameters;
  std::string module;  // a sensor driver other than the project's own
  std::string trace;   // register trace file
  std::uint64_t seed = 1;
  bool real_time = false;
  bool rewrite_last_address = false;
  std::uint32_t rmem_size = 0;
};

// The machine with driver and sensor driver loaded; unloads and checks for leaks at the end.
class Camera {
 public:
  explicit Camera(const Machine& machine = {});
  ~Camera();
  Camera(const Camera&) = delete;
  Camera& operator=(const Camera&) = delete;
  // Unloads now; further use is an error. Returns false when a module refuses to go.
  bool unload();
  const std::string& sensor() const { return machine_.sensor; }
  std::string sensor_module() const;
  // The folder that stands for the camera's file system.
  std::filesystem::path root() const { return root_; }

 private:
  Machine machine_;
  std::string root_;
  bool loaded_ = false;
};

struct Frame {
  std::uint32_t index = 0;
  std::uint32_t sequence = 0;
  std::uint64_t time_us = 0;
  std::uint32_t address = 0;
};

// One /dev/framechanN.
class Channel {
 public:
  Channel(unsigned number, std::uint32_t width, std::uint32_t height, std::uint32_t memory);
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  // Each returns 0 or a negative errno.
  int open(int flags = 0);
  int set_format(bool small_struct = false);
  int request(std::uint32_t count);
  int queue(std::uint32_t index);
  int stream_on();
  int stream_off();
  int dequeue(Frame& frame);
  int close();
  // open ... stream_on with `buffers` buffers queued.
  int start(std::uint32_t buffers = 2);

  const std::uint8_t* luma(std::uint32_t index) const;
  const std::uint8_t* chroma(std::uint32_t index) const;
  std::uint32_t buffer_bytes() const { return bytes_; }
  std::uint32_t buffer_address(std::uint32_t index) const { return memory_ + index * stride_; }
  void set_buffer_stride(std::uint32_t bytes) { stride_ = bytes; }
  int descriptor() const { return descriptor_; }
  t31_frame_format& format() { return *format_; }
  // Scaler on when the size differs from the sensor's.
  bool scaled = false;

 private:
  unsigned number_;
  std::uint32_t width_, height_;
  std::uint32_t memory_, bytes_, stride_;
  int descriptor_ = -1;
  User<t31_frame_format> format_;
};

// /dev/tx-isp and /dev/isp-m0 from open to close.
class Session {
 public:
  Session() = default;
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Two exposures: switched on before the sensor is selected, its buffer given afterwards.
  bool wdr = false;

  int open();
  int add_sensor(const std::string& name, std::uint32_t address, const std::string& tuning = {});
  int give_wdr_buffer();
  int enable_sensor();  // stream on, links
  int enable_tuning();
  int disable_sensor();
  int remove_sensor();
  int close_tuning();
  int close();
  // All of it up to streaming.
  int start(const std::string& sensor = "sc2336", const std::string& tuning = {});
  // All of it backwards.
  int stop();

  int tx(std::uint32_t command, std::uint32_t argument = 0) const;
  int control_set(std::uint32_t id, std::uint32_t value) const;
  int control_get(std::uint32_t id, std::uint32_t& value) const;
  int set_white_balance(double red, double blue) const;
  // 0 leaves a value as the sensor has it.
  int set_exposure(std::uint32_t lines, double again) const;
  int descriptor() const { return tx_; }
  int tuning_descriptor() const { return tuning_; }

 private:
  int tx_ = -1;
  int tuning_ = -1;
  std::string sensor_;
  std::uint32_t address_ = 0;
};

// A folder with empty /etc/sensor and /tmp that stands for the camera's file system.
std::string temporary_root();
std::uint32_t sensor_address(const std::string& sensor);
std::string read_proc(const std::string& name);
long write_proc(const std::string& name, const std::string& text);

}  // namespace t31::test
