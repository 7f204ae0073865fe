// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/camera/client.hpp"

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace t31::test {
namespace {

constexpr std::uint32_t kDenoiseOffset = 24u << 20;  // in reserved memory, behind the frame buffers
constexpr std::uint32_t kWdrOffset = 20u << 20;      // before it

std::uint32_t align16(std::uint32_t value) {
  return (value + 15) & ~15u;
}

}  // namespace

std::string temporary_root() {
  std::string folder = "/tmp/t31-test-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no temporary folder");
  std::filesystem::create_directories(folder + "/etc/sensor");
  std::filesystem::create_directories(folder + "/tmp");
  return folder;
}

std::uint32_t sensor_address(const std::string& sensor) {
  if (sensor == "jxf37") return 0x40;
  return sensor == "replay" ? 0x3d : 0x30;
}

std::string Camera::sensor_module() const {
  if (!machine_.module.empty()) return machine_.module;
  return std::string(T31_BINARY_DIR) + "/sensors/sensor_" + machine_.sensor + "_t31.so";
}

Camera::Camera(const Machine& machine) : machine_(machine), root_(temporary_root()) {
  t31_host_config config{};
  config.scheduler = machine.scheduler;
  config.seed = machine.seed;
  config.real_time = machine.real_time;
  config.rewrite_last_address = machine.rewrite_last_address;
  config.rmem_size = machine.rmem_size;
  config.root = root_.c_str();
  config.trace_path = machine.trace.empty() ? nullptr : machine.trace.c_str();
  if (t31_host_reset(&config) != 0) throw std::runtime_error("no machine");
  const std::string json = "{\"sensor\":\"" + machine.sensor + "\"" +
                           (machine.scene.empty() ? "" : ",\"scene\":" + machine.scene) +
                           machine.extra + "}";
  char error[200] = "";
  if (t31_host_attach_sensor(json.c_str(), error, sizeof(error)) != 0)
    throw std::runtime_error(error);
  if (t31_host_load_driver(machine.parameters.c_str()) != 0)
    throw std::runtime_error("driver not loaded");
  if (t31_host_insmod(sensor_module().c_str(), machine.sensor_parameters.c_str()) != 0)
    throw std::runtime_error("sensor not loaded");
  loaded_ = true;
}

bool Camera::unload() {
  if (!loaded_) return true;
  loaded_ = false;
  const bool sensor = t31_host_rmmod(sensor_module().c_str()) == 0;
  return t31_host_unload_driver() == 0 && sensor;
}

Camera::~Camera() {
  if (!unload()) std::fprintf(stderr, "modules could not be unloaded\n");
  t31_host_shutdown();
  std::filesystem::remove_all(root_);
}

// ---- Channel
// ------------------------------------------------------------------------------------------

Channel::Channel(unsigned number, std::uint32_t width, std::uint32_t height, std::uint32_t memory)
    : number_(number),
      width_(width),
      height_(height),
      memory_(memory),
      bytes_(width * 12 / 8 * align16(height)),
      stride_((bytes_ + 4095) & ~4095u) {}

Channel::~Channel() {
  if (descriptor_ >= 0) close();
}

int Channel::open(int flags) {
  const std::string path = "/dev/framechan" + std::to_string(number_);
  const int result = t31_host_open(path.c_str(), flags);
  if (result < 0) return result;
  descriptor_ = result;
  return 0;
}

int Channel::set_format(bool small_struct) {
  t31_frame_format& format = *format_;
  format.type = T31_BUF_TYPE_VIDEO_CAPTURE;
  format.pix.width = width_;
  format.pix.height = height_;
  format.pix.pixelformat = T31_FOURCC_NV12;
  format.pix.field = T31_FIELD_ANY;
  format.pix.colorspace = T31_COLORSPACE_SRGB;
  format.crop.scaler_enable = scaled;
  format.crop.scaler_width = width_;
  format.crop.scaler_height = height_;
  format.crop.rate_mask = 1;
  if (!small_struct)
    return t31_host_ioctl(descriptor_, T31_FRAMECHAN_SET_FORMAT, format_.address());
  User<t31_frame_format_472> small;
  small->type = format.type;
  small->pix = format.pix;
  small->crop = format.crop;
  const int result = t31_host_ioctl(descriptor_, T31_FRAMECHAN_SET_FORMAT_472, small.address());
  format.pix = small->pix;
  return result;
}

int Channel::request(std::uint32_t count) {
  User<t31_request_buffers> request;
  request->count = count;
  request->type = T31_BUF_TYPE_VIDEO_CAPTURE;
  request->memory = T31_MEMORY_USERPTR;
  return t31_host_ioctl(descriptor_, T31_FRAMECHAN_REQBUFS, request.address());
}

