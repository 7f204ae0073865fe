// SPDX-License-Identifier: GPL-2.0-or-later
// Scenes: geometry of the chart, motion, picture files.
#include "model/scene/scene.hpp"
#include "model/scene/hazy_view.hpp"

#include <png.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <vector>

#include <jpeglib.h>

#include "probe.hpp"

namespace t31::model::testing {
namespace {

TEST(ColorChecker, PatchesLieApartInsideTheChartAndHoldWholeBayerTiles) {
  for (const auto& [width, height] :
       {std::pair{1920U, 1080U}, {2560U, 1440U}, {640U, 480U}, {64U, 48U}}) {
    const Rectangle chart = chart_rect(width, height);
    EXPECT_LE(chart.x + chart.width, width);
    EXPECT_LE(chart.y + chart.height, height);
    for (unsigned i = 0; i < kPatches; ++i) {
      const Rectangle patch = patch_rect(width, height, i);
      EXPECT_EQ((patch.x | patch.y | patch.width | patch.height) & 1, 0U);
      EXPECT_GT(patch.width, 0U);
      EXPECT_GT(patch.x, chart.x);
      EXPECT_LT(patch.x + patch.width, chart.x + chart.width);
      EXPECT_LT(patch.y + patch.height, chart.y + chart.height);
      if (i % kPatchColumns != 0) {
        const Rectangle left = patch_rect(width, height, i - 1);
        EXPECT_GT(patch.x, left.x + left.width);
      }
    }
  }
  EXPECT_EQ(patch_rect(1920, 1080, 24).width, 0U);
}

TEST(ColorChecker, IsPaintedAsItsGeometrySays) {
  const LinearImage image = paint_color_checker(640, 480);
  for (unsigned i = 0; i < kPatches; ++i) {
    const Rectangle patch = patch_rect(640, 480, i);
    for (unsigned channel = 0; channel < 3; ++channel) {
      const double expected = srgb_to_linear(kColorChecker[i].srgb[channel] / 255.0);
      EXPECT_FLOAT_EQ(image.row(channel, patch.y)[patch.x], static_cast<float>(expected));
      EXPECT_FLOAT_EQ(image.row(channel, patch.y - 1)[patch.x], static_cast<float>(kChartFrame));
      EXPECT_FLOAT_EQ(image.row(channel, patch.y + patch.height - 1)[patch.x + patch.width - 1],
                      static_cast<float>(expected));
    }
  }
  EXPECT_FLOAT_EQ(image.row(0, 0)[0], static_cast<float>(kChartWall));
}

// Largest and smallest green of an area.
std::pair<float, float> extremes(const LinearImage& image, const Rectangle& area) {
  float low = 100, high = 0;
  for (std::uint32_t y = area.y; y < area.y + area.height; ++y) {
    for (std::uint32_t x = area.x; x < area.x + area.width; ++x) {
      low = std::min(low, image.row(1, y)[x]);
      high = std::max(high, image.row(1, y)[x]);
    }
  }
  return {low, high};
}

TEST(HazyView, ContrastFallsExponentiallyWithDistance) {
  const LinearImage clear = paint_hazy_view(640, 480, 0), hazy = paint_hazy_view(640, 480, 1.5);
  for (unsigned i = 0; i < kRanges; ++i) {
    const Rectangle area = range_rect(640, 480, i);
    ASSERT_GT(area.height, 20U);
    const auto [clear_low, clear_high] = extremes(clear, area);
    const auto [low, high] = extremes(hazy, area);
    const double share = std::exp(-1.5 * kRangeDistance[i]);
    EXPECT_NEAR((high - low) / (clear_high - clear_low), share, 1e-4) << "range " << i;
    EXPECT_NEAR(low, share * clear_low + (1 - share) * kHazeLight[1], 1e-4) << "range " << i;
  }
}

TEST(HazyView, HazeOverAPictureGrowsTowardsTheHorizon) {
  LinearImage image(8, 100);
  add_haze(image, 1);
  for (std::uint32_t y = 1; y < 100; ++y) EXPECT_LE(image.row(1, y)[3], image.row(1, y - 1)[3]);
  EXPECT_LT(image.row(1, 99)[0], 0.25 * kHazeLight[1]);
  EXPECT_GT(image.row(1, 0)[0], 0.95 * kHazeLight[1]);
}

TEST(Srgb, LinearisesThePublishedPoints) {
  EXPECT_DOUBLE_EQ(srgb_to_linear(0), 0);
  EXPECT_DOUBLE_EQ(srgb_to_linear(1), 1);
  EXPECT_NEAR(srgb_to_linear(0.04045), 0.0031308, 1e-7);
  EXPECT_NEAR(srgb_to_linear(0.5), 0.21404, 1e-5);
}

TEST(ResolutionChart, CoversInkToPaperAndEndsInPaper) {
  const LinearImage image = paint_resolution_chart(1920, 1080);
  float low = 1, high = 0;
  for (std::uint32_t x = 0; x < 1920; ++x) {
    low = std::min(low, image.row(1, 540)[x]);
    high = std::max(high, image.row(1, 540)[x]);
  }
  EXPECT_NEAR(low, 0.03, 0.01);
  EXPECT_NEAR(high, 0.9, 0.01);
  EXPECT_FLOAT_EQ(image.row(0, 0)[0], 0.9F);
}

std::string moving(bool shading) {
  return std::string(R"({"scene":{"type":"moving"},"noise":false,"shading":)") +
         (shading ? "true}" : "false}");
}

TEST(MovingScene, MovesEightPixelsToTheRightWithEveryFrame) {
  auto sensor = powered(moving(false));
  const BayerFrame first = take(*sensor, 0);
  for (const std::uint64_t number : {1ULL, 7ULL, 59ULL, 60ULL, 1'000'003ULL}) {
    const BayerFrame later = take(*sensor, number);
    const std::size_t moved = number * 8 % 480;
    for (std::size_t y = 0; y < 1080; y += 77) {
      for (std::size_t x = moved; x < 1920; ++x) {
        ASSERT_EQ(later.codes[y * 1920 + x], first.codes[y * 1920 + x - moved])
            << number << " " << x;
      }
    }
  }
}

TEST(MovingScene, MirroredMovesToTheLeft) {
  auto sensor = powered(moving(false));
  write(*sensor, 0x3221, 0x06);
  const BayerFrame first = take(*sensor, 0);
  const BayerFrame later = take(*sensor, 3);
  for (std::size_t x = 0; x + 24 < 1920; ++x) {
    ASSERT_EQ(later.codes[500 * 1920 + x], first.codes[500 * 1920 + x + 24]);
  }
}

TEST(MovingScene, TheLensStandsStill) {
  auto plain = powered(moving(false));
  auto shaded = powered(moving(true));
  auto flat = powered(R"({"scene":{"type":"flat","level":0.5},"noise":false})");
  auto even = powered(R"({"scene":{"type":"flat","level":0.5},"noise":false,"shading":false})");
  const BayerFrame a = take(*plain, 5), b = take(*shaded, 5), lens = take(*flat, 0),
                   base = take(*even, 0);
  for (std::size_t i = 0; i < a.codes.size(); i += 997) {
    const double falloff = (lens.codes[i] - 65.0) / (base.codes[i] - 65.0);
    ASSERT_NEAR(b.codes[i] - 65.0, (a.codes[i] - 65.0) * falloff, 4) << i;
  }
}

std::vector<std::uint8_t> gradient(unsigned width, unsigned height) {
  std::vector<std::uint8_t> rgb;
  for (unsigned y = 0; y < height; ++y) {
    for (unsigned x = 0; x < width; ++x) {
      rgb.insert(rgb.end(), {static_cast<std::uint8_t>(x * 255 / (width - 1)),
                             static_cast<std::uint8_t>(y * 255 / (height - 1)), 100});
    }
  }
  return rgb;
}

void write_png(const std::string& path, const std::vector<std::uint8_t>& rgb, unsigned width,
               unsigned height) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  png.width = width;
  png.height = height;
  png.format = PNG_FORMAT_RGB;
  ASSERT_NE(png_image_write_to_file(&png, path.c_str(), 0, rgb.data(), 0, nullptr), 0)
      << png.message;
}

void write_jpeg(const std::string& path, std::vector<std::uint8_t> rgb, unsigned width,
                unsigned height) {
  jpeg_error_mgr errors;
  jpeg_compress_struct jpeg;
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  FILE* file = std::fopen(path.c_str(), "wb");
  ASSERT_NE(file, nullptr);
  jpeg_stdio_dest(&jpeg, file);
  jpeg.image_width = width;
  jpeg.image_height = height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, 98, TRUE);
  jpeg_start_compress(&jpeg, TRUE);
  while (jpeg.next_scanline < height) {
    JSAMPROW line = rgb.data() + static_cast<std::size_t>(jpeg.next_scanline) * width * 3;
    jpeg_write_scanlines(&jpeg, &line, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  std::fclose(file);
}

TEST(ImageScene, PngIsLinearised) {
  const ScratchFile file(".png");
  const auto rgb = gradient(32, 16);
  write_png(file.string(), rgb, 32, 16);
  const LinearImage image = load_image(file.path());
  ASSERT_EQ(image.width(), 32U);
  ASSERT_EQ(image.height(), 16U);
  for (unsigned i = 0; i < 32 * 16; ++i) {
    for (unsigned channel = 0; channel < 3; ++channel) {
      EXPECT_NEAR(image.row(channel, i / 32)[i % 32], srgb_to_linear(rgb[i * 3 + channel] / 255.0),
                  1e-6);
    }
  }
}

TEST(ImageScene, JpegIsLinearised) {
  const ScratchFile file(".jpg");
  write_jpeg(file.string(), std::vector<std::uint8_t>(64 * 64 * 3, 122), 64, 64);
  const LinearImage image = load_image(file.path());
  ASSERT_EQ(image.width(), 64U);
  EXPECT_NEAR(image.row(0, 30)[30], srgb_to_linear(122 / 255.0), 1e-6);
}

TEST(ImageScene, DamagedFilesAreRefusedWithTheirName) {
  const ScratchFile file(".picture");
  const auto refused = [&file](const std::string& bytes) {
    std::ofstream(file.path(), std::ios::binary) << bytes;
    try {
      load_image(file.path());
    } catch (const std::invalid_argument& error) {
      return std::string(error.what()).find(file.string()) != std::string::npos;
    }
    return false;
  };
  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused("hello"));
  EXPECT_TRUE(refused("\xff\xd8"));
  EXPECT_TRUE(refused("\xff\xd8\xff\xe0 not a picture"));
  EXPECT_TRUE(refused("\x89PNG\r\n\x1a\n"));
  write_png(file.string(), gradient(64, 64), 64, 64);
  std::ifstream stream(file.path(), std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(stream), {}};
  stream.close();
  for (std::size_t length = 8; length + 20 < whole.size(); length += 5) {
    EXPECT_TRUE(refused(whole.substr(0, length))) << length;
  }
}

TEST(ImageScene, FlippedBytesNeverDoWorseThanARefusal) {
  const ScratchFile file(".jpg");
  write_jpeg(file.string(), gradient(48, 40), 48, 40);
  std::ifstream stream(file.path(), std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(stream), {}};
  stream.close();
  for (std::size_t i = 2; i < whole.size(); i += 3) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
    std::ofstream(file.path(), std::ios::binary) << damaged;
    try {
      EXPECT_GT(load_image(file.path()).width(), 0U);
    } catch (const std::invalid_argument& error) {
      EXPECT_STRNE(error.what(), "");
    }
  }
}

