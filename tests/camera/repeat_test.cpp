// SPDX-License-Identifier: GPL-2.0-or-later
// Nothing but the user's settings outlives a session: the same settings give the same pictures.
// The noise of the modelled sensor is that of the frame's number since its stream began.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string_view>

#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kWidth = 1920;
constexpr std::uint32_t kHeight = 1080;

std::size_t sum(const std::uint8_t* bytes, std::size_t count) {
  return std::hash<std::string_view>()({reinterpret_cast<const char*>(bytes), count});
}

void hold_settings(const Session& session) {
  EXPECT_EQ(session.set_white_balance(1.9, 1.5), 0);
  EXPECT_EQ(session.set_exposure(900, 2), 0);
}

// Sums of four frames' luma and chroma.
std::vector<std::size_t> a_session(bool held, const std::string& tuning) {
  Session session;
  EXPECT_EQ(session.start("sc2336", tuning), 0);
  if (held) hold_settings(session);
  t31_host_sleep_ns(180'000'000);  // four frames and a half
  Channel channel(0, kWidth, kHeight, t31_host_rmem_base());
  EXPECT_EQ(channel.start(2), 0);
  std::vector<std::size_t> sums;
  for (int i = 0; i < 4; ++i) {
    Frame frame;
    EXPECT_EQ(channel.dequeue(frame), 0);
    sums.push_back(sum(channel.luma(frame.index), kWidth * kHeight));
    sums.push_back(sum(channel.chroma(frame.index), kWidth * kHeight / 2));
    EXPECT_EQ(channel.queue(frame.index), 0);
  }
  EXPECT_EQ(channel.stream_off(), 0);
  EXPECT_EQ(channel.close(), 0);
  EXPECT_EQ(session.stop(), 0);
  return sums;
}

enum class Tuning { kNeutral, kOfTheSensor };

class Repeat : public testing::TestWithParam<Tuning> {
 protected:
  void SetUp() override {
    if (GetParam() == Tuning::kNeutral) return;
    const char* shared = std::getenv("T31_SHARED");
    const std::filesystem::path file =
        std::filesystem::path(shared ? shared : T31_SHARED_DIR) / "data/tuning/sc2336.bin";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "no " << file;
    path_ = "/etc/sensor/sc2336-t31.bin";
    std::filesystem::create_directories(camera_.root() / "etc/sensor");
    std::filesystem::copy_file(file, camera_.root() / "etc/sensor/sc2336-t31.bin");
  }

  Camera camera_;
  std::string path_;
};

TEST_P(Repeat, SessionsOnAutoGiveTheSamePictures) {
  const std::vector<std::size_t> first = a_session(false, path_);
  EXPECT_EQ(a_session(false, path_), first);
}

// The first session begins on auto, the others with what it has left set: past frames, which
// denoise looks back at, differ.
TEST_P(Repeat, HeldSettingsStayAndGiveTheSamePictures) {
  (void)a_session(true, path_);
  const std::vector<std::size_t> second = a_session(true, path_);
  EXPECT_EQ(a_session(false, path_), second);
}

INSTANTIATE_TEST_SUITE_P(Pictures, Repeat, testing::Values(Tuning::kNeutral, Tuning::kOfTheSensor),
                         [](const auto& tuning) {
                           return tuning.param == Tuning::kNeutral ? "Neutral" : "TuningFile";
                         });

}  // namespace
}  // namespace t31::test
