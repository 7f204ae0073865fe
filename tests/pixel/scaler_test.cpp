// SPDX-License-Identifier: GPL-2.0-or-later
// Scaler channels: geometry, scaling, crop, mirror and flip, privacy masks, memory.
#include <gtest/gtest.h>

#include "setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kWidth = 96, kHeight = 64;

// Without demosaic and conversion a 12-bit sample is Y8 = x >> 4 at its own place.
IspRegisters mosaic_registers() {
  IspRegisters r = neutral_registers(kWidth, kHeight);
  disable(r, kBypassDmsc | kBypassCsc);
  return r;
}

// Luma of the source: a ramp in both directions.
std::uint32_t ramp(std::uint32_t x, std::uint32_t y) {
  return 2 * x + y;
}
BayerFrame ramp_frame() {
  return make_frame(kWidth, kHeight, 8,
                    [](std::uint32_t x, std::uint32_t y) { return ramp(x, y); });
}

TEST(Geometry, ReadsTheRegistersOfTheChannel) {
  IspRegisters r = neutral_registers(1920, 1080);
  set_window(r, 100, 50, 1600, 900);
  set_channel(r, 2, 1280, 720);
  set_crop(r, 2, 32, 16, 640, 480);
  const ChannelGeometry g = channel_geometry(r, 2);
  EXPECT_EQ(r[0x9b04], 0x02800280u) << "steps as in the driver's trace";
  EXPECT_TRUE(g.valid);
  EXPECT_FALSE(g.enlarges);
  EXPECT_EQ(g.input_x, 100u);
  EXPECT_EQ(g.input_height, 900u);
  EXPECT_EQ(g.scaled_width, 1280u);
  EXPECT_EQ(g.crop_y, 16u);
  EXPECT_EQ(g.width, 640u);
  EXPECT_EQ(g.luma_stride, 640u);
}

TEST(Geometry, IsInvalidOutsideItsSourceOrWithNothingInIt) {
  const auto valid_with = [](std::uint32_t offset, std::uint32_t value) {
    IspRegisters r = neutral_registers(1920, 1080);
    r.word(offset) = value;
    return channel_geometry(r, 0).valid;
  };
  EXPECT_TRUE(valid_with(0x9860, 0));
  EXPECT_FALSE(valid_with(0x9860, 1 << 16)) << "window moved out to the right";
  EXPECT_FALSE(valid_with(0x9860, 1)) << "window moved out below";
  EXPECT_FALSE(valid_with(0x9864, 1080)) << "no width";
  EXPECT_FALSE(valid_with(0x9900, 1919u << 16 | 1080)) << "crop wider than the scaled image";
  EXPECT_FALSE(valid_with(0x9928, 2)) << "crop moved out below";
  EXPECT_FALSE(valid_with(0x992c, 1920u << 16)) << "no height";
  EXPECT_FALSE(valid_with(0x9980, 1918)) << "luma rows would overlap";
  EXPECT_FALSE(valid_with(0x9998, 0)) << "no chroma stride";
  EXPECT_FALSE(valid_with(0x0004, 1280u << 16 | 720)) << "frame smaller than the window";
}

TEST(Geometry, TellsWhenAnAxisIsEnlarged) {
  IspRegisters r = neutral_registers(1280, 720);
  EXPECT_FALSE(channel_geometry(r, 1).enlarges);
  set_channel(r, 1, 1280, 722);
  EXPECT_TRUE(channel_geometry(r, 1).enlarges);
  set_channel(r, 1, 1282, 720);
  EXPECT_TRUE(channel_geometry(r, 1).enlarges);
}

TEST(Scaler, OneToOneIsExact) {
  const Picture p = run(mosaic_registers(), ramp_frame()).pictures[0];
  for (std::uint32_t y = 0; y < kHeight; ++y) {
    for (std::uint32_t x = 0; x < kWidth; ++x) ASSERT_EQ(p.y(x, y), ramp(x, y));
  }
}

TEST(Scaler, AConstantStaysConstantAtAnySizeAndFilter) {
  for (const std::uint32_t filter : {0u, 0x3f00u}) {
    for (const std::uint32_t width : {96u, 95u, 60u, 31u, 7u}) {
      IspRegisters r = neutral_registers(kWidth, kHeight);
      set_channel(r, 1, width, width * 2 / 3);
      for (std::uint32_t tap = 0x9ac0; tap <= 0x9acc; tap += 4) r.word(tap) = 0x40080;
      if (filter == 0) r.word(0x9ac0) = r.word(0x9ac8) = 0x200, r.word(0x9ac4) = r.word(0x9acc) = 0;
      r.word(0x9804) = filter;
      const Picture p =
          run(r, make_frame(kWidth, kHeight, 8, [](auto, auto) { return 77; })).pictures[1];
      for (std::uint32_t y = 0; y < p.height; ++y) {
        for (std::uint32_t x = 0; x < p.width; ++x) ASSERT_EQ(p.y(x, y), 77) << width;
      }
      EXPECT_EQ(p.u(0, 0), 128);
    }
  }
}

