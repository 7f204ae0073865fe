// SPDX-License-Identifier: GPL-2.0-or-later
// camera.hpp - the whole driver: its units, the session that /dev/tx-isp drives, and the life of a
// frame.
//
// Locks, outer to inner:
//   session_  a session step (open, select, stream, links) from its first to its last effect
//   picture_  tuning file, blocks, exposure and white balance decisions
//   then the locks inside the units, each for itself.
// Interrupt hooks take none of the two. Calls into sensors are made under session_ or from the
// sensor queue; what a sensor calls back takes neither.
#pragma once

#include "driver/base/atomic.hpp"
#include "driver/blocks/block_set.hpp"
#include "driver/control/auto_control.hpp"
#include "driver/control/exposure_control.hpp"
#include "driver/control/metering_settings.hpp"
#include "driver/control/short_exposure.hpp"
#include "driver/control/white_balance.hpp"
#include "driver/core/interrupts.hpp"
#include "driver/core/isp_top.hpp"
#include "driver/core/platform.hpp"
#include "driver/core/statistics_dma.hpp"
#include "driver/device/frame_data.hpp"
#include "driver/device/mode_switch.hpp"
#include "driver/driver.h"
#include "driver/graph/links.hpp"
#include "driver/input/csi.hpp"
#include "driver/input/raw_capture.hpp"
#include "driver/input/raw_stream.hpp"
#include "driver/input/sensor_host.hpp"
#include "driver/input/vic.hpp"
#include "driver/output/output_unit.hpp"
#include "driver/tuning/tuning_store.hpp"

namespace t31::device {

// One element of a parameter array.
struct ParameterWord {
  tuning::Parameter parameter;
  u32 index;
  u32 value;
};

class Camera {
 public:
  Camera(core::Platform& platform, const t31_parameters& parameters);
  ~Camera();
  Camera(const Camera&) = delete;
  Camera& operator=(const Camera&) = delete;

  // Interrupt lines, work queues. On failure nothing is left.
  Status start();
  void stop();

  // ---- session (camera_session.cpp), called by the nodes
  Status open();  // /dev/tx-isp
  void close();
  bool activated() const;
  graph::State state() const { return state_.load(); }

  Status register_sensor(const struct t31_sensor_register& info);
  Status release_sensor(const char (&name)[32]);
  Status enumerate(t31_input& in);
  int selected_sensor() const { return sensors_.selected_index(); }
  // S_INPUT: `index` -1 deselects. On success *size is width << 16 | height of the sensor, when
  // selected.
  Status select(int index, u32* size);
  Status stream_on();
  Status stream_off();
  Status setup_links(int configuration);
  void destroy_links();
  // ISP bypass: from the next link setup on channel 0 has raw frames.
  void set_isp_process(bool process) { isp_process_.store(process); }
  bool isp_process() const { return isp_process_.load(); }

  // ---- memory that user space gives (camera_session.cpp)
  Status denoise_buffer_size(u32& bytes) const;
  Status set_denoise_buffer(u32 address, u32 bytes);

  // ---- two exposures (camera_wdr.cpp)
  // Before a sensor is selected only remembered, for its selection; afterwards the sensor and the
  // ISP change at once, also while frames run. -EINVAL, logged: the sensor driver can't.
  Status set_wdr(bool on);
  bool wdr() const { return wdr_.load(); }
  // Memory for the delayed exposure; 0 bytes: the sensor is in a linear mode.
  Status wdr_buffer_size(u32& bytes) const;
  // -EPERM: the sensor is in a linear mode; -EFAULT: too small, WDR is off again.
  Status set_wdr_buffer(u32 address, u32 bytes);

