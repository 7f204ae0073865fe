// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/vic.hpp"

#include <utility>

#include "model/core/line_format.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kControl = 0x00;
constexpr std::uint32_t kResolution = 0x04;
constexpr std::uint32_t kInterfaceType = 0x0c;
constexpr std::uint32_t kParallelConfig = 0x10;
constexpr std::uint32_t kPixelFormat = 0x14;
constexpr std::uint32_t kActive = 0x18;
constexpr std::uint32_t kSyncWindows[] = {0x1c, 0x30, 0x34, 0x38, 0x3c};
constexpr std::uint32_t kWordsPerLine = 0x100;
constexpr std::uint32_t kWindowY = 0x104;
constexpr std::uint32_t kMipiControl = 0x10c;
constexpr std::uint32_t kLine = 0x110;
constexpr std::uint32_t kRouteB = 0x1a8;
constexpr std::uint32_t kRouteA = 0x1ac;
constexpr std::uint32_t kStatus1 = 0x1e0;
constexpr std::uint32_t kStatus2 = 0x1e4;
constexpr std::uint32_t kMask1 = 0x1e8;
constexpr std::uint32_t kClear1 = 0x1f0;
constexpr std::uint32_t kClear2 = 0x1f4;
constexpr std::uint32_t kHorizontalErrorDetail = 0x3a8;

constexpr std::uint32_t kStart = 1u << 0;
constexpr std::uint32_t kLoadShadow = 1u << 1;
constexpr std::uint32_t kReset = 1u << 2;
constexpr std::uint32_t kSafeReset = 1u << 3;
constexpr std::uint32_t kStop = 1u << 4;

constexpr std::uint32_t kFrameDone = 1u << 0;
constexpr std::uint32_t kHorizontalError = 1u << 10;
constexpr std::uint32_t kVerticalError = 1u << 14;
constexpr std::uint32_t kCaptureDone = 1u << 0;  // of status word 2

constexpr std::uint32_t kMipi = 2, kDvp = 3;
constexpr std::uint32_t kDvpRoute = 0x4210;
constexpr std::uint32_t kOneFrameRoute = 0x4440;
constexpr std::uint32_t kTwoFrameRoute = 0x4140;
constexpr std::uint32_t kFilterDataType = 1u << 18;
constexpr unsigned kDataTypeShift = 12;
constexpr std::uint32_t kLargestSide = 4096;  // of the window: what the vendor's core is made for
constexpr std::uint32_t kDataTypeMask = 0x3f;

constexpr unsigned kYuvBits = 16;  // of a pixel of YUV 4:2:2: its luma, and Cb or Cr

// CSI-2 data type of what a sensor sends.
constexpr std::uint32_t data_type(unsigned bits) {
  if (bits == kYuvBits) return 0x1e;
  return bits == 8 ? 0x2a : bits == 10 ? 0x2b : 0x2c;
}

}  // namespace

std::uint32_t Vic::read(std::uint32_t offset) const {
  if (offset >= RawCapture::kFirstRegister && offset <= RawCapture::kLastRegister)
    return capture_.read(offset);
  switch (offset) {
    case kStatus1:
    case kStatus2:
      return status_[offset == kStatus2];
    case kClear1:
    case kClear2:
      return 0;
    default:
      return offset / 4 < words_.size() ? reg(offset) : 0;
  }
}

void Vic::write(std::uint32_t offset, std::uint32_t value) {
  if (offset >= RawCapture::kFirstRegister && offset <= RawCapture::kLastRegister) {
    capture_.write(offset, value);
    return;
  }
  switch (offset) {
    case kControl:
      write_control(value);
      return;
    case kStatus1:
    case kStatus2:
    case kHorizontalErrorDetail:
      return;
    case kClear1:
    case kClear2:
      status_[offset == kClear2] &= ~value;
      break;
    default:
      if (offset / 4 < words_.size()) words_[offset / 4] = value;
      break;
  }
  update_interrupt();
}

void Vic::write_control(std::uint32_t value) {
  const bool was_running = reg(kControl) & kStart;
  if (value & kLoadShadow) load();
  if (value & (kReset | kSafeReset)) {
    value = 0;
  } else if (value & kStop) {
    value &= ~kStart;
  }
  words_[kControl / 4] = value;
  if (was_running && !(value & kStart)) aborted_ = true;
}

void Vic::load() {
  loaded_ = {reg(kResolution),  reg(kInterfaceType), reg(kPixelFormat),    reg(kWordsPerLine),
             reg(kMipiControl), reg(kLine),          reg(kParallelConfig), reg(kActive)};
}

void Vic::reset() {
  words_.fill(0);
  loaded_ = {};
  status_.fill(0);
  capture_.reset();
  aborted_ = true;
  update_interrupt();
}

bool Vic::take_abort() {
  return std::exchange(aborted_, false);
}

void Vic::raise(unsigned word, std::uint32_t bits) {
  status_[word] |= bits;
  update_interrupt();
}

void Vic::update_interrupt() {
  const std::uint32_t pending =
      (status_[0] & ~reg(kMask1)) | (status_[1] & ~words_[kMask1 / 4 + 1]);
  environment_.interrupt(T31_MODEL_IRQ_VIC, pending != 0);
}