int Channel::queue(std::uint32_t index) {
  User<t31_buffer> buffer;
  buffer->index = index;
  buffer->type = T31_BUF_TYPE_VIDEO_CAPTURE;
  buffer->memory = T31_MEMORY_USERPTR;
  buffer->userptr = buffer_address(index);
  buffer->length = bytes_;
  return t31_host_ioctl(descriptor_, T31_FRAMECHAN_QBUF, buffer.address());
}

int Channel::stream_on() {
  User<std::uint32_t> type(T31_BUF_TYPE_VIDEO_CAPTURE);
  return t31_host_ioctl(descriptor_, T31_FRAMECHAN_STREAMON, type.address());
}

int Channel::stream_off() {
  User<std::uint32_t> type(T31_BUF_TYPE_VIDEO_CAPTURE);
  return t31_host_ioctl(descriptor_, T31_FRAMECHAN_STREAMOFF, type.address());
}

int Channel::dequeue(Frame& frame) {
  User<t31_buffer> buffer;
  buffer->type = T31_BUF_TYPE_VIDEO_CAPTURE;
  buffer->memory = T31_MEMORY_USERPTR;
  const int result = t31_host_ioctl(descriptor_, T31_FRAMECHAN_DQBUF, buffer.address());
  if (result != 0) return result;
  frame.index = buffer->index;
  frame.sequence = buffer->sequence;
  frame.time_us = buffer->tv_sec * 1000000ull + buffer->tv_usec;
  frame.address = buffer_address(buffer->index);
  return 0;
}

int Channel::close() {
  const int result = t31_host_close(descriptor_);
  descriptor_ = -1;
  return result;
}

int Channel::start(std::uint32_t buffers) {
  int result = open();
  if (result == 0) result = set_format();
  if (result == 0) result = request(buffers);
  for (std::uint32_t i = 0; i < buffers && result == 0; ++i) result = queue(i);
  return result == 0 ? stream_on() : result;
}

const std::uint8_t* Channel::luma(std::uint32_t index) const {
  return static_cast<const std::uint8_t*>(t31_host_rmem(buffer_address(index), bytes_));
}

const std::uint8_t* Channel::chroma(std::uint32_t index) const {
  return luma(index) + width_ * align16(height_);
}

// ---- Session
// ----------------------------------------------------------------------------------------------

Session::~Session() {
  if (tuning_ >= 0) close_tuning();
  if (tx_ >= 0) close();
}

int Session::tx(std::uint32_t command, std::uint32_t argument) const {
  return t31_host_ioctl(tx_, command, argument);
}

int Session::open() {
  const int result = t31_host_open("/dev/tx-isp", 0);
  if (result < 0) return result;
  tx_ = result;
  return 0;
}

int Session::add_sensor(const std::string& name, std::uint32_t address, const std::string& tuning) {
  sensor_ = name;
  address_ = address;
  User<struct t31_sensor_register> info;
  std::strncpy(info->name, name.c_str(), sizeof(info->name) - 1);
  info->cbus_type = 1;
  std::strncpy(info->i2c.type, name.c_str(), sizeof(info->i2c.type) - 1);
  info->i2c.addr = address;
  int result = tx(T31_TX_ISP_REGISTER_SENSOR, info.address());
  if (result != 0) return result;
  if (!tuning.empty()) {
    struct Path {
      char text[T31_BIN_PATH_SIZE];
    };
    User<Path> path;
    std::strncpy(path->text, tuning.c_str(), sizeof(path->text) - 1);
    result = tx(T31_TX_ISP_SET_BIN_PATH, path.address());
    if (result != 0) return result;
  }
  if (wdr && (result = tx(T31_TX_ISP_WDR_ENABLE)) != 0) return result;
  User<t31_input> input;
  int index = -1;
  for (std::uint32_t i = 0;; ++i) {
    input->index = i;
    if (tx(T31_TX_ISP_ENUM_INPUT, input.address()) != 0) break;
    if (name == input->name) index = static_cast<int>(i);
  }
  User<std::int32_t> select(index);
  result = tx(T31_TX_ISP_S_INPUT, select.address());
  if (result != 0) return result;
  if (wdr && (result = give_wdr_buffer()) != 0) return result;
  User<t31_buffer_info> buffer;
  result = tx(T31_TX_ISP_GET_BUF_INFO, buffer.address());
  if (result != 0) return result;
  buffer->paddr = t31_host_rmem_base() + kDenoiseOffset;
  return tx(T31_TX_ISP_SET_BUF_INFO, buffer.address());
}

int Session::give_wdr_buffer() {
  User<t31_buffer_info> buffer;
  const int result = tx(T31_TX_ISP_GET_WDR_BUF_INFO, buffer.address());
  if (result != 0) return result;
  buffer->paddr = t31_host_rmem_base() + kWdrOffset;
  return tx(T31_TX_ISP_SET_WDR_BUF_INFO, buffer.address());
}