  // ---- settings (camera_settings.cpp)
  void set_bin_path(const char (&path)[T31_BIN_PATH_SIZE]);
  void bin_path(char (&path)[T31_BIN_PATH_SIZE]) const;
  Status set_fps(u32 fps);
  // The module control's word; bit 31 stands for temporal denoise, which has a parameter instead of
  // a bypass bit.
  Status set_modules(u32 word);
  u32 modules() const;
  Status set_flip(bool mirror, bool flip);
  Status set_white_balance(const t31_white_balance& request);
  void white_balance(t31_white_balance& out) const;
  void set_exposure_block(const u32 (&words)[T31_AE_WORDS]);
  void exposure_block(u32 (&words)[T31_AE_WORDS]) const;
  void set_integration_time(bool manual, u32 lines);
  control::Exposure exposure() const;
  control::ExposureLimits exposure_limits() const;
  bool integration_time_manual() const;
  // Runs `change` on the exposure control; limits and what is manual act at once.
  template <typename Change>
  Status change_exposure(Change change) {
    Mutex::Guard guard(picture_);
    const Status status = change(exposure_);
    if (status.ok()) exposure_limits_changed();
    return status;
  }
  // What automatic exposure, white balance and focus have come to.
  template <typename Read>
  void read_auto(Read read) const {
    Mutex::Guard guard(picture_);
    read(auto_);
  }
  template <typename Read>
  void read_exposure(Read read) const {
    Mutex::Guard guard(picture_);
    read(exposure_);
  }
  template <typename Change>
  Status change_white_balance(Change change) {
    Mutex::Guard guard(picture_);
    const Status status = change(white_balance_);
    if (status.ok()) white_balance_changed();
    return status;
  }
  template <typename Read>
  void read_white_balance(Read read) const {
    Mutex::Guard guard(picture_);
    read(white_balance_);
  }
  control::MeteringSettings metering() const;
  template <typename Change>
  void change_metering(Change change) {
    Mutex::Guard guard(picture_);
    change(metering_);
    auto_changed_ = true;
  }
  // Runs `change` on the blocks and has it written: at once when no frames run, else at the next
  // ISP done.
  template <typename Change>
  Status change_blocks(Change change) {
    Mutex::Guard guard(picture_);
    const Status status = change(blocks_);
    if (status.ok()) commit_if_idle();
    return status;
  }
  template <typename Read>
  void read_blocks(Read read) const {
    Mutex::Guard guard(picture_);
    read(blocks_);
  }

  // ---- algorithms of user space (camera_auto.cpp)
  // The driver's own algorithm stands back, but not for a client that is not heard of for two
  // seconds: hear_external() tells that it is there.
  enum class External : u8 { kExposure, kBalance };
  void begin_external(External which);
  void end_external(External which);
  void hear_external(External which);
  void set_external_exposure(const control::ExposureControl::Wish& wish,
                             const control::ShortExposure::Wish& short_wish);
  void set_external_balance(const control::AwbGains& gains, u32 kelvin);

  // ---- modes, tuning file, parameter arrays (camera_mode.cpp)
  // Between two frames while pictures run, else at once. What is wanted reads back at once.
  Status set_running_mode(bool night);
  bool night_wanted() const { return modes_.wanted().night; }
  // -EPERM: there is no custom tuning file.
  Status set_custom_mode(bool on);
  bool custom_wanted() const { return modes_.wanted().custom; }
  bool custom_available() const;
  ModeSwitch& modes() { return modes_; }
  // Another tuning file for the selected sensor, between two frames. The user's settings stay; what
  // the tuning tool has set is forgotten. -EPERM: no sensor; -ENOENT, -EIO, -EINVAL: the file, with
  // a line in the log, and the tuning in use stays.
  Status load_tuning_file(const char* path);
  // Elements of an array from `first` on, as they lie in a bank; above every bank and for good.
  // -EINVAL: no such elements.
  Status set_parameter(tuning::SetBy owner, tuning::Parameter parameter, u32 first,
                       std::span<const u8> bytes);
  Status set_parameter_words(std::span<const ParameterWord> words);
  // What the tuning tool sets: arrays `first` to `last`, one behind the other; the bytes used.
  Result<u32> set_parameters(u32 first, u32 last, const u8* bytes);
  // As set, or of the bank in force; -EPERM: no sensor is selected; -EINVAL: another size.
  Status parameter(tuning::Parameter parameter, std::span<u8> out) const;
  u32 parameter_word(tuning::Parameter parameter, u32 index) const;
  // One register of the ISP core, for the tuning tool. -EINVAL: none, or one that a client must not
  // write; -EPERM: no session, the clock is off.
  Status access_register(u32 offset, u32& value, bool write);

