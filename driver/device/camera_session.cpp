// SPDX-License-Identifier: GPL-2.0-or-later
// The session: open, sensors, select, stream, and the same backwards (hw-pipeline 1.6, 7.3, 7.4).
#include "driver/device/camera.hpp"

namespace t31::device {

using graph::State;

namespace {

constexpr u32 kBuiltInIspClock = 100000000;

// Share of the ISP clock that active pixels may take before a word of advice is due
// (public-documents 2.3).
constexpr u32 kBusyPercent = 90;

}  // namespace

// ---- open and close
// ---------------------------------------------------------------------------------

Status Camera::open() {
  Mutex::Guard guard(session_);
  if (opens_ == 0) {
    if (Status status = activate(); !status.ok()) return status;
  }
  ++opens_;
  return kOk;
}

void Camera::close() {
  Mutex::Guard guard(session_);
  if (--opens_ == 0) slake();
}

Status Camera::activate() {
  const u32 hertz =
      parameters_.isp_clk > 0 ? static_cast<u32>(parameters_.isp_clk) : kBuiltInIspClock;
  if (Status status = platform_.power_on(hertz); !status.ok()) return status;
  output_.activate();
  csi_.set_state(State::kActivated);
  vic_.set_state(State::kActivated);
  state_.store(State::kActivated);
  return kOk;
}

void Camera::slake() {
  stop_streaming();
  deinitialise();
  sensors_.release_all();
  output_.slake();
  links_.destroy();
  isp_process_.store(true);  // a new client expects pictures
  vic_.release_gpios();
  vic_.set_state(State::kSlake);
  csi_.set_state(State::kSlake);
  state_.store(State::kSlake);
  platform_.power_off();
}

bool Camera::activated() const {
  return state() >= State::kActivated;
}

// ---- sensors
// -----------------------------------------------------------------------------------------

Status Camera::register_sensor(const struct t31_sensor_register& info) {
  Mutex::Guard guard(session_);
  if (!activated()) return Status::error(T31_EPERM);
  return sensors_.add(info);
}

Status Camera::release_sensor(const char (&name)[32]) {
  Mutex::Guard guard(session_);
  if (!activated()) return Status::error(T31_EPERM);
  return sensors_.release(name);
}

Status Camera::enumerate(t31_input& in) {
  Mutex::Guard guard(session_);
  return sensors_.enumerate(in);
}

Status Camera::select(int index, u32* size) {
  Mutex::Guard guard(session_);
  *size = 0;
  const int current = sensors_.selected_index();
  if (index == current) {
    if (current != input::kNoSensor) {
      const t31_sensor_info info = sensors_.info();
      *size = info.max_width << 16 | (info.max_height & 0xffff);
    }
    return kOk;
  }
  if (state() == State::kRunning) return Status::error(T31_EPERM);
  if (!activated()) return Status::error(T31_EPERM);
  if (index < input::kNoSensor || index >= static_cast<int>(sensors_.count())) {
    return Status::error(T31_EINVAL);
  }
  deinitialise();
  if (index == input::kNoSensor) return kOk;
  if (Status status = initialise(index); !status.ok()) return status;
  const t31_sensor_info info = sensors_.info();
  *size = info.max_width << 16 | (info.max_height & 0xffff);
  return kOk;
}

// Sensor selected: core, receiver, sensor, VIC, in this order. Each failure undoes what was done.
Status Camera::initialise(int index) {
  if (Status status = sensors_.select(index); !status.ok()) return status;
  const t31_sensor_info info = sensors_.info();
  Status status = kOk;
  const Result<input::PixelFormat> format = input::pixel_format(info.mbus_code);
  status = format.status();
  if (status.ok()) status = check_exposures(info);
  if (status.ok()) {
    format_ = format.value();
    status = program_isp(info, format_);
  }
  if (status.ok()) {
    status = csi_.init(info);
    if (status.ok()) {
      status = sensors_.init(true);
      if (!status.ok()) {
        t31_port_log(T31_LOG_ERROR, "sensor %s: its register list could not be written (error %d)",
                     info.name, -status.code());
      }
    }
    if (!status.ok()) {
      state_.store(State::kInitialised);
      deinitialise();
      return status;
    }
  } else {
    sensors_.deselect();
    return status;
  }
  vic_.set_state(State::kInitialised);
  interrupts_.enable_vic();
  exposure_at_frame_start_.store(info.expo_fs != 0);
  output_.set_input({info.mbus_width, info.mbus_height});
  state_.store(State::kInitialised);
  return kOk;
}

Status Camera::load_tuning(const t31_sensor_info& sensor) {
  if (bin_path_[0] == '\0') {
    (void)t31_port_snprintf(bin_path_, sizeof(bin_path_), "/etc/sensor/%s-t31.bin", sensor.name);
  }
  const bool first_file = tuning_path_[0] == '\0';
  bool same_file = true;
  for (u32 i = 0; i < sizeof(bin_path_); ++i) {
    same_file = same_file && tuning_path_[i] == bin_path_[i];
    tuning_path_[i] = bin_path_[i];
  }
  // What the tuning tool has set belongs to the file that it was set for.
  if (!same_file && !first_file) tuning_.forget_tool();
  if (parameters_.isp_memopt != 0) tuning_.patch_memopt(true);
  modes_.make_due();
  const Mode mode =
      modes_.take().change ? modes_.wanted() : Mode{tuning_.night(), tuning_.custom()};
  tuning_.select(mode.night, mode.custom);
  const tuning::LoadResult result = tuning_.load(bin_path_);
  if (result == tuning::LoadResult::kNoMemory) {
    t31_port_log(T31_LOG_ERROR, "no memory for the tuning file");
    return Status::error(T31_ENOMEM);
  }
  if (result != tuning::LoadResult::kLoaded) {
    t31_port_log(T31_LOG_WARNING, "tuning file %s: %s; using built-in neutral tuning", bin_path_,
                 tuning::load_result_text(result));
  }
  load_custom_tuning(sensor);
  return kOk;
}

// Optional: the vendor's custom mode has a file of its own.
void Camera::load_custom_tuning(const t31_sensor_info& sensor) {
  char path[T31_BIN_PATH_SIZE + 16];
  (void)t31_port_snprintf(path, sizeof(path), "/etc/sensor/%s-cust-t31.bin", sensor.name);
  const tuning::LoadResult result = tuning_.load_custom(path);
  if (result == tuning::LoadResult::kLoaded || result == tuning::LoadResult::kMissing) return;
  t31_port_log(T31_LOG_WARNING, "custom tuning file %s: %s; there is no custom mode", path,
               tuning::load_result_text(result));
}

Status Camera::program_isp(const t31_sensor_info& sensor, const input::PixelFormat& format) {
  if (Status status = platform_.reset_isp(); !status.ok()) return status;
  output_.chip_reset();
  denoise_address_ = 0;
  denoise_given_.store(0);
  wdr_buffer_given_ = false;
  blocks::SensorMode mode;
  mode.wdr = wdr();
  mode.width = sensor.mbus_width;
  mode.height = sensor.mbus_height;
  mode.bayer = format.bayer_code;
  mode.infrared = format.infrared;
  mode.fps = sensor.fps;
  mode.frame_length = sensor.total_height;
  Mutex::Guard guard(picture_);
  blocks_.forget();
  if (Status status = load_tuning(sensor); !status.ok()) {
    tuning_.unload();
    return status;
  }
  blocks_.set_monochrome(tuning_.night());
  top_.begin(sensor.mbus_width, sensor.mbus_height, format);
  blocks_.write_csc();
  blocks_.write_bypass(mode, tuning_);
  top_.enable_engines(mode.wdr);
  if (Status status = statistics_.start(); !status.ok()) {
    tuning_.unload();
    return status;
  }
  blocks_.init(mode, tuning_);
  top_.finish(format, mode.wdr);
  zone_cells_ = control::zone_cells(sensor.mbus_width, sensor.mbus_height);
  exposure_delay_.clear();
  reset_auto(sensor);
  // Until frames run, automatic white balance leaves what initialisation wrote.
  if (!white_balance_.automatic()) {
    apply_white_balance();
    blocks_.set_colour_temperature(white_balance_.kelvin());
  }
  blocks_.commit();
  return kOk;
}

void Camera::deinitialise() {
  if (state() < State::kInitialised) return;
  state_.store(State::kActivated);
  output_.set_input({});
  interrupts_.disable_vic();
  vic_.set_state(State::kActivated);
  sensor_item_.cancel(sensor_queue_);
  frame_item_.cancel(frame_queue_);
  (void)sensors_.init(false);
  csi_.off();
  statistics_.disable();
  (void)top_.stop();
  sensors_.deselect();
  Mutex::Guard guard(picture_);
  statistics_.release();
  tuning_.unload();
  next_file_.release();
  bin_path_[0] = '\0';
  denoise_address_ = 0;
  denoise_given_.store(0);
}

// ---- streaming
// -----------------------------------------------------------------------------------------

Status Camera::stream_on() {
  Mutex::Guard guard(session_);
  if (state() < State::kInitialised) return Status::error(T31_EPERM);
  if (state() == State::kRunning) return kOk;
  return start_streaming();
}

Status Camera::stream_off() {
  Mutex::Guard guard(session_);
  if (state() < State::kInitialised) return Status::error(T31_EPERM);
  stop_streaming();
  return kOk;
}

Status Camera::start_streaming() {
  const t31_sensor_info info = sensors_.info();
  if (wdr() && !wdr_buffer_given_) {
    t31_port_log(T31_LOG_ERROR, "WDR needs the buffer of the delayed exposure: SET_WDR_BUF_INFO");
    return Status::error(T31_EINVAL);
  }
  const u32 clock = platform_.isp_rate();
  const u32 lines_per_second =
      (info.fps >> 16) * info.total_height / ((info.fps & 0xffff) == 0 ? 1 : info.fps & 0xffff);
  if (clock != 0 && lines_per_second != 0 &&
      info.mbus_width > clock / 100 * kBusyPercent / lines_per_second) {
    t31_port_log(T31_LOG_WARNING,
                 "ISP clock of %u Hz is tight for %u pixels at %u lines/s: raise isp_clk", clock,
                 info.mbus_width, lines_per_second);
  }
  csi_.set_state(State::kRunning);
  {
    Mutex::Guard guard(picture_);
    start_auto();
  }
  sensors_.deliver_exposure(false);
  Status status = sensors_.stream(true);
  if (status.ok()) {
    interrupts_.disable_vic();
    status = vic_.start(info);
    interrupts_.enable_vic();
    if (!status.ok()) (void)sensors_.stream(false);
  } else {
    t31_port_log(T31_LOG_ERROR, "sensor %s does not start streaming (error %d)", info.name,
                 -status.code());
  }
  if (!status.ok()) {
    csi_.set_state(State::kInitialised);
    return status;
  }
  const Progress began = counted();
  {
    SpinLock::Guard guard(frame_lock_);
    ready_ = ReadyStatistics{};
    stream_began_ = began;
    frames_started_ = 0;
  }
  {
    Mutex::Guard guard(picture_);
    blocks_.commit();
  }
  state_.store(State::kRunning);
  top_.enable_interrupts();
  interrupts_.enable_core();
  return kOk;
}

Progress Camera::counted() const {
  const core::Interrupts::Counters core = interrupts_.counters();
  const input::Vic::Counters vic = vic_.counters();
  Progress progress{core.frames_started, core.ip_done, core.overflows, 0};
  for (const u32 errors : vic.errors) progress.input_errors += errors;
  return progress;
}

Progress Camera::progress() const {
  Progress now = counted();
  SpinLock::Guard guard(frame_lock_);
  now.frames_started -= stream_began_.frames_started;
  now.frames_done -= stream_began_.frames_done;
  now.overflows -= stream_began_.overflows;
  now.input_errors -= stream_began_.input_errors;
  return now;
}

void Camera::stop_streaming() {
  if (state() != State::kRunning) return;
  output_.stop_streaming();
  top_.disable_interrupts();
  interrupts_.disable_core();
  capture_.abort();
  vic_.stop();
  (void)sensors_.stream(false);
  csi_.set_state(State::kInitialised);
  state_.store(State::kInitialised);
  sensor_item_.cancel(sensor_queue_);
  frame_item_.cancel(frame_queue_);
  Mutex::Guard guard(picture_);
  modes_.make_due();
  make_due_changes();
  commit_if_idle();
}

Status Camera::setup_links(int configuration) {
  Mutex::Guard guard(session_);
  if (!activated()) return Status::error(T31_EPERM);
  if (Status status = output_.use_raw(!isp_process()); !status.ok()) return status;
  return links_.setup(configuration);
}

void Camera::destroy_links() {
  Mutex::Guard guard(session_);
  if (links_.configuration() == graph::kNoConfiguration) return;
  output_.unlink();
}

// ---- memory from user space
// ------------------------------------------------------------------------------

Status Camera::denoise_buffer_size(u32& bytes) const {
  Mutex::Guard guard(session_);
  if (state() < State::kInitialised) return Status::error(T31_EINVAL);
  const t31_sensor_info info = sensors_.info();
  bytes =
      core::DenoiseStore(info.mbus_width, info.mbus_height, parameters_.isp_memopt != 0).bytes();
  return kOk;
}

Status Camera::set_denoise_buffer(u32 address, u32 bytes) {
  Mutex::Guard guard(session_);
  if (state() < State::kInitialised || (address & 7) != 0 || address == 0) {
    return Status::error(T31_EINVAL);
  }
  const t31_sensor_info info = sensors_.info();
  const core::DenoiseStore store(info.mbus_width, info.mbus_height, parameters_.isp_memopt != 0);
  if (bytes < store.bytes()) {
    t31_port_log(
        T31_LOG_ERROR,
        "temporal denoise needs %u bytes for %ux%u, got %u: enlarge rmem or set isp_memopt=1",
        store.bytes(), info.mbus_width, info.mbus_height, bytes);
    return Status::error(T31_EFAULT);
  }
  if (!t31_port_dma_range_valid(address, store.bytes())) {
    t31_port_log(T31_LOG_ERROR, "temporal denoise buffer at 0x%x lies outside reserved memory",
                 address);
    return Status::error(T31_EINVAL);
  }
  store.program(platform_.isp(), address);
  denoise_address_ = address;
  denoise_given_.store(bytes);
  return kOk;
}

}  // namespace t31::device
