// SPDX-License-Identifier: GPL-2.0-or-later
// golden_test.cpp - register values of the specification (hw-pipeline 7.4, Annex A.4 to A.8) and of
// the vendor's recorded sessions.
#include <algorithm>
#include <fstream>
#include <sstream>

#include "camera.hpp"

using namespace fake;

namespace {

class Golden : public Camera {};

Writes only(const Writes& writes, u32 from, u32 to) {
  Writes out;
  for (const auto& write : writes) {
    if (write.first >= from && write.first <= to) out.push_back(write);
  }
  return out;
}

TEST_F(Golden, OneChannelWritesWhatTheSessionTableSays) {
  power_on();
  Client client(0);
  EXPECT_EQ(home().chip.take_writes(),
            (Writes{{0x999c, 1}, {0x99a0, 1}, {0x99a4, 1}, {0x99a8, 1}}));
  ASSERT_EQ(client.set_format(1920, 1080), 0);
  EXPECT_EQ(home().chip.take_writes(), (Writes{{0x9860, 0},
                                               {0x9864, 0x07800438},
                                               {0x9900, 0x07800438},
                                               {0x9904, 0x02000200},
                                               {0x992c, 0x07800438},
                                               {0x9928, 0},
                                               {0x9980, 0x780},
                                               {0x9998, 0x780}}));
  ASSERT_EQ(client.request(2), 0);
  for (u32 i = 0; i < 2; ++i) {
    t31_buffer buffer = client.buffer(i);
    buffer.userptr = 0x07000000 + i * 0x400000;
    ASSERT_EQ(client.queue(buffer), 0);
  }
  EXPECT_EQ(home().chip.take_writes(), Writes{});
  ASSERT_EQ(client.stream_on(), 0);
  EXPECT_EQ(home().chip.take_writes(), (Writes{{0x996c, 0x07000000},
                                               {0x9984, 0x071fe000},
                                               {0x996c, 0x07400000},
                                               {0x9984, 0x075fe000},
                                               {0x9818, 0x0e},
                                               {0x99c0, 0x200},
                                               {0x99c4, 0},
                                               {0x99c8, 0x200},
                                               {0x99cc, 0},
                                               {0x9804, 0x000f0001}}));
  frame();
  EXPECT_EQ(home().chip.take_writes(), Writes{});
  ASSERT_EQ(client.dequeue(), 0);
  t31_buffer again = client.buffer(0);
  again.userptr = 0x07000000;
  ASSERT_EQ(client.queue(again), 0);
  EXPECT_EQ(home().chip.take_writes(), (Writes{{0x996c, 0x07000000}, {0x9984, 0x071fe000}}));
  ASSERT_EQ(client.stream_off(), 0);
  EXPECT_EQ(home().chip.take_writes(),
            (Writes{{0x9804, 0x000f0000}, {0x999c, 1}, {0x99a0, 1}, {0x99a4, 1}, {0x99a8, 1}}));
}

// A deliberate difference: the vendor's driver takes the box filter here (0x000f0901).
TEST_F(Golden, AChannelWithoutScalerPassesPixelsThrough) {
  power_on();
  Client client(0);
  t31_frame_format format = scaled_format(1920, 1080);
  format.crop.scaler_enable = 0;
  format.crop.scaler_width = format.crop.scaler_height = 0;
  ASSERT_EQ(client.set_format(format), 0);
  ASSERT_EQ(client.stream_on(), 0);
  EXPECT_EQ(reg(0x9804), 0x000f0001u);
  EXPECT_EQ(reg(0x99c0), 0x200u);
  EXPECT_EQ(reg(0x9904), 0x02000200u);
}

struct ThreeChannels : Golden {
  void start() {
    power_on();
    unit->allow_enlarging(20);  // A.5 enlarges channel 0 by a fifth
    first.emplace(0);
    second.emplace(1);
    third.emplace(2);
    ASSERT_EQ(first->set_format(1920, 1080), 0);
    ASSERT_EQ(first->stream_on(), 0);
    ASSERT_EQ(second->set_format(640, 360), 0);
    ASSERT_EQ(second->stream_on(), 0);
    t31_frame_format format = scaled_format(1280, 720);
    format.pix.width = 640;
    format.pix.height = 480;
    format.crop.crop_enable = 1;
    format.crop.crop_left = 32;
    format.crop.crop_top = 16;
    format.crop.crop_width = 640;
    format.crop.crop_height = 480;
    ASSERT_EQ(third->set_format(format), 0);
    ASSERT_EQ(third->stream_on(), 0);
  }
  std::optional<Client> first, second, third;
};

TEST_F(ThreeChannels, WriteTheVectorsOfA4) {
  start();
  const Writes writes = home().chip.take_writes();
  Writes enables = only(writes, 0x9804, 0x9804);
  EXPECT_EQ(enables, (Writes{{0x9804, 0x000f0001}, {0x9804, 0x000f1203}, {0x9804, 0x000f1207}}));
  EXPECT_EQ(only(writes, 0x9ac0, 0x9acc),
            (Writes{{0x9ac0, 0x40080}, {0x9ac4, 0x40080}, {0x9ac8, 0x40080}, {0x9acc, 0x40080}}));
  EXPECT_EQ(reg(0x9a00), 0x02800168u);
  EXPECT_EQ(reg(0x9a04), 0x06000600u);
  EXPECT_EQ(reg(0x9a2c), 0x02800168u);
  EXPECT_EQ(reg(0x9a80), 0x280u);
  EXPECT_EQ(reg(0x9b00), 0x050002d0u);
  EXPECT_EQ(reg(0x9b04), 0x03000300u);
  EXPECT_EQ(reg(0x9b2c), 0x028001e0u);
  EXPECT_EQ(reg(0x9b28), 0x00200010u);
  EXPECT_EQ(reg(0x9b80), 0x280u);
  EXPECT_EQ(reg(0x9b98), 0x280u);
  EXPECT_EQ(reg(0x9bc0), 0x200u);
  EXPECT_EQ(reg(0x9bc4), 0u);
}

TEST_F(ThreeChannels, WriteTheFrontCropOfA5) {
  start();
  home().chip.take_writes();
  ASSERT_EQ(unit->set_front_crop({1, {}, 50, 100, 1600, 900}).code(), 0);
  EXPECT_EQ(home().chip.take_writes(), (Writes{{0x9860, 0x00640032},
                                               {0x9864, 0x06400384},
                                               {0x9904, 0x01aa01aa},
                                               {0x9a04, 0x05000500},
                                               {0x9b04, 0x02800280},
                                               {0x9804, 0x000f1207}}));
}

TEST_F(ThreeChannels, FlipAsInA6AndActLive) {
  start();
  const struct {
    bool mirror, flip;
    u32 value;
  } cases[] = {
      {true, false, 0x38e}, {false, true, 0x7e}, {true, true, 0x3fe}, {false, false, 0x0e}};
  for (const auto& c : cases) {
    home().chip.take_writes();
    ASSERT_TRUE(unit->set_flip(c.mirror, c.flip).ok());
    EXPECT_EQ(home().chip.take_writes(), (Writes{{0x9818, c.value}, {0x9804, 0x000f1207}}));
    EXPECT_EQ(unit->mirrored(), c.mirror);
    EXPECT_EQ(unit->flipped(), c.flip);
  }
}

TEST_F(ThreeChannels, DropFramesAsInA6) {
  start();
  t31_frame_drop drop{};
  drop.channel[1] = {1, 24, {}, 0xffffff};
  ASSERT_TRUE(unit->set_frame_drop(drop).ok());
  EXPECT_EQ(reg(0x9a30), 0x18u);
  EXPECT_EQ(reg(0x9a34), 0xffffffu);
  EXPECT_EQ(reg(0x9930), 0u);
  EXPECT_EQ(reg(0x9934), 1u);
}

TEST_F(ThreeChannels, MaskAsInA7) {
  start();
  t31_masks masks{};
  masks.channel[0][0] = {1, 0, 0x11, 0x22, 0x64, 0x48, 0xa1, 0xb2, 0xc3, 0};
  ASSERT_TRUE(unit->set_masks(masks).ok());
  EXPECT_EQ(reg(0x9938), 0x00220011u);
  EXPECT_EQ(reg(0x993c), 0x00640048u);
  EXPECT_EQ(reg(0x9940), 0x00a1c3b2u);
  EXPECT_EQ(reg(0x9804), 0x000f120fu);
  ASSERT_TRUE(unit->set_flip(true, false).ok());
  EXPECT_EQ(reg(0x9938), 0x06fa0011u);
  ASSERT_TRUE(unit->set_flip(false, true).ok());
  EXPECT_EQ(reg(0x9938), 0x002203dfu);
  // A newly set mask is placed for the flip in force.
  ASSERT_TRUE(unit->set_flip(true, false).ok());
  masks.channel[1][0] = masks.channel[0][0];
  ASSERT_TRUE(unit->set_masks(masks).ok());
  EXPECT_EQ(reg(0x9938), 0x06fa0011u);
  EXPECT_EQ(reg(0x9a38), (640u - 0x64 - 0x22) << 16 | 0x11);
  EXPECT_EQ(reg(0x9804), 0x000f121fu);
}

TEST_F(Golden, FormatsReportTheSizesOfA8) {
  power_on();
  Client client(0);
  ASSERT_EQ(client.set_format(1920, 1080), 0);
  EXPECT_EQ(client.format().pix.bytesperline, 2880u);
  EXPECT_EQ(client.format().pix.sizeimage, 3133440u);
  ASSERT_EQ(client.set_format(640, 360), 0);
  EXPECT_EQ(client.format().pix.bytesperline, 960u);
  EXPECT_EQ(client.format().pix.sizeimage, 353280u);
}

TEST_F(Golden, ScalerLevelsGiveTheDocumentedWeights) {
  power_on();
  Client client(0);
  ASSERT_EQ(client.set_format(1280, 720), 0);
  ASSERT_EQ(client.stream_on(), 0);
  const struct {
    u8 level;
    u32 first, second;
  } cases[] = {
      {0, 0x40080, 0x40080}, {32, 0x100e0, 0x70020}, {64, 0x140, 0x60000}, {128, 0x200, 0}};
  for (const auto& c : cases) {
    ASSERT_TRUE(unit->set_scaler_level({0, {}, 1, c.level, {}}).ok());
    EXPECT_EQ(reg(0x99c0), c.first);
    EXPECT_EQ(reg(0x99c4), c.second);
    EXPECT_EQ(reg(0x99c8), c.first);
    EXPECT_EQ(reg(0x99cc), c.second);
    EXPECT_EQ(reg(0x9804), 0x000f0901u);
  }
  ASSERT_TRUE(unit->set_scaler_level({0, {}, 0, 0, {}}).ok());
  EXPECT_EQ(reg(0x99c0), 0x200u);
  EXPECT_EQ(reg(0x9804), 0x000f0001u);
}

// The scaler's writes of the recorded session A, in order.
TEST_F(Golden, EqualsTheRecordedSession) {
  const char* shared = std::getenv("T31_SHARED");
  std::ifstream file(std::string(shared != nullptr ? shared : T31_SHARED_DIR) +
                     "/data/golden/linear_1080p_gc2053.csv");
  if (!file) GTEST_SKIP() << "no recorded traces here";
  Writes expected;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("W,ISP,098", 0) != 0 && line.rfind("W,ISP,099", 0) != 0) continue;
    expected.emplace_back(std::stoul(line.substr(6, 5), nullptr, 16),
                          std::stoul(line.substr(12), nullptr, 16));
  }
  power_on();
  {
    Client client(0);
    ASSERT_EQ(client.set_format(1920, 1080), 0);
    ASSERT_EQ(client.request(2), 0);
    const auto queue = [&](u32 i) {
      t31_buffer buffer = client.buffer(i);
      buffer.userptr = 0x07000000 + i * 0x400000;
      ASSERT_EQ(client.queue(buffer), 0);
    };
    queue(0);
    queue(1);
    ASSERT_EQ(client.stream_on(), 0);
    for (u32 i = 0; i < 3; ++i) {
      frame();
      ASSERT_EQ(client.dequeue(), 0);
      queue(client.last.index);
    }
    ASSERT_EQ(client.stream_off(), 0);
  }
  unit->stop_streaming();
  unit->slake();
  EXPECT_EQ(home().chip.take_writes(), expected);
}

}  // namespace
