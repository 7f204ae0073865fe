// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/input/sensor_host.hpp"

#include "driver/input/sensor_check.hpp"

namespace t31::input {
namespace {

bool same_name(const char* a, const char (&b)[32]) {
  for (unsigned i = 0; i < sizeof(b); ++i) {
    if (a[i] != b[i]) return false;
    if (a[i] == '\0') return true;
  }
  return true;
}

void copy_name(char (&to)[32], const char* from) {
  unsigned i = 0;
  for (; i < sizeof(to) - 1 && from[i] != '\0'; ++i) to[i] = from[i];
  to[i] = '\0';
}

// A sensor without the operation is not an error.
Status optional(int code) {
  return code == -T31_ENOIOCTLCMD ? kOk : Status::from(code);
}

}  // namespace

SensorHost::SensorHost() : calls_("sensor calls"), lock_("sensor info") {
  const t31_sensor_host host = {this, &SensorHost::attributes_changed, &SensorHost::notify};
  t31_sensor_attach_host(&host);
}

SensorHost::~SensorHost() {
  release_all();
  t31_sensor_detach_host();
}

void SensorHost::attributes_changed(void* context) {
  SensorHost& self = *static_cast<SensorHost*>(context);
  SpinLock::Guard guard(self.lock_);
  self.changed_ = true;
}

int SensorHost::notify(void*, u32, void*) {
  // No sensor driver sends any other event; the vendor's core ignores them too.
  return -T31_ENOIOCTLCMD;
}

t31_sensor* SensorHost::selected_sensor() const {
  return selected_ == kNoSensor ? nullptr : sensors_[selected_];
}

Status SensorHost::add(const struct t31_sensor_register& info) {
  Mutex::Guard guard(calls_);
  last_ = LastRegistration{};
  last_.attempted = true;
  copy_name(last_.name, info.name);
  last_.bus = info.i2c.adapter_id;
  last_.address = info.i2c.addr;
  if (count_ == kMaxSensors) {
    t31_port_log(T31_LOG_ERROR, "no more than %u sensors can be registered", kMaxSensors);
    return Status::error(T31_EINVAL);
  }
  t31_sensor* sensor = nullptr;
  const int code = t31_sensor_register(&info, &sensor, &last_.failure, &last_.report);
  if (code != 0) {
    log_registration_failure(last_.name, last_.bus, last_.address, last_.failure, last_.report);
    return Status::from(code);
  }
  sensors_[count_] = sensor;
  t31_sensor_set_index(sensor, static_cast<int>(count_));
  ++count_;
  return kOk;
}

Status SensorHost::release(const char (&name)[32]) {
  Mutex::Guard guard(calls_);
  for (unsigned i = 0; i < count_; ++i) {
    if (!same_name(t31_sensor_name(sensors_[i]), name)) continue;
    if (static_cast<int>(i) == selected_) return Status::error(T31_EINVAL);
    t31_sensor_unregister(sensors_[i]);
    for (unsigned k = i + 1; k < count_; ++k) {
      sensors_[k - 1] = sensors_[k];
      t31_sensor_set_index(sensors_[k - 1], static_cast<int>(k - 1));
    }
    --count_;
    sensors_[count_] = nullptr;
    if (selected_ > static_cast<int>(i)) --selected_;
    return kOk;
  }
  return kOk;
}

void SensorHost::release_all() {
  Mutex::Guard guard(calls_);
  selected_ = kNoSensor;
  while (count_ > 0) {
    --count_;
    t31_sensor_unregister(sensors_[count_]);
    sensors_[count_] = nullptr;
  }
}

Status SensorHost::enumerate(t31_input& in) {
  Mutex::Guard guard(calls_);
  if (in.index >= count_) return Status::error(T31_EINVAL);
  const t31_sensor* sensor = sensors_[in.index];
  const char* name = t31_sensor_name(sensor);
  for (unsigned i = 0; i < sizeof(in.name); ++i) {
    in.name[i] = name[i];
    if (name[i] == '\0') break;
  }
  in.type = t31_sensor_input_type(sensor);
  return kOk;
}

Status SensorHost::select(int index) {
  Mutex::Guard guard(calls_);
  if (index < 0 || index >= static_cast<int>(count_)) return Status::error(T31_EINVAL);
  t31_sensor_info info{};
  told_ = 0;
  Status status = Status::from(t31_sensor_read_info(sensors_[index], &info));
  if (status.ok()) status = check_sensor_info(info, told_);
  if (!status.ok()) return status;
  selected_ = index;
  exposure_.reset();
  u32 again_code = 0;
  (void)t31_sensor_alloc_again(sensors_[index], 0, &again_code);
  exposure_.assume(again_code, info.integration_time);
  reread();
  return kOk;
}

void SensorHost::deselect() {
  Mutex::Guard guard(calls_);
  selected_ = kNoSensor;
  exposure_.reset();
  SpinLock::Guard info_guard(lock_);
  info_ = t31_sensor_info{};
  changed_ = false;
}

int SensorHost::selected_index() const {
  Mutex::Guard guard(calls_);
  return selected_;
}

void SensorHost::reread() {
  t31_sensor* sensor = selected_sensor();
  if (sensor == nullptr) return;
  t31_sensor_info fresh{};
  if (t31_sensor_read_info(sensor, &fresh) != 0 || !check_sensor_info(fresh, told_).ok()) return;
  t31_sensor_set_line_time(sensor, line_time_us(fresh));
  SpinLock::Guard guard(lock_);
  info_ = fresh;
  changed_ = false;
}

bool SensorHost::refresh_if_changed() {
  {
    SpinLock::Guard guard(lock_);
    if (!changed_) return false;
  }
  Mutex::Guard guard(calls_);
  reread();
  return true;
}

t31_sensor_info SensorHost::info() const {
  SpinLock::Guard guard(lock_);
  return info_;
}

Status SensorHost::init(bool on) {
  Mutex::Guard guard(calls_);
  if (selected_sensor() == nullptr) return Status::error(T31_EPERM);
  const Status status = optional(t31_sensor_init(selected_sensor(), on));
  reread();
  return status;
}

Status SensorHost::stream(bool on) {
  Mutex::Guard guard(calls_);
  if (selected_sensor() == nullptr) return Status::error(T31_EPERM);
  const Status status = optional(t31_sensor_stream(selected_sensor(), on));
  reread();
  return status;
}

Status SensorHost::event(u32 event, s32 value) {
  Mutex::Guard guard(calls_);
  if (selected_sensor() == nullptr) return Status::error(T31_EPERM);
  const Status status = optional(t31_sensor_event(selected_sensor(), event, &value));
  reread();
  return status;
}

Status SensorHost::read_register(const char* name, u64 reg, u64& value, u32& size) {
  Mutex::Guard guard(calls_);
  if (selected_sensor() == nullptr) return Status::error(T31_EPERM);
  return optional(t31_sensor_read_register(selected_sensor(), name, reg, &value, &size));
}

Status SensorHost::write_register(const char* name, u64 reg, u64 value) {
  Mutex::Guard guard(calls_);
  if (selected_sensor() == nullptr) return Status::error(T31_EPERM);
  return optional(t31_sensor_write_register(selected_sensor(), name, reg, value));
}

u32 SensorHost::alloc_again(u32 log2_q16, u32& code) {
  Mutex::Guard guard(calls_);
  code = 0;
  return selected_sensor() == nullptr ? 0
                                      : t31_sensor_alloc_again(selected_sensor(), log2_q16, &code);
}

u32 SensorHost::alloc_dgain(u32 log2_q16, u32& code) {
  Mutex::Guard guard(calls_);
  code = 0;
  return selected_sensor() == nullptr ? 0
                                      : t31_sensor_alloc_dgain(selected_sensor(), log2_q16, &code);
}

u32 SensorHost::alloc_integration_time(u32 lines, u32& code) {
  Mutex::Guard guard(calls_);
  code = lines;
  return selected_sensor() == nullptr
             ? lines
             : t31_sensor_alloc_integration_time(selected_sensor(), lines, &code);
}

u32 SensorHost::alloc_again_short(u32 log2_q16, u32& code) {
  Mutex::Guard guard(calls_);
  code = 0;
  return selected_sensor() == nullptr
             ? 0
             : t31_sensor_alloc_again_short(selected_sensor(), log2_q16, &code);
}

u32 SensorHost::alloc_integration_time_short(u32 lines, u32& code) {
  Mutex::Guard guard(calls_);
  code = lines;
  return selected_sensor() == nullptr
             ? lines
             : t31_sensor_alloc_integration_time_short(selected_sensor(), lines, &code);
}

Status SensorHost::change_wdr(u32 event, bool on) {
  Mutex::Guard guard(calls_);
  if (selected_sensor() == nullptr) return Status::error(T31_EPERM);
  s32 value = on ? 1 : 0;
  const Status status = Status::from(t31_sensor_event(selected_sensor(), event, &value));
  reread();
  return status;
}

void SensorHost::forget_exposure() {
  Mutex::Guard guard(calls_);
  t31_sensor* sensor = selected_sensor();
  if (sensor == nullptr) return;
  exposure_.reset();
  t31_sensor_store_exposure(sensor, 0, 0, 0);
  t31_sensor_store_short_exposure(sensor, 0, 0);
  reread();
}

void SensorHost::deliver_exposure(bool with_logic) {
  constexpr u32 kEventOfSlot[] = {kEventAgain,           kEventAgainShort,           kEventDgain,
                                  kEventIntegrationTime, kEventIntegrationTimeShort, kEventVflip,
                                  kEventExposure};
  Mutex::Guard guard(calls_);
  t31_sensor* sensor = selected_sensor();
  if (sensor == nullptr) return;
  if (with_logic) {
    s32 zero = 0;
    (void)t31_sensor_event(sensor, kEventLogic, &zero);
  }
  const ExposureQueue::Pending pending = exposure_.take();
  if (!pending.any) return;
  // Several sensor drivers return errors from events that succeeded (sensor-abi 3.5): not looked
  // at.
  for (unsigned i = 0; i < static_cast<unsigned>(ExposureSlot::kCount); ++i) {
    s32 value = pending.value[i];
    if (pending.valid[i]) (void)t31_sensor_event(sensor, kEventOfSlot[i], &value);
  }
  t31_sensor_store_exposure(sensor, exposure_.again(), exposure_.dgain(),
                            exposure_.integration_time());
  t31_sensor_store_short_exposure(sensor, exposure_.again_short(),
                                  exposure_.integration_time_short());
  reread();
}

void SensorHost::deliver_logic() {
  Mutex::Guard guard(calls_);
  s32 zero = 0;
  if (selected_sensor() != nullptr) (void)t31_sensor_event(selected_sensor(), kEventLogic, &zero);
}

SensorHost::LastRegistration SensorHost::last_registration() const {
  Mutex::Guard guard(calls_);
  return last_;
}

unsigned SensorHost::count() const {
  Mutex::Guard guard(calls_);
  return count_;
}

}  // namespace t31::input