TEST(Resample, KeepsAPictureThatFits) {
  const LinearImage source = paint_moving_pattern(270);
  const LinearImage same = resample(source, 480, 270);
  for (std::uint32_t x = 0; x < 480; ++x) {
    EXPECT_FLOAT_EQ(same.row(1, 100)[x], source.row(1, 100)[x]);
  }
}

TEST(Resample, KeepsTheMeanAndCutsTheLongerSide) {
  LinearImage source(600, 100);  // thirds: black, white, black
  for (std::uint32_t y = 0; y < 100; ++y) {
    for (std::uint32_t x = 200; x < 400; ++x) {
      source.set(x, y, {1, 1, 1});
    }
  }
  const LinearImage target = resample(source, 400, 200);  // shows the middle 200 pixels only
  for (std::uint32_t x = 4; x < 396; ++x) {
    EXPECT_NEAR(target.row(0, 100)[x], 1, 1e-5) << x;
  }
  const LinearImage small = resample(source, 60, 10);
  double sum = 0;
  for (std::uint32_t x = 0; x < 60; ++x) {
    sum += small.row(0, 5)[x];
  }
  EXPECT_NEAR(sum, 20, 0.2);
}

TEST(ImageScene, FillsTheSensor) {
  const ScratchFile file(".png");
  std::vector<std::uint8_t> rgb(160 * 90 * 3, 118);  // 18 % grey
  write_png(file.string(), rgb, 160, 90);
  auto sensor = powered(R"({"noise":false,"response":"identity","scene":{"type":"image","file":")" +
                        file.string() + "\"}}");
  const Moments all = moments(take(*sensor, 0), Colour::kGreen);
  EXPECT_NEAR(all.mean, 65 + 958 * srgb_to_linear(118 / 255.0), 0.6);
  EXPECT_NEAR(all.variance, 0, 1e-6);
}

}  // namespace
}  // namespace t31::model::testing
