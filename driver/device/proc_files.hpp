// SPDX-License-Identifier: GPL-2.0-or-later
// proc_files.hpp - /proc/jz/isp: the vendor's files, byte for byte (user-abi 7), and three of ours:
// status, sensor, control.
#pragma once

#include "driver/device/camera.hpp"
#include "driver/device/controls.hpp"

namespace t31::device {

class ProcFiles {
 public:
  ProcFiles(Camera& camera, Controls& controls);
  ~ProcFiles() { destroy(); }
  ProcFiles(const ProcFiles&) = delete;
  ProcFiles& operator=(const ProcFiles&) = delete;

  Status create();
  void destroy();

 private:
  static constexpr unsigned kFiles = 8;
  struct File {
    const char* name;
    t31_proc_ops ops;
  };
  static const File kTable[kFiles];

  // proc_core.cpp: isp-m0
  static void show_core(void* self, t31_proc_text* text);
  static long write_core(void* self, const char* command, u32 size);
  void print_sensor_lines(t31_proc_text* text) const;
  void print_exposure_lines(t31_proc_text* text) const;
  void print_picture_lines(t31_proc_text* text) const;
  void print_debug_lines(t31_proc_text* text) const;
  // proc_input.cpp: isp-w00 sensor host, isp-w01 receiver, isp-w02 video input
  static void show_sensor_host(void* self, t31_proc_text* text);
  static long write_sensor_host(void* self, const char* command, u32 size);
  static void show_receiver(void* self, t31_proc_text* text);
  static void show_video_input(void* self, t31_proc_text* text);
  static long write_video_input(void* self, const char* command, u32 size);
  // proc_output.cpp: isp-fs
  static void show_output(void* self, t31_proc_text* text);
  // proc_auto.cpp: of status
  void print_auto_lines(t31_proc_text* text) const;
  void print_statistics_lines(t31_proc_text* text) const;
  // proc_status.cpp: status, sensor
  static void show_status(void* self, t31_proc_text* text);
  static void show_sensor(void* self, t31_proc_text* text);
  // proc_control.cpp: control
  static void show_control(void* self, t31_proc_text* text);
  static long write_control(void* self, const char* command, u32 size);
  Status load_tuning(const char* rest);

  Camera& camera_;
  Controls& controls_;
  t31_proc* files_[kFiles] = {};

  mutable Mutex lock_;         // guards the two below
  char answer_[32] = {};       // of the last command to isp-w00
  bool measure_next_ = false;  // get_vb: the next read of isp-m0 prints the measurement
};

}  // namespace t31::device