void Vic::raise_size_mismatch(bool horizontal, bool vertical) {
  raise(0, (horizontal ? kHorizontalError : 0) | (vertical ? kVerticalError : 0));
}

unsigned Vic::format_bits() const {
  switch (loaded_.pixel_format) {
    case 0:
      return 8;
    case 1:
      return 10;
    case 2:
      return 12;
    case 7:
      return kYuvBits;
    default:
      return 0;
  }
}

Samples Vic::samples() const {
  if (port_) return port_samples(port_->settings);
  return cut_.bits == kYuvBits ? Samples::kYuv422 : Samples::kBayer;
}

Vic::Intake Vic::begin_frame(const LinkFormat& link, const PortPins& pins) {
  port_.reset();
  if (!(reg(kControl) & kStart)) return Intake::kNothing;
  const bool from_link = loaded_.interface_type == kMipi;
  if (from_link != (link.bus == DataBus::kMipi)) {
    environment_.say(from_link ? "VIC: MIPI is listened to, the sensor is on the parallel port"
                               : "VIC: the parallel port is listened to, the sensor is on MIPI");
    return Intake::kNothing;
  }
  return from_link ? begin_mipi(link) : begin_parallel(link, pins);
}

bool Vic::sized() {
  if (width() != 0 && height() != 0 && width() <= kLargestSide && height() <= kLargestSide)
    return true;
  environment_.say("VIC: no resolution is loaded, or one beyond 4096; no frames");
  return false;
}

bool Vic::routed(std::uint32_t route, bool both, const char* why) {
  if (reg(kRouteA) == route && (!both || reg(kRouteB) == route)) return true;
  environment_.say(why);
  return false;
}

Vic::Intake Vic::begin_mipi(const LinkFormat& link) {
  if (format_bits() == 0) {
    environment_.say("VIC: the pixel format (0x14) is none of the MIPI link; no frames");
    return Intake::kNothing;
  }
  if (!sized()) return Intake::kNothing;
  const bool two = link.exposures == 2;
  if (two && format_bits() == kYuvBits) {
    environment_.say("VIC: two exposures are raw, not YUV; no frames");
    return Intake::kNothing;
  }
  if (!routed(two ? kTwoFrameRoute : kOneFrameRoute, true,
              two ? "VIC: frame routing (0x1a8, 0x1ac) is not that of two exposures; no frames"
                  : "VIC: frame routing (0x1a8, 0x1ac) is not that of one exposure; no frames"))
    return Intake::kNothing;
  if ((loaded_.mipi_control & kFilterDataType) &&
      (loaded_.mipi_control >> kDataTypeShift & kDataTypeMask) != data_type(link.bits)) {
    environment_.say(
        "VIC: the data type asked for is not the one that the sensor sends; no frames");
    return Intake::kUnrecognisedType;
  }

  const std::uint32_t received = line_words(link.width, link.bits);
  const bool line_wrong = received != loaded_.words_per_line || loaded_.line >> 16 != link.width;
  if (line_wrong) {
    environment_.say("VIC: line length or words per line are not what the sensor sends");
    words_[kHorizontalErrorDetail / 4] = received << 16 | (loaded_.words_per_line & 0xffff);
  }
  cut_ = {loaded_.line & 0xffff, reg(kWindowY) & 0xffff, width(), height(),
          format_bits(),         loaded_.words_per_line};
  raise_size_mismatch(line_wrong || cut_.x + cut_.width > link.width,
                      cut_.y + cut_.height > link.height);
  return Intake::kFrame;
}

Vic::Intake Vic::begin_parallel(const LinkFormat& link, const PortPins& pins) {
  if (!sized()) return Intake::kNothing;
  if (!routed(loaded_.interface_type == kDvp ? kDvpRoute : kOneFrameRoute, false,
              "VIC: frame routing (0x1ac) is not that of the parallel interface; no frames"))
    return Intake::kNothing;
  PortSettings settings{
      loaded_.interface_type, loaded_.config, loaded_.active, width(), height(), true};
  for (const std::uint32_t window : kSyncWindows)
    settings.sync_windows = settings.sync_windows && reg(window) != 0;
  const PortIntake intake = listen(settings, link, pins);
  if (intake.why) environment_.say(intake.why);
  if (intake.errors & kHorizontalError)
    words_[kHorizontalErrorDetail / 4] = intake.received << 16 | (intake.expected & 0xffff);
  if (intake.errors) raise(0, intake.errors);
  if (!intake.frame) return Intake::kNothing;
  port_ = Port{settings, link, pins};
  return Intake::kFrame;
}

void Vic::shape(BayerFrame& frame) const {
  if (port_) {
    sample(port_->settings, port_->link, port_->pins, frame);
  } else {
    cut_frame(cut_, frame);
  }
}

void Vic::end_frame(const BayerFrame* frame) {
  if (frame && capture_.armed()) {
    capture_.capture(*frame);
    raise(1, kCaptureDone);
  }
  raise(0, kFrameDone);
}

}  // namespace t31::model