  // ---- frames (camera_frame.cpp)
  // Copies the latest statistics; false when none have come since stream on.
  void picture(Picture& out) const;
  bool have(Statistic kind) const {
    Mutex::Guard guard(picture_);
    return picture_data_.of[static_cast<u32>(kind)].valid;
  }
  // Of which frames they are.
  void statistics_origins(Picture::Origin (&out)[kStatisticKinds]) const;
  // Runs `use` on a copy of the zone means (row-major, 0..255), outside every lock.
  template <typename Use>
  Status with_zone_means(Use use) const {
    u32 means[control::kZones];
    {
      Mutex::Guard guard(picture_);
      for (u32 i = 0; i < control::kZones; ++i) {
        means[i] = picture_data_.tables.exposure.zone_mean[i];
      }
    }
    return use(means);
  }
  // Number of statistics sets so far, and a wait for the next one.
  u32 statistics_count() const { return statistics_count_.load(); }
  Status wait_statistics(u32 after);
  // Waits for the next channel-0 frame; `count` is the number since the tuning node was opened.
  Status wait_frame(u32 milliseconds, u64& count);
  void reset_frame_count();
  FrameCounters frame_counters() const;
  // Measures frame interval and vertical blanking for `get_vb`.

  // ---- reports
  tuning::LoadResult tuning_result() const;
  bool tuning_from_file() const;
  void tuning_path(char (&path)[T31_BIN_PATH_SIZE]) const;
  u32 denoise_bytes_given() const { return denoise_given_.load(); }

  // Start values of automatic white balance: ratios to the sensor's static gains, Q8.
  struct WhiteBalanceStart {
    u32 red_q8, blue_q8, kelvin;
  };
  WhiteBalanceStart white_balance_start() const;
  // Completions for addresses that no client had queued, all channels.
  u32 unknown_buffers() const;
  // Since the stream began.
  Progress progress() const;

  const t31_parameters& parameters() const { return parameters_; }
  // For the proc file isp-m0, which may change the three isp_ch0_ parameters.
  t31_parameters& runtime_parameters() { return parameters_; }
  core::Platform& platform() { return platform_; }
  core::Interrupts& interrupts() { return interrupts_; }
  input::SensorHost& sensors() { return sensors_; }
  input::Csi& csi() { return csi_; }
  input::Vic& vic() { return vic_; }
  graph::Links& links() { return links_; }
  output::OutputUnit& output() { return output_; }

  // `snapraw`: into the driver's private memory; `saveraw`: into the temporal denoise buffer.
  Status snap_raw(u32 frames);
  Status save_raw(u32 frames);

 private:
  static void on_frame_start(void* context, u64 time_ns);
  static void on_statistics(void* context, u32 status);
  static void on_ip_done(void* context, u64 time_ns);
  static void on_channel_done(void* context, unsigned channel, u64 time_ns);
  static void on_video_input(void* context);
  static void run_frame_work(void* context);
  static void run_sensor_work(void* context);
  void frame_work();
  void sensor_work();
  void collect_statistics();                               // under picture_
  void note_statistics(const ReadyStatistics& ready);      // under picture_
  void step_exposure(u32 frame);                           // under picture_
  void commit_if_idle();                                   // under picture_
  void apply_exposure(const control::Exposure& exposure);  // under picture_
  void collect_wdr(const ReadyStatistics& ready);          // under picture_
  u32 frames_started() const;

  // camera_auto.cpp, all under picture_
  u32 auto_mode() const;
  void configure_auto(bool renewed);
  void reset_auto(const t31_sensor_info& sensor);
  void start_auto();
  void step_auto(const ReadyStatistics& ready);
  void decide_exposure(const control::AeDecision& decision);
  void decide_balance(const control::AutoDecisions& decisions);
  void restart_exposure();
  void begin_exposure(const control::AeDecision& decision, u32 first_frame);
  void queue_exposure(control::Exposure exposure);
  void update_limits(const t31_sensor_info& sensor);
  void sensor_mode_changed(const t31_sensor_info& sensor);
  void look_for_external();
  void release_external(External which);

