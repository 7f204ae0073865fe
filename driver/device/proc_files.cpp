// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/device/proc_files.hpp"

#include <new>

namespace t31::device {

const ProcFiles::File ProcFiles::kTable[kFiles] = {
    {"isp-m0", {&ProcFiles::show_core, &ProcFiles::write_core}},
    {"isp-w02", {&ProcFiles::show_video_input, &ProcFiles::write_video_input}},
    {"isp-w01", {&ProcFiles::show_receiver, nullptr}},
    {"isp-w00", {&ProcFiles::show_sensor_host, &ProcFiles::write_sensor_host}},
    {"isp-fs", {&ProcFiles::show_output, nullptr}},
    {"status", {&ProcFiles::show_status, nullptr}},
    {"sensor", {&ProcFiles::show_sensor, nullptr}},
    {"control", {&ProcFiles::show_control, &ProcFiles::write_control}},
};

ProcFiles::ProcFiles(Camera& camera, Controls& controls)
    : camera_(camera), controls_(controls), lock_("proc") {}

Status ProcFiles::create() {
  for (unsigned i = 0; i < kFiles; ++i) {
    const Status status =
        Status::from(t31_port_proc_create(kTable[i].name, &kTable[i].ops, this, &files_[i]));
    if (status.ok()) continue;
    files_[i] = nullptr;
    destroy();
    return status;
  }
  return kOk;
}

void ProcFiles::destroy() {
  for (unsigned i = kFiles; i > 0; --i) {
    if (files_[i - 1] != nullptr) t31_port_proc_destroy(files_[i - 1]);
    files_[i - 1] = nullptr;
  }
}

void ProcFiles::show_output(void* context, t31_proc_text* text) {
  const ProcFiles& self = *static_cast<ProcFiles*>(context);
  void* memory = t31_port_alloc(sizeof(output::ChannelReport));
  if (memory == nullptr) return;
  output::ChannelReport& report = *new (memory) output::ChannelReport;
  for (unsigned channel = 0; channel < output::kChannelCount; ++channel) {
    self.camera_.output().describe(channel, report);
    output::print_frame_source(text, channel, report);
  }
  t31_port_free(memory);
}

}  // namespace t31::device
