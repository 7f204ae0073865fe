// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "driver/output/geometry.hpp"

using namespace t31::output;

namespace {

constexpr Size kFullHd{1920, 1080};

Request scaled(u32 width, u32 height) {
  Request request;
  request.picture = request.scaled = {width, height};
  request.scaler = true;
  return request;
}

Refusal decide(unsigned channel, Size input, const Request& request, u32 percent = 0) {
  Geometry geometry;
  return plan(channel, input, request, percent, geometry);
}

TEST(Geometry, AcceptsThePictureThatTheSensorGives) {
  Request request;
  request.picture = kFullHd;
  Geometry geometry;
  ASSERT_EQ(plan(0, kFullHd, request, 0, geometry), Refusal::kNone);
  EXPECT_EQ(geometry.scaled, kFullHd);
  EXPECT_EQ(geometry.crop, (Rectangle{0, 0, kFullHd}));
}

TEST(Geometry, AcceptsAWindowOfExactlyTheOutputsSize) {
  EXPECT_EQ(decide(0, {640, 360}, scaled(640, 360)), Refusal::kNone);
}

TEST(Geometry, RefusesToEnlargeOnEitherAxis) {
  EXPECT_EQ(decide(0, kFullHd, scaled(2560, 1440)), Refusal::kEnlarges);
  EXPECT_EQ(decide(0, kFullHd, scaled(1936, 1080)), Refusal::kEnlarges);
  EXPECT_EQ(decide(0, kFullHd, scaled(1920, 1088)), Refusal::kEnlarges);
  EXPECT_EQ(decide(1, {320, 180}, scaled(640, 360)), Refusal::kEnlarges);
}

TEST(Geometry, EnlargesByAsMuchAsAProvenBoardAllows) {
  EXPECT_EQ(decide(0, {1600, 900}, scaled(1920, 1080), 19), Refusal::kEnlarges);
  EXPECT_EQ(decide(0, {1600, 900}, scaled(1920, 1080), 20), Refusal::kNone);
}

TEST(Geometry, HoldsEachChannelToItsLimit) {
  const Size big{2688, 2100};
  EXPECT_EQ(decide(0, big, scaled(2592, 2048)), Refusal::kNone);
  EXPECT_EQ(decide(0, big, scaled(2608, 2048)), Refusal::kTooLarge);
  EXPECT_EQ(decide(0, big, scaled(2592, 2049)), Refusal::kTooLarge);
  for (unsigned channel : {1u, 2u}) {
    EXPECT_EQ(decide(channel, big, scaled(1920, 1080)), Refusal::kNone);
    EXPECT_EQ(decide(channel, big, scaled(1936, 1080)), Refusal::kTooLarge);
    EXPECT_EQ(decide(channel, big, scaled(1920, 1081)), Refusal::kTooLarge);
  }
  EXPECT_EQ(decide(0, kFullHd, scaled(128, 128)), Refusal::kNone);
  EXPECT_EQ(decide(0, kFullHd, scaled(112, 128)), Refusal::kTooSmall);
  EXPECT_EQ(decide(0, kFullHd, scaled(128, 127)), Refusal::kTooSmall);
}

TEST(Geometry, WantsAWidthThatIsAMultipleOfSixteen) {
  EXPECT_EQ(decide(0, kFullHd, scaled(1000, 600)), Refusal::kWidthNotMultiple);
  EXPECT_EQ(decide(0, kFullHd, scaled(1008, 600)), Refusal::kNone);
}

TEST(Geometry, WantsTheFinalSizeToBeThePicturesSize) {
  Request request = scaled(1280, 720);
  request.picture = {1280, 736};
  EXPECT_EQ(decide(0, kFullHd, request), Refusal::kPictureDiffers);
  request = scaled(1280, 720);
  request.scaler = false;  // so the output is the sensor's picture
  EXPECT_EQ(decide(0, kFullHd, request), Refusal::kPictureDiffers);
}

TEST(Geometry, KeepsTheCropInsideTheScalersOutput) {
  Request request = scaled(1280, 720);
  request.picture = {640, 480};
  request.crop = true;
  request.window = {640, 240, {640, 480}};
  EXPECT_EQ(decide(2, kFullHd, request), Refusal::kNone);
  request.window.left = 641;
  EXPECT_EQ(decide(2, kFullHd, request), Refusal::kCropOutside);
  request.window = {640, 241, {640, 480}};
  EXPECT_EQ(decide(2, kFullHd, request), Refusal::kCropOutside);
  request.window = {0xffffffff, 0, {640, 480}};
  EXPECT_EQ(decide(2, kFullHd, request), Refusal::kCropOutside);
  request.window = {0, 0, {640, 0}};
  EXPECT_EQ(decide(2, kFullHd, request), Refusal::kEmpty);
}

TEST(Geometry, RefusesEverythingWithoutAnInput) {
  EXPECT_EQ(decide(0, {}, scaled(640, 360)), Refusal::kNoInput);
  EXPECT_EQ(check_front_crop({}, {0, 0, {64, 64}}), Refusal::kNoInput);
}

TEST(Geometry, KeepsTheFrontCropInsideTheInput) {
  EXPECT_EQ(check_front_crop(kFullHd, {0, 0, kFullHd}), Refusal::kNone);
  EXPECT_EQ(check_front_crop(kFullHd, {320, 180, {1600, 900}}), Refusal::kNone);
  EXPECT_EQ(check_front_crop(kFullHd, {321, 180, {1600, 900}}), Refusal::kFrontCropOutside);
  EXPECT_EQ(check_front_crop(kFullHd, {0, 0xfffffff0, {16, 32}}), Refusal::kFrontCropOutside);
  EXPECT_EQ(check_front_crop(kFullHd, {0, 0, {0, 900}}), Refusal::kEmpty);
}

TEST(Geometry, EveryRefusalSaysWhatToChange) {
  for (int i = 0; i <= static_cast<int>(Refusal::kTooLarge); ++i) {
    EXPECT_GT(std::string(words(static_cast<Refusal>(i))).size(), 5u);
  }
}

TEST(Geometry, ComputesSizesAsTheHardwareLaysThemOut) {
  EXPECT_EQ(bytes_per_line(1920), 2880u);
  EXPECT_EQ(image_size({1920, 1080}), 3133440u);
  EXPECT_EQ(chroma_offset({1920, 1080}), 0x1fe000u);
  EXPECT_EQ(bytes_per_line(640), 960u);
  EXPECT_EQ(image_size({640, 360}), 353280u);
  EXPECT_EQ(chroma_offset({640, 360}), 0x39800u);
}

// Whatever is asked: what is accepted never enlarges, stays in bounds and fills its picture.
TEST(Geometry, NeverAcceptsWhatCouldHangOrOverrun) {
  std::mt19937 random(7);
  const u32 interesting[] = {0,    1,    16,   112,  128,    640,     1080,       1088,      1920,
                             1936, 2592, 4096, 8192, 0xffff, 0x10000, 0x7fffffff, 0xffffffff};
  const auto below = [&](u32 limit) { return static_cast<u32>(random()) % limit; };
  const auto pick = [&]() -> u32 {
    return below(2) == 0 ? interesting[below(std::size(interesting))] : below(3000);
  };
  unsigned accepted = 0;
  for (int round = 0; round < 200000; ++round) {
    const unsigned channel = random() % 3;
    const Size input{below(2688), below(2100)};
    Request request;
    request.scaler = random() % 2;
    request.scaled = {pick(), pick()};
    request.crop = random() % 2;
    request.window = {pick(), pick(), {pick(), pick()}};
    const Size natural = request.crop     ? request.window.size
                         : request.scaler ? request.scaled
                                          : input;
    request.picture = random() % 4 == 0 ? Size{pick(), pick()} : natural;
    if (random() % 2) request.picture.width &= ~15u;
    if (random() % 2 && request.crop) request.window.size = request.picture;
    Geometry geometry;
    if (plan(channel, input, request, 0, geometry) != Refusal::kNone) continue;
    ++accepted;
    ASSERT_LE(geometry.scaled.width, input.width);
    ASSERT_LE(geometry.scaled.height, input.height);
    ASSERT_EQ(geometry.crop.size, request.picture);
    ASSERT_LE(geometry.crop.left + geometry.crop.size.width, geometry.scaled.width);
    ASSERT_LE(geometry.crop.top + geometry.crop.size.height, geometry.scaled.height);
    ASSERT_LE(geometry.crop.size.width, largest_picture(channel).width);
    ASSERT_LE(geometry.crop.size.height, largest_picture(channel).height);
    ASSERT_EQ(geometry.crop.size.width % 16, 0u);
  }
  EXPECT_GT(accepted, 1000u);
}

}  // namespace
