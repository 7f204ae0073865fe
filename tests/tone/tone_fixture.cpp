// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/tone/tone_fixture.hpp"

#include "tests/blocks/golden.hpp"

namespace t31::test {

std::vector<std::string> tuning_files() {
  return {"gc2053.bin",  "imx307.bin",     "imx327-wdr.bin", "jxf23.bin", "jxf37.bin",
          "os02k10.bin", "sc2310-wdr.bin", "sc2336.bin",     "sc4336.bin"};
}

void ToneFixture::SetUp() {
  shared_ = shared_folder();
  if (shared_.empty()) GTEST_SKIP() << "no shared data";
}

void ToneFixture::load(const std::string& file, bool night) {
  home_.files[file] = read_bytes(shared_ + "/data/tuning/" + file);
  ASSERT_EQ(store_.load(file.c_str()), tuning::LoadResult::kLoaded);
  store_.select_night(night);
}

std::array<u16, 129> ToneFixture::gamma() {
  std::array<u16, 129> nodes;
  const auto curve =
      mode_.wdr ? tuning::Parameter::kGammaRgbLutWdrSaddr : tuning::Parameter::kGammaRgbLutSaddr;
  for (u32 i = 0; i < nodes.size(); ++i) {
    nodes[i] = static_cast<u16>(store_.active().get(curve, i));
  }
  return nodes;
}

void ToneFixture::frame(const AdrCounts& counts) {
  const StatisticsBuffer buffer = pack(counts);
  adr_.take_statistics(buffer.data(), inputs(), store_.live());
  adr_.commit(registers_, inputs(), store_.live(), gamma());
}

void ToneFixture::frame(const DefogCounts& counts) {
  const StatisticsBuffer buffer = pack(counts);
  defog_.take_statistics(buffer.data(), inputs(), store_.live());
  defog_.commit(registers_, inputs(), store_.live());
}

}  // namespace t31::test
