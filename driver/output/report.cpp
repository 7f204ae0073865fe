// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/output/report.hpp"

#include "driver/port/port.h"

namespace t31::output {
namespace {

// State numbers of the vendor's text (hw-pipeline 6.2).
unsigned vendor_state(BufferState state) {
  switch (state) {
    case BufferState::kQueued:
      return 1;
    case BufferState::kActive:
      return 3;
    case BufferState::kDone:
      return 4;
    case BufferState::kFree:
    case BufferState::kDequeued:
      break;
  }
  return 0;
}

// The vendor's second state byte: 30 once queued, 102 once completed, 0 before.
unsigned vendor_progress(BufferState state) {
  switch (state) {
    case BufferState::kQueued:
    case BufferState::kActive:
      return 30;
    case BufferState::kDone:
    case BufferState::kDequeued:
      return 102;
    case BufferState::kFree:
      break;
  }
  return 0;
}

void print_geometry(t31_proc_text* text, const ChannelReport& report) {
  t31_port_proc_printf(text, "output pixformat: %c%c%c%c\n", static_cast<int>(report.fourcc & 0xff),
                       static_cast<int>(report.fourcc >> 8 & 0xff),
                       static_cast<int>(report.fourcc >> 16 & 0xff),
                       static_cast<int>(report.fourcc >> 24));
  t31_port_proc_printf(text, "output resolution: %u * %u\n", report.picture.width,
                       report.picture.height);
  t31_port_proc_printf(text, "scaler : %s\n", report.scaler ? "enable" : "disable");
  if (report.scaler) {
    t31_port_proc_printf(text, "scaler width: %u\nscaler height: %u\n", report.scaled.width,
                         report.scaled.height);
  }
  t31_port_proc_printf(text, "crop : %s\n", report.crop ? "enable" : "disable");
  if (report.crop) {
    t31_port_proc_printf(text, "crop top: %u\ncrop left: %u\ncrop width: %u\ncrop height: %u\n",
                         report.window.top, report.window.left, report.window.size.width,
                         report.window.size.height);
  }
}

void print_addresses(t31_proc_text* text, const char* name, const ChannelReport& report,
                     const u8* indices, u32 count) {
  t31_port_proc_printf(text, "%s count: %u\n", name, count);
  for (u32 i = 0; i < count; ++i) {
    t31_port_proc_printf(text, "%s addr: 0x%08lx\n", name,
                         static_cast<unsigned long>(report.buffers[indices[i]].address));
  }
}

}  // namespace

const char* words(ChannelError error) {
  switch (error) {
    case ChannelError::kNone:
      return "none";
    case ChannelError::kUnknownAddress:
      return "the hardware completed a picture at an address that was not queued";
    case ChannelError::kSkippedBuffers:
      return "the hardware completed pictures out of order";
    case ChannelError::kFifoStuck:
      return "the FIFO of completed pictures did not run empty";
    case ChannelError::kStopTimeout:
      return "the channel did not stop within 3 seconds";
    case ChannelError::kBufferRefused:
      return "a buffer was refused: wrong size, address, index or state";
    case ChannelError::kGeometryRefused:
      return "a size or crop was refused, see the kernel log";
    case ChannelError::kFrontCropDropped:
      return "the front crop was smaller than the picture and was switched off";
  }
  return "";
}

void print_frame_source(t31_proc_text* text, unsigned channel, const ChannelReport& report) {
  t31_port_proc_printf(text, "############## framesource %u ###############\n", channel);
  t31_port_proc_printf(text, "chan status: %s\n", report.running() ? "running" : "stop");
  if (!report.running()) return;
  print_geometry(text, report);
  t31_port_proc_printf(text, "the state of buffers:\n");
  print_addresses(text, "queue", report, report.queue, report.queue_count);
  print_addresses(text, "done", report, report.done, report.done_count);
  t31_port_proc_printf(text, "the output buffers is: %u\n", report.done_count);
  t31_port_proc_printf(text, "the losted buffers is: %u\n", report.counters.lost);
  if (channel == 0) {
    t31_port_proc_printf(text, "ch0_pre_dequeue_drop is: %u\n", report.early_missed);
    t31_port_proc_printf(text, "ch0_pre_dequeue_intc_ahead_cnt is: %u\n", report.early_ahead);
    t31_port_proc_printf(text, "pdq cnt: %u, pdq intc cnt:%u, pdq intc cnt1:%u\n",
                         report.early_delivered, report.early_swallowed,
                         report.early_ahead_swallowed);
  }
  t31_port_proc_printf(text, "---------------------------\n");
  for (u32 i = 0; i < report.buffer_count; ++i) {
    const auto& buffer = report.buffers[i];
    t31_port_proc_printf(text, "buf:%u, state:%u, buf_state:%u, buf_qcnt:%u, buf_dqcnt:%u\n", i,
                         vendor_state(buffer.state), vendor_progress(buffer.state), buffer.queued,
                         buffer.completed);
  }
}

}  // namespace t31::output
