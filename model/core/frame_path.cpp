// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/frame_path.hpp"

#include <algorithm>
#include <chrono>

namespace t31::model {
namespace {

constexpr unsigned kCameraPort = 0;  // GPIO port A has the parallel port's pins
constexpr std::uint32_t kInputSize = 0x0004;
constexpr std::uint32_t kDelayAddress = 0x2004;
constexpr std::uint32_t kDelayStride = 0x2008;
constexpr std::uint32_t kDelayLines = 0x200c;
constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;

// Share of the frame period in which lines are sent; the rest is blanking (assumption: as with the
// common 1080-of-1350 line timing).
constexpr Nanoseconds kReadoutNumerator = 4;
constexpr Nanoseconds kReadoutDenominator = 5;

// Share of the readout after which the pixels are computed. Long before the last line, so that in
// real time the work is done when the picture's end is due and pictures arrive as evenly as on a
// camera. Registers were latched at frame start; look-up RAM counts as it stands now.
constexpr Nanoseconds kPixelsNumerator = 1;
constexpr Nanoseconds kPixelsDenominator = 8;

// When things are reported after the last line has come in (assumption: statistics engines finish
// with the line they see last, one after the other, the scaler some lines later).
// In the order of StatisticsEngine.
constexpr Nanoseconds kStatisticsAfter[kStatisticsEngines] = {
    10'000, 20'000, 24'000, 28'000, 30'000, 35'000, 40'000, 50'000, 55'000};
constexpr Nanoseconds kIspDoneAfter = 60'000;
constexpr Nanoseconds kChannelDoneAfter = 80'000;
constexpr Nanoseconds kChannelDoneStep = 10'000;

class WallClock {
 public:
  explicit WallClock(Environment& environment) : environment_(environment) {}
  ~WallClock() {
    const auto elapsed = std::chrono::steady_clock::now() - start_;
    environment_.count(T31_MODEL_PIXEL_NANOSECONDS,
                       static_cast<std::uint64_t>(
                           std::chrono::duration_cast<std::chrono::nanoseconds>(elapsed).count()));
  }

 private:
  Environment& environment_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace

FramePath::FramePath(Units units, std::unique_ptr<PixelPath> pixels, unsigned threads)
    : units_(units), pixels_(std::move(pixels)), threads_(threads) {}

void FramePath::set_sensor(Sensor* sensor, bool supplied) {
  units_.timeline.cancel(Timeline::Group::kSensorFrame);
  abort(true);
  sensor_ = sensor;
  streaming_ = false;
  sensor_touched(supplied);
}

void FramePath::sensor_touched(bool supplied) {
  const bool streams = sensor_ && supplied && sensor_->streaming();
  if (streams == streaming_) return;
  streaming_ = streams;
  units_.timeline.cancel(Timeline::Group::kSensorFrame);
  if (!streams) return;  // a frame on its way is sent to its end
  sensor_frame_ = 0;
  units_.timeline.at(units_.timeline.now() + sensor_->frame_period_ns(),
                     Timeline::Group::kSensorFrame, [this] { begin_sensor_frame(); });
}

std::uint32_t FramePath::line() const {
  if (!flight_ || flight_->arrived || flight_->readout == 0) return lines_;
  const Nanoseconds elapsed = units_.timeline.now() - flight_->start;
  return static_cast<std::uint32_t>(elapsed * lines_ / flight_->readout);
}

bool FramePath::sending() const {
  return flight_ && !flight_->arrived;
}

bool FramePath::clocks_run() const {
  return units_.cpm.isp_gate_open() && units_.cpm.csi_gate_open() &&
         units_.cpm.isp_clock_hertz() > 0;
}

void FramePath::abort(bool tell) {
  if (!flight_) return;
  const bool cut_off = flight_->in_isp && !flight_->arrived;
  units_.timeline.cancel(Timeline::Group::kReceivedFrame);
  units_.isp.scaler().end_frame();
  flight_.reset();
  if (cut_off && tell) units_.isp.top().raise(kIspBrokenFrame);
}

void FramePath::begin_sensor_frame() {
  abort(true);
  const Nanoseconds now = units_.timeline.now();
  sensor_->begin_frame(sensor_frame_++);
  const Nanoseconds period = sensor_->frame_period_ns();
  units_.timeline.at(now + period, Timeline::Group::kSensorFrame, [this] { begin_sensor_frame(); });

  const LinkFormat link = sensor_->link();
  if (!clocks_run() || !receive(link)) return;
  flight_ = Flight{now, period * kReadoutNumerator / kReadoutDenominator, link};
  lines_ = units_.vic.height();
  flight_->in_isp = enter_isp(period);
  if (flight_->in_isp) {
    units_.timeline.at(now + flight_->readout * kPixelsNumerator / kPixelsDenominator,
                       Timeline::Group::kReceivedFrame, [this] { compute_pixels(); });
  }
  units_.timeline.at(now + flight_->readout, Timeline::Group::kReceivedFrame,
                     [this] { end_readout(); });
}

// The parallel port has no receiver that could fail.
bool FramePath::link_works(const LinkFormat& link) {
  return link.bus != DataBus::kMipi || units_.csi.receive(link) == Csi::Reception::kPackets;
}

bool FramePath::receive(const LinkFormat& link) {
  if (!link_works(link)) return false;
  const PortPins pins{units_.gpio.function1(kCameraPort), units_.csi.ttl()};
  switch (units_.vic.begin_frame(link, pins)) {
    case Vic::Intake::kFrame:
      return true;
    case Vic::Intake::kUnrecognisedType:
      units_.csi.report_unrecognised_data_type();
      return false;
    case Vic::Intake::kNothing:
      break;
  }
  return false;
}

bool FramePath::enter_isp(Nanoseconds period) {
  IspTop& top = units_.isp.top();
  const IspTop::Input input = top.input();
  if (input == IspTop::Input::kNone) return false;

  const std::uint32_t size = units_.isp.written(kInputSize);
  const bool width_differs = size >> 16 != units_.vic.width();
  const bool height_differs = (size & 0xffff) != units_.vic.height();
  if (width_differs || height_differs) {
    units_.environment.say("ISP: input size (0x0004) differs from the VIC's resolution");
    units_.vic.raise_size_mismatch(width_differs, height_differs);
    top.raise(kIspBrokenFrame);
    return false;
  }
  if (units_.vic.samples() == Samples::kRgb565) {
    units_.environment.say("ISP: it takes no RGB; raw capture does");
    top.raise(kIspBrokenFrame);
    return false;
  }
  const std::uint64_t pixels = std::uint64_t{units_.vic.width()} * units_.vic.height();
  const bool too_fast = pixels * kNanosecondsPerSecond > units_.cpm.isp_clock_hertz() * period;
  const char* wrong = too_fast ? "ISP: the sensor's pixel rate exceeds the ISP clock"
                               : wrong_exposures(input == IspTop::Input::kTwoExposures);
  if (wrong != nullptr) {
    units_.environment.say(wrong);
    top.raise(kIspOverflow);
    return false;
  }
  units_.environment.count(T31_MODEL_FRAMES_STARTED);
  ++isp_frame_;
  units_.isp.begin_frame();
  return true;
}

// What keeps the line buffers from taking this frame, for people.
const char* FramePath::wrong_exposures(bool two_expected) const {
  const bool two = flight_->link.exposures == 2;
  if (two_expected && !two) return "ISP: two exposures expected, the sensor sends one";
  if (!two_expected && two) return "ISP: one exposure expected, the sensor sends two";
  if (!two) return nullptr;
  const bool buffer = units_.isp.written(kDelayAddress) != 0 &&
                      units_.isp.written(kDelayStride) >= 2 * units_.vic.width() &&
                      units_.isp.written(kDelayLines) != 0;
  return buffer ? nullptr : "ISP: no buffer for the delayed exposure (0x2004, 0x2008, 0x200c)";
}

// A mosaic taken for YUV has luma and no chroma; YUV taken for a mosaic is its luma.
const BayerFrame& FramePath::as_taken() {
  const bool yuv = frame_.samples == Samples::kYuv422;
  if (yuv == units_.isp.top().takes_yuv()) return frame_;
  misread_ = frame_;
  misread_.samples = yuv ? Samples::kBayer : Samples::kYuv422;
  misread_.bits = yuv ? 8 : 16;
  for (std::uint16_t& code : misread_.codes)
    code = static_cast<std::uint16_t>(yuv ? code & 0xff : code >> (frame_.bits - 8));
  return misread_;
}

void FramePath::render() {
  if (flight_->rendered) return;
  const WallClock clock(units_.environment);
  frame_.short_codes.clear();
  frame_.samples = Samples::kBayer;
  sensor_->render(frame_, threads_);
  frame_.short_delay = flight_->link.short_delay;
  units_.vic.shape(frame_);
  flight_->rendered = true;
}

void FramePath::compute_pixels() {
  const IspRegisters& latched = units_.isp.latched();
  const bool wanted = units_.isp.scaler().wants_image() || StatisticsDma::any_on(latched);
  if (!wanted) return;
  render();
  const WallClock clock(units_.environment);
  const auto images = units_.isp.scaler().images();
  pixels_->process(latched, as_taken(), images, &statistics_, &units_.environment);
}

void FramePath::end_readout() {
  if (!clocks_run() || !link_works(flight_->link)) {
    abort(true);
    return;
  }
  flight_->arrived = true;
  const bool wants_raw = units_.vic.wants_raw();
  if (wants_raw) render();
  units_.vic.end_frame(wants_raw ? &frame_ : nullptr);
  if (!flight_->in_isp) {
    flight_.reset();
    return;
  }
  schedule_completions();
}

void FramePath::schedule_completions() {
  const Nanoseconds now = units_.timeline.now();
  const auto after = [&](Nanoseconds delay, Timeline::Action action) {
    units_.timeline.at(now + delay, Timeline::Group::kReceivedFrame, std::move(action));
  };
  Isp& isp = units_.isp;
  for (unsigned i = 0; i < kStatisticsEngines; ++i) {
    const auto engine = static_cast<StatisticsEngine>(i);
    if (!StatisticsDma::on(isp.latched(), engine)) continue;
    after(kStatisticsAfter[i], [this, &isp, engine] {
      isp.statistics().deliver(engine, isp.latched(), statistics_);
      isp.top().raise(StatisticsDma::interrupt(engine));
    });
  }
  if (!isp.scaler().stalled()) {
    after(kIspDoneAfter, [&isp] { isp.top().raise(kIspDone); });
    for (unsigned n = 0; n < kChannels; ++n) {
      after(kChannelDoneAfter + kChannelDoneStep * n, [this, &isp, n] {
        if (isp.scaler().complete(n, isp_frame_)) isp.top().raise(isp_channel_done(n));
      });
    }
  }
  after(kChannelDoneAfter + kChannelDoneStep * kChannels, [this, &isp] {
    isp.scaler().end_frame();
    flight_.reset();
  });
}

}  // namespace t31::model