  void exposure_limits_changed();  // under picture_
  void white_balance_changed();    // under picture_
  void apply_white_balance();      // under picture_
  void adopt_sensor_changes();     // under picture_

  Status check_raw_path() const;
  Status request_mode(const Mode& mode);
  void make_due_changes();                                 // under picture_; writes registers
  void change_mode(const Mode& mode);                      // under picture_
  void adopt_next_file();                                  // under picture_
  void reload_banks();                                     // under picture_
  void mark_parameter(tuning::Parameter parameter);        // under picture_
  void parameter_changed(tuning::Parameter parameter);     // under picture_
  void load_custom_tuning(const t31_sensor_info& sensor);  // under picture_

  Status activate();
  void slake();
  Status initialise(int index);
  void deinitialise();
  Status program_isp(const t31_sensor_info& sensor, const input::PixelFormat& format);
  Status load_tuning(const t31_sensor_info& sensor);
  Status start_streaming();
  Status check_exposures(const t31_sensor_info& sensor) const;
  Status switch_wdr(bool on);
  Status ask_sensor_for_wdr(bool on);
  void change_isp_mode(const t31_sensor_info& sensor, bool on);
  void stop_streaming();
  Progress counted() const;  // since load

  t31_parameters parameters_;
  core::Platform& platform_;

  mutable Mutex session_;
  unsigned opens_ = 0;  // under session_
  Atomic<graph::State> state_{graph::State::kSlake};
  graph::Links links_;
  core::Interrupts interrupts_;
  core::IspTop top_;
  core::StatisticsDma statistics_;
  input::Csi csi_;
  input::Vic vic_;
  input::RawCapture capture_;
  input::RawStream raw_stream_;
  input::SensorHost sensors_;
  input::PixelFormat format_;  // of the selected sensor; under session_, unchanged while frames run
  output::OutputUnit output_;
  t31_queue* frame_queue_ = nullptr;
  t31_queue* sensor_queue_ = nullptr;
  WorkItem frame_item_;
  WorkItem sensor_item_;
  Atomic<bool> logic_due_{false};
  Atomic<bool> isp_process_{true};
  Atomic<bool> exposure_at_frame_start_{false};
  u32 denoise_address_ = 0;  // under session_
  Atomic<bool> wdr_{false};
  bool wdr_buffer_given_ = false;  // under session_
  Atomic<u32> denoise_given_{0};

  mutable Mutex picture_;  // guards from here to the next comment
  char bin_path_[T31_BIN_PATH_SIZE] = {};
  char tuning_path_[T31_BIN_PATH_SIZE] = {};
  tuning::TuningStore tuning_;
  tuning::FileImage next_file_;  // takes tuning_'s place between two frames
  blocks::BlockSet blocks_;
  control::ExposureControl exposure_;
  control::ShortExposure short_exposure_;
  control::ExposureDelay exposure_delay_;
  control::Exposure frame_exposure_;  // of the frames whose statistics come in
  control::AeStatistics short_ae_;
  control::AutoControl auto_;
  bool auto_changed_ = false;     // what it works with: told before the next frame
  bool balance_changed_ = false;  // arrays of white balance, too
  u32 line_rate_ = 0;             // of the sensor, lines a second
  struct ExternalClient {
    bool open = false, lost = false;
    u64 heard_ns = 0;
  } external_[2];
  control::WhiteBalance white_balance_;
  control::MeteringSettings metering_;
  Picture picture_data_;
  FrameCounters frame_counters_;
  u32 consecutive_late_ = 0;
  u32 zone_cells_ = 0;
  u32 kelvin_followed_ = 0;  // by the blocks; 0: none yet

  mutable SpinLock frame_lock_;  // guards from here to the end
  ReadyStatistics ready_;
  Progress stream_began_;
  u32 ip_done_frame_ = 0;  // frames started when the last ISP done came
  u32 frames_started_ = 0;
  u64 frames_done_ = 0;  // channel 0

  ModeSwitch modes_;
  WaitQueue frame_done_wait_;
  WaitQueue statistics_wait_;
  Atomic<u32> statistics_count_{0};
};

}  // namespace t31::device
