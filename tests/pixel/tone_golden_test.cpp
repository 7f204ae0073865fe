// SPDX-License-Identifier: GPL-2.0-or-later
// Tone curves and maps of haze as the vendor's computation made them, on the registers of the same
// tuning file: both paths give the same bytes, and the curves do what they say.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "golden_state.hpp"
#include "model/pixel/tone_mapping.hpp"
#include "setup.hpp"

namespace t31::model {
namespace {

// Rows "case,step,register,value" of the vectors for one case and step, onto the registers.
unsigned apply_vectors(const std::string& name, const std::string& step, IspRegisters& registers) {
  const char* shared = std::getenv("T31_SHARED");
  const auto folder = std::filesystem::path(shared != nullptr ? shared : T31_SHARED_DIR) / "spec";
  std::ifstream file(folder / "hw-blocks-detail-tone-golden.csv");
  unsigned applied = 0;
  for (std::string line; std::getline(file, line);) {
    std::istringstream row(line);
    std::string case_name, step_name, offset, value;
    std::getline(row, case_name, ',');
    std::getline(row, step_name, ',');
    std::getline(row, offset, ',');
    std::getline(row, value, ',');
    if (case_name != name || step_name != step) continue;
    registers.word(static_cast<std::uint32_t>(std::stoul(offset, nullptr, 16))) =
        static_cast<std::uint32_t>(std::stoul(value, nullptr, 16));
    ++applied;
  }
  return applied;
}

BayerFrame picture() {
  return make_frame(1920, 1080, 10, [](std::uint32_t x, std::uint32_t y) {
    return 64 + (x / 40 * 37 + y / 30 * 53) % 800 + (x * 7 + y * 13) % 23;
  });
}

TEST(GoldenTone, BothPathsAgreeWithTheVendorsCurvesAndMaps) {
  auto states = golden_states("gc2053_1920x1080_bayer0_linear");
  if (states.empty()) GTEST_SKIP() << "no shared data";
  IspRegisters& r = states.front().registers;
  if (apply_vectors("adr gc2053", "frame 0 ev 5000", r) == 0) GTEST_SKIP() << "no vectors";
  ASSERT_EQ(apply_vectors("defog gc2053", "frame 2", r), 180u);
  // The whole of both blocks, but nothing that needs memory or takes long.
  r.word(0x000c) = kBypassAll & ~(1u << 7 | 1u << 8 | 1u << 10 | 1u << 11 | 1u << 12);
  set_window(r, 0, 0, 1920, 1080);
  for (unsigned channel = 0; channel < kChannels; ++channel) set_channel(r, channel, 1920, 1080);
  const BayerFrame frame = picture();
  const Result reference = run(r, frame), vectors = run(r, frame, Pipeline::Path::kFast, 2);
  EXPECT_EQ(vectors.pictures[0].luma, reference.pictures[0].luma);
  EXPECT_EQ(vectors.pictures[0].chroma, reference.pictures[0].chroma);
  EXPECT_EQ(vectors.statistics.adr, reference.statistics.adr);
  EXPECT_EQ(vectors.statistics.defog, reference.statistics.defog);
}

TEST(GoldenTone, TheVendorsCurvesBrightenAsTheirNodesSay) {
  auto states = golden_states("gc2053_1920x1080_bayer0_linear");
  if (states.empty()) GTEST_SKIP() << "no shared data";
  IspRegisters& r = states.front().registers;
  if (apply_vectors("adr gc2053", "frame 0 ev 5000", r) == 0) GTEST_SKIP() << "no vectors";
  const auto block = pixel::decode_tone_mapping(r);
  // 32 64 128 192 256 384 512 768 1024 1536 2048 become, in every block of this frame:
  const std::int32_t expected[] = {37, 74, 147, 211, 275, 403, 532, 788, 1044, 1553, 2062};
  const std::int32_t at[] = {32, 64, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048};
  pixel::TileWeights weights;
  weights.update(block.weights, 1920, 1080);
  for (unsigned i = 0; i < 11; ++i) {
    EXPECT_EQ(block.blended(weights.at(120, 70))(at[i]) >> 4, expected[i]) << at[i];
  }
}

}  // namespace
}  // namespace t31::model