TEST(Scaler, LinearReductionKeepsARampInPlace) {
  IspRegisters r = mosaic_registers();
  set_channel(r, 1, kWidth * 2 / 3, kHeight * 3 / 4);
  const Picture p = run(r, ramp_frame()).pictures[1];
  for (std::uint32_t y = 1; y + 1 < p.height; ++y) {
    for (std::uint32_t x = 1; x + 1 < p.width; ++x) {
      // Centre of output sample i is at (i + 0.5) * ratio - 0.5 in the source.
      const double expected = 2 * ((x + 0.5) * 1.5 - 0.5) + (y + 0.5) * 4 / 3 - 0.5;
      ASSERT_NEAR(p.y(x, y), expected, 0.6) << x << ' ' << y;
    }
  }
}

TEST(Scaler, BoxFilterAveragesFourByFour) {
  IspRegisters r = mosaic_registers();
  set_channel(r, 1, kWidth / 4, kHeight / 4);
  for (std::uint32_t tap = 0x9ac0; tap <= 0x9acc; tap += 4) r.word(tap) = 0x40080;
  r.word(0x9804) = 0x1200;
  // Step 4, phase 1.5: samples 4i ... 4i + 3. Blocks of one value, with detail inside that averages
  // out.
  const Picture p = run(r, make_frame(kWidth, kHeight, 8,
                                      [](std::uint32_t x, std::uint32_t y) {
                                        return 8 * (x / 4) + (y / 4) + (x % 2 + y % 2) * 10;
                                      }))
                        .pictures[1];
  for (std::uint32_t y = 0; y < p.height; ++y) {
    for (std::uint32_t x = 0; x < p.width; ++x) ASSERT_EQ(p.y(x, y), 8 * x + y + 10);
  }
}

TEST(Scaler, FourTapWeightsAreSymmetricAboutTheSample) {
  IspRegisters r = mosaic_registers();
  // The vendor's level 32: registers 0x100e0 and 0x70020, weights 32, 224, 224, 32 of 512.
  r.word(0x9ac0) = 0x100e0;
  r.word(0x9ac4) = 0x70020;
  r.word(0x9804) = 0x0200;  // horizontal filter of channel 1 only
  const Picture p =
      run(r, make_frame(kWidth, kHeight, 8,
                        [](std::uint32_t x, std::uint32_t) { return x == 40 ? 160u : 0u; }))
          .pictures[1];
  EXPECT_EQ(p.y(38, 9), 10);  // 40 is its sample at +2
  EXPECT_EQ(p.y(39, 9), 70);  // +1
  EXPECT_EQ(p.y(40, 9), 70);  // itself
  EXPECT_EQ(p.y(41, 9), 10);  // -1
  EXPECT_EQ(p.y(37, 9), 0);
  EXPECT_EQ(p.y(42, 9), 0);
}

TEST(Scaler, WindowAndCropSelectTheirPart) {
  IspRegisters r = mosaic_registers();
  set_window(r, 20, 10, 60, 40);
  set_channel(r, 0, 60, 40);
  set_crop(r, 0, 8, 6, 30, 20);
  const Picture p = run(r, ramp_frame()).pictures[0];
  ASSERT_EQ(p.width, 30u);
  for (std::uint32_t y = 0; y < 20; ++y) {
    for (std::uint32_t x = 0; x < 30; ++x) ASSERT_EQ(p.y(x, y), ramp(x + 28, y + 16));
  }
}

TEST(Scaler, MirrorAndFlipTurnLumaAndChroma) {
  IspRegisters r = neutral_registers(kWidth, kHeight);
  const BayerFrame frame = random_frame(kWidth, kHeight, 10, 5);
  const Picture plain = run(r, frame).pictures[0];
  r.word(0x9818) = 0x0e | 0x80 | 0x20;  // mirror channel 0, flip channel 1
  const Result turned = run(r, frame);
  for (std::uint32_t y = 0; y < kHeight; ++y) {
    for (std::uint32_t x = 0; x < kWidth; ++x) {
      ASSERT_EQ(turned.pictures[0].y(x, y), plain.y(kWidth - 1 - x, y));
      ASSERT_EQ(turned.pictures[1].y(x, y), plain.y(x, kHeight - 1 - y));
    }
  }
  for (std::uint32_t y = 0; y < kHeight / 2; ++y) {
    for (std::uint32_t x = 0; x < kWidth / 2; ++x) {
      ASSERT_EQ(turned.pictures[0].u(x, y), plain.u(kWidth / 2 - 1 - x, y));
      ASSERT_EQ(turned.pictures[1].v(x, y), plain.v(x, kHeight / 2 - 1 - y));
    }
  }
  EXPECT_EQ(turned.pictures[2], plain) << "channel 2 is not turned";
}

