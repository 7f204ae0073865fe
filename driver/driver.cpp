// SPDX-License-Identifier: GPL-2.0-or-later
// Loading and unloading: the one driver instance that the home's C interface needs.
#include "driver/driver.h"

#include <new>

#include "driver/device/camera.hpp"
#include "driver/device/proc_files.hpp"
#include "driver/device/tool_node.hpp"
#include "driver/device/tuning_node.hpp"
#include "driver/device/tx_isp_node.hpp"

namespace t31 {
namespace {

template <typename T, typename... Arguments>
T* create(Arguments&... arguments) {
  void* memory = t31_port_alloc(sizeof(T));
  return memory == nullptr ? nullptr : new (memory) T(arguments...);
}

template <typename T>
void destroy(T* object) {
  if (object == nullptr) return;
  object->~T();
  t31_port_free(object);
}

// What user space sees, on top of the camera. Destruction is the mirror of creation.
class Device {
 public:
  Device(core::Platform& platform, const t31_parameters& parameters)
      : camera_(platform, parameters),
        tx_isp_(camera_),
        tuning_(camera_),
        tool_(camera_, tuning_.controls()),
        proc_(camera_, tuning_.controls()) {}
  ~Device() { stop(); }
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  Status start() {
    Status status = camera_.start();
    if (status.ok()) status = camera_.output().create_nodes();
    if (status.ok()) status = tx_isp_.create();
    if (status.ok()) status = tuning_.create();
    if (status.ok()) status = tool_.create();
    if (status.ok()) status = proc_.create();
    if (!status.ok()) {
      t31_port_log(T31_LOG_ERROR, "driver can't be loaded (error %d)", -status.code());
      stop();
    }
    return status;
  }

  void stop() {
    proc_.destroy();
    tool_.destroy();
    tuning_.destroy();
    tx_isp_.destroy();
    camera_.output().destroy_nodes();
    camera_.stop();
  }

 private:
  device::Camera camera_;
  device::TxIspNode tx_isp_;
  device::TuningNode tuning_;
  device::ToolNode tool_;
  device::ProcFiles proc_;
};

constinit core::Platform* platform = nullptr;
constinit Device* device_instance = nullptr;

Status load(const t31_parameters& parameters) {
  platform = create<core::Platform>();
  if (platform == nullptr) return Status::error(T31_ENOMEM);
  if (Status status = platform->acquire(); !status.ok()) return status;
  device_instance = create<Device>(*platform, parameters);
  if (device_instance == nullptr) return Status::error(T31_ENOMEM);
  return device_instance->start();
}

}  // namespace
}  // namespace t31

extern "C" int t31_driver_load(const struct t31_parameters* parameters) {
  const t31::Status status = t31::load(*parameters);
  if (!status.ok()) t31_driver_unload();
  return status.code();
}

extern "C" void t31_driver_unload(void) {
  t31::destroy(t31::device_instance);
  t31::device_instance = nullptr;
  if (t31::platform != nullptr) t31::platform->release();
  t31::destroy(t31::platform);
  t31::platform = nullptr;
}