int Session::enable_sensor() {
  User<std::int32_t> index(-1);
  int result = tx(T31_TX_ISP_G_INPUT, index.address());
  if (result == 0 && *index == -1) result = -22;
  if (result == 0) result = tx(T31_TX_ISP_STREAMON);
  User<std::int32_t> link(0);
  if (result == 0) result = tx(T31_TX_ISP_LINK_SETUP, link.address());
  if (result == 0) result = tx(T31_TX_ISP_LINK_STREAMON);
  return result;
}

int Session::enable_tuning() {
  const int result = t31_host_open("/dev/isp-m0", 0);
  if (result < 0) return result;
  tuning_ = result;
  std::uint32_t value = 0;
  if (int code = control_get(T31_CONTROL_FPS, value); code != 0) return code;
  if (int code = control_get(T31_CONTROL_BRIGHTNESS, value); code != 0) return code;
  return control_get(T31_CONTROL_SATURATION, value);
}

int Session::disable_sensor() {
  int result = tx(T31_TX_ISP_LINK_STREAMOFF);
  User<std::int32_t> all(-1);
  if (result == 0) result = tx(T31_TX_ISP_LINK_DESTROY, all.address());
  if (result == 0) result = tx(T31_TX_ISP_STREAMOFF);
  return result;
}

int Session::remove_sensor() {
  User<std::int32_t> none(-1);
  int result = tx(T31_TX_ISP_S_INPUT, none.address());
  if (result != 0) return result;
  User<struct t31_sensor_register> info;
  std::strncpy(info->name, sensor_.c_str(), sizeof(info->name) - 1);
  return tx(T31_TX_ISP_RELEASE_SENSOR, info.address());
}

int Session::close_tuning() {
  const int result = t31_host_close(tuning_);
  tuning_ = -1;
  return result;
}

int Session::close() {
  const int result = t31_host_close(tx_);
  tx_ = -1;
  return result;
}

int Session::start(const std::string& sensor, const std::string& tuning) {
  int result = open();
  if (result == 0) result = add_sensor(sensor, sensor_address(sensor), tuning);
  if (result == 0) result = enable_sensor();
  if (result == 0) result = enable_tuning();
  return result;
}

int Session::stop() {
  int result = tuning_ >= 0 ? close_tuning() : 0;
  if (result == 0) result = disable_sensor();
  if (result == 0) result = remove_sensor();
  return result == 0 ? close() : result;
}

int Session::control_set(std::uint32_t id, std::uint32_t value) const {
  User<t31_extended_control> control;
  control->dir = 0;
  control->id = id;
  control->value = value;
  return t31_host_ioctl(tuning_, T31_ISP_CTRL, control.address());
}

int Session::control_get(std::uint32_t id, std::uint32_t& value) const {
  User<t31_extended_control> control;
  control->dir = 1;
  control->id = id;
  control->value = value;
  const int result = t31_host_ioctl(tuning_, T31_ISP_CTRL, control.address());
  if (result == 0) value = control->value;
  return result;
}

int Session::set_white_balance(double red, double blue) const {
  User<t31_white_balance> balance;
  balance->mode = 1;
  balance->rgain = static_cast<std::uint16_t>(red * 256 + 0.5);
  balance->bgain = static_cast<std::uint16_t>(blue * 256 + 0.5);
  return control_set(T31_CONTROL_WHITE_BALANCE, balance.address());
}

int Session::set_exposure(std::uint32_t lines, double again) const {
  struct Block {
    std::uint32_t words[T31_AE_WORDS];
  };
  User<Block> block;
  block->words[T31_AE_FREEZE] = 1;
  block->words[T31_AE_INTEGRATION_TIME] = lines;
  block->words[T31_AE_AGAIN] = static_cast<std::uint32_t>(again * 1024 + 0.5);
  block->words[T31_AE_ISP_DGAIN] = 1024;
  return control_set(T31_CONTROL_AE, block.address());
}

// ---- proc files
// ---------------------------------------------------------------------------------------------

std::string read_proc(const std::string& name) {
  const int descriptor = t31_host_open(("/proc/jz/isp/" + name).c_str(), 0);
  if (descriptor < 0) return "open failed: " + std::to_string(descriptor);
  std::string text;
  char chunk[700];
  for (long got = 0; (got = t31_host_read(descriptor, chunk, sizeof(chunk))) > 0;) {
    text.append(chunk, static_cast<std::size_t>(got));
  }
  t31_host_close(descriptor);
  return text;
}

long write_proc(const std::string& name, const std::string& text) {
  const int descriptor = t31_host_open(("/proc/jz/isp/" + name).c_str(), 0);
  if (descriptor < 0) return descriptor;
  const long result = t31_host_write(descriptor, text.data(), text.size());
  t31_host_close(descriptor);
  return result;
}

}  // namespace t31::test