TEST(Scaler, MaskPaintsItsRectangleInTheStoredImage) {
  IspRegisters r = mosaic_registers();
  r.word(0x9938) = 22u << 16 | 14;  // left, top
  r.word(0x993c) = 30u << 16 | 20;  // width, height
  r.word(0x9940) = 0x00a1c3b2;      // Y a1, V c3, U b2
  const Picture off = run(r, ramp_frame()).pictures[0];
  EXPECT_EQ(off.y(25, 20), ramp(25, 20)) << "masks are off until 0x9804 enables them";
  r.word(0x9804) = 1u << 3;
  const Result on = run(r, ramp_frame());
  const Picture& p = on.pictures[0];
  for (std::uint32_t y = 0; y < kHeight; ++y) {
    for (std::uint32_t x = 0; x < kWidth; ++x) {
      const bool inside = x >= 22 && x < 52 && y >= 14 && y < 34;
      ASSERT_EQ(p.y(x, y), inside ? 0xa1 : ramp(x, y));
      ASSERT_EQ(p.u(x / 2, y / 2), inside ? 0xb2 : off.u(x / 2, y / 2));
      ASSERT_EQ(p.v(x / 2, y / 2), inside ? 0xc3 : off.v(x / 2, y / 2));
    }
  }
  EXPECT_EQ(on.pictures[1], off) << "the mask belongs to channel 0";
}

TEST(Scaler, MaskReachingBeyondTheImageIsCutOff) {
  IspRegisters r = mosaic_registers();
  r.word(0x9804) = 1u << 3;
  r.word(0x9938) = 90u << 16 | 60;
  r.word(0x993c) = 0xffffffff;
  r.word(0x9944) = 0xffffffff;  // a second one entirely outside
  r.word(0x9948) = 0xffffffff;
  const Picture p = run(r, ramp_frame()).pictures[0];
  EXPECT_EQ(p.y(89, 63), ramp(89, 63));
  EXPECT_EQ(p.y(95, 63), 0);
  EXPECT_EQ(p.luma[kWidth * kHeight], Picture::kUntouched);
  EXPECT_EQ(p.chroma[kWidth * kHeight / 2], Picture::kUntouched);
}

TEST(Scaler, WritesNothingBetweenAndBehindTheRows) {
  for (const auto path : {Pipeline::Path::kReference, Pipeline::Path::kFast}) {
    IspRegisters r = neutral_registers(kWidth, kHeight);
    r.word(0x9980) = kWidth + 10;
    r.word(0x9998) = kWidth + 20;
    const Picture p = run(r, random_frame(kWidth, kHeight, 10, 2), path).pictures[0];
    for (std::uint32_t y = 0; y <= kHeight; ++y) {
      for (std::uint32_t x = y < kHeight ? kWidth : 0; x < kWidth + 10; ++x) {
        ASSERT_EQ(p.luma[y * (kWidth + 10) + x], Picture::kUntouched) << x << ' ' << y;
      }
    }
    for (std::uint32_t y = 0; y <= kHeight / 2; ++y) {
      for (std::uint32_t x = y < kHeight / 2 ? kWidth : 0; x < kWidth + 20; ++x) {
        ASSERT_EQ(p.chroma[y * (kWidth + 20) + x], Picture::kUntouched) << x << ' ' << y;
      }
    }
  }
}

TEST(Scaler, AnEnlargingChannelProducesNothing) {
  IspRegisters r = neutral_registers(kWidth, kHeight);
  set_channel(r, 0, kWidth + 2, kHeight);
  std::vector<std::uint8_t> memory(2 * kWidth * kHeight, Picture::kUntouched);
  std::array<ChannelImage, kChannels> images{};
  images[0] = {memory.data(), memory.data() + (kWidth + 2) * kHeight};
  for (const auto path : {Pipeline::Path::kReference, Pipeline::Path::kFast}) {
    Pipeline(path, 1).process(r, random_frame(kWidth, kHeight, 10, 2), images, nullptr);
    for (const std::uint8_t byte : memory) ASSERT_EQ(byte, Picture::kUntouched);
  }
}

TEST(Chroma, IsTheMeanOfTwoByTwoPixelsWithUFirst) {
  IspRegisters r = mosaic_registers();
  enable(r, kBypassDmsc);
  // Without conversion chroma is green and blue. A grey edge along the grid is reconstructed
  // exactly, so that a 2x2 block across it holds two samples of each side.
  const Picture p =
      run(r, make_frame(kWidth, kHeight, 8,
                        [](std::uint32_t x, std::uint32_t) { return x < 41 ? 40u : 100u; }))
          .pictures[0];
  EXPECT_EQ(p.u(19, 10), 40);
  EXPECT_EQ(p.u(20, 10), 70);
  EXPECT_EQ(p.v(20, 10), 70);
  EXPECT_EQ(p.u(21, 10), 100);
}

}  // namespace
}  // namespace t31::model
