// SPDX-License-Identifier: GPL-2.0-or-later
// output_unit.hpp - the output stage: three channels that share one input window, one flip and one
// word of enable bits.
//
// Locks: `mutex_` (process context) guards configuration and everything in Scaler; each channel's
// spin lock guards its buffers. Order: the core's session mutex, mutex_, a channel's lock, links.
// Calls marked irq take only channels' locks.
#pragma once

#include "driver/driver.h"
#include "driver/graph/links.hpp"
#include "driver/output/channel.hpp"
#include "driver/output/report.hpp"
#include "driver/output/scaler.hpp"
#include "uapi/t31/isp_tuning.h"

namespace t31::output {

class OutputUnit {
 public:
  OutputUnit(Window isp, const t31_parameters& parameters, graph::Links& links);
  // Where raw frames come from; without it use_raw() fails.
  void attach_raw(input::RawStream* source) { raw_source_ = source; }
  OutputUnit(const OutputUnit&) = delete;
  OutputUnit& operator=(const OutputUnit&) = delete;

  // /dev/framechan0..2 (defined in device/framechan.cpp, the layer that knows the ioctls).
  // -ENOMEM, -EEXIST: then none is left.
  Status create_nodes();
  void destroy_nodes();

  // ---- Session; process context.

  // First open of /dev/tx-isp: the ISP's clock runs, channels may be opened.
  void activate();
  // Last close: streams end in the mirror order of their start, buffers are freed, waiters woken;
  // descriptors still open fail with -EPERM. Flips, masks, the front crop and drop patterns stay.
  void slake();
  // A sensor was selected ({0, 0}: deselected). Formats and crops that no longer fit are dropped.
  void set_input(Size size);
  // ISP registers are back at their reset values; nothing streams in hardware any more.
  void chip_reset();
  // STREAMOFF of /dev/tx-isp: every running channel is stopped, its pad is linked again.
  void stop_streaming();
  // From now on channel 0 has raw frames of the sensor instead of pictures, or pictures again.
  // -EPERM: it streams.
  Status use_raw(bool raw);
  // LINK_DESTROY: the same, and the links are gone before a channel can start again.
  void unlink();

  // ---- irq

  void channel_done(unsigned channel, u64 timestamp_ns) {
    channels_[channel].frame_done(timestamp_ns);
  }
  void frame_start(u64 timestamp_ns) {
    for (Channel& channel : channels_) channel.frame_start(timestamp_ns);
  }

  // ---- Controls; process context. Refusals write one line to the log and change nothing.

  // `in_sensor`: the sensor turns the picture upside down itself; masks follow all the same.
  Status set_flip(bool mirror, bool flip, bool in_sensor = false);
  bool mirrored() const;
  bool flipped() const;
  Status set_masks(const t31_masks& masks);
  void masks(t31_masks& masks) const;
  // -EINVAL: outside the picture, or smaller than a running channel's output.
  Status set_front_crop(const t31_front_crop& crop);
  void front_crop(t31_front_crop& crop) const;
  // -EPERM: a cycle longer than 32 frames.
  Status set_frame_drop(const t31_frame_drop& drop);
  void frame_drop(t31_frame_drop& drop) const;
  // -EINVAL: no such channel, or a geometry that set_format would refuse. A channel that does not
  // run is left alone with a line in the log, as the vendor's driver does.
  Status set_auto_zoom(const t31_auto_zoom& zoom);
  // -EINVAL: no such channel, method or level; -EPERM: the channel does not run.
  Status set_scaler_level(const t31_scaler_level& level);
  // After a day/night switch: every running channel throws away its next frames.
  void drop_frames(u8 count);
  // How much the scaler may enlarge, in percent; 0 unless a board has proven more (public-documents
  // 1, row 3). At most 100.
  void allow_enlarging(u32 percent);

  // ---- Reports

  void describe(unsigned channel, ChannelReport& report) const;

  // ---- Channel nodes; process context.

  // -EPERM: /dev/tx-isp is not open; -EBUSY: the channel is open already.
  Result<File> open(unsigned channel);
  void release(unsigned channel, File file);
  // Errors as user-abi 4.4.
  Status set_format(unsigned channel, File file, t31_frame_format& format);
  Status get_format(unsigned channel, File file, t31_frame_format& format) const;
  Status request_buffers(unsigned channel, File file, t31_request_buffers& request);
  Status stream_on(unsigned channel, File file, u32 type);
  Status stream_off(unsigned channel, File file, u32 type);
  Channel& channel(unsigned channel) { return channels_[channel]; }

 private:
  struct Setting {
    graph::State state = graph::State::kSlake;
    bool has_format = false;
    bool stopped_from_above = false;  // by tx-isp; the client's STREAMOFF is still to come
    bool clear_pending = false;       // the FIFOs could not be cleared: the channel was busy
    bool filter = false;              // the resize filter is on
    bool level_set = false;           // its weights are the user's
    bool window_remarked = false;     // log: this channel's own front crop was ignored
    t31_frame_format format{};
    Request request;
    Geometry geometry;
    Size buffers_for;  // picture that the buffers were allocated for
    Size planned_for;  // input that the registers' step was computed for; empty: none written
    bool masks_written = true;
    bool drop_written = true;
  };

  // All of these: under mutex_.
  Rectangle window() const;  // the front crop, or all of the input
  bool running(unsigned channel) const;
  Status refuse(unsigned channel, Refusal refusal, const Request& request, Size input);
  Status check_others(unsigned channel, Size input);
  bool front_crop_of(unsigned channel, const t31_channel_crop& crop, Rectangle& window,
                     bool& enabled);
  void move_window(const Rectangle& window);
  void choose_filter(unsigned channel, Size input, bool force);
  void write_format(unsigned channel);
  void fit_format(unsigned channel);
  void fill_format(t31_frame_format& format, Size picture) const;
  bool raw(unsigned channel) const { return raw_ && channel == 0; }
  void fill_raw_format(t31_frame_format& format) const;
  Status set_raw_format(t31_frame_format& format);
  void start_raw();
  Status make_room(unsigned channel);
  bool prepare_fifo(unsigned channel);
  void start(unsigned channel);
  void stop(u32 channels);
  void stop_from_above();
  void write_masks(unsigned channel);
  bool has_masks(unsigned channel) const;
  Mask register_mask(unsigned channel, const t31_mask_area& area) const;
  void write_drop(unsigned channel);
  void log_complaint(unsigned channel);
  u32 enabled_masks() const;

  graph::Links& links_;
  mutable Mutex mutex_;  // guards everything below
  Scaler scaler_;
  input::RawStream* raw_source_ = nullptr;
  bool raw_ = false;  // channel 0 has raw frames
  bool powered_ = false;
  Size input_;
  bool cropped_ = false;  // front crop on
  Rectangle crop_;
  bool window_written_ = false;
  bool mirror_ = false, flip_ = false, flip_in_sensor_ = false;
  t31_masks masks_{};
  t31_frame_drop drop_{};
  u32 enlarge_percent_ = 0;
  File last_file_ = kNoFile;
  Setting settings_[kChannelCount];
  Channel channels_[kChannelCount];

  // Nodes; only create_nodes and destroy_nodes change them.
  struct Node {
    OutputUnit* unit = nullptr;
    unsigned channel = 0;
    t31_node* node = nullptr;
  };
  Node nodes_[kChannelCount];
};

}  // namespace t31::output
