// SPDX-License-Identifier: GPL-2.0-or-later
// ioctl_test.cpp - the ioctls of /dev/framechanN and their errors (user-abi 4, negative cases 33 to
// 49).
#include "camera.hpp"

using namespace fake;

namespace {

class Framechan : public Camera {};

TEST_F(Framechan, CantBeOpenedBeforeTxIsp) {
  Client client(0);
  EXPECT_EQ(client.fd.error(), -T31_EPERM);
}

TEST_F(Framechan, ThereAreThreeChannels) {
  power_on();
  EXPECT_EQ(Descriptor("framechan2").error(), 0);
  EXPECT_EQ(Descriptor("framechan3").error(), -T31_ENOENT);
}

TEST_F(Framechan, ASecondOpenIsBusyUntilTheFirstCloses) {
  power_on();
  Client first(0);
  EXPECT_EQ(Client(0).fd.error(), -T31_EBUSY);
  EXPECT_EQ(Client(1).fd.error(), 0);
  first.fd.close();
  EXPECT_EQ(Client(0).fd.error(), 0);
}

TEST_F(Framechan, UnknownIoctlsAreENOTTY) {
  power_on();
  Client client(0);
  User<u32> argument;
  for (u32 command : {0u, 0x800456ffu, 0x12345678u, 0xc0585611u, 0xc07056c4u}) {
    EXPECT_EQ(client.fd.ioctl(command, argument), -T31_ENOTTY) << std::hex << command;
    EXPECT_EQ(client.fd.ioctl(command, 0u), -T31_ENOTTY);
  }
}

constexpr u32 kAllCommands[] = {
    T31_FRAMECHAN_SET_FORMAT,     T31_FRAMECHAN_SET_FORMAT_472, T31_FRAMECHAN_GET_FORMAT,
    T31_FRAMECHAN_GET_FORMAT_472, T31_FRAMECHAN_REQBUFS,        T31_FRAMECHAN_QUERYBUF,
    T31_FRAMECHAN_QBUF,           T31_FRAMECHAN_DQBUF,          T31_FRAMECHAN_STREAMON,
    T31_FRAMECHAN_STREAMOFF,      T31_FRAMECHAN_SET_BANKS,      T31_FRAMECHAN_WAIT_FRAME_DONE};

TEST_F(Framechan, NullAndErrorPointersAreEINVAL) {
  power_on();
  Client client(0);
  for (u32 command : kAllCommands) {
    EXPECT_EQ(client.fd.ioctl(command, 0u), -T31_EINVAL) << std::hex << command;
    EXPECT_EQ(client.fd.ioctl(command, 0xfffffff2u), -T31_EINVAL);
  }
}

TEST_F(Framechan, UnmappedMemoryIsENOMEM) {
  power_on();
  Client client(0);
  for (u32 command : kAllCommands) {
    if (command == T31_FRAMECHAN_WAIT_FRAME_DONE) continue;  // would block first
    EXPECT_EQ(client.fd.ioctl(command, 0x40u), -T31_ENOMEM) << std::hex << command;
  }
}

TEST_F(Framechan, FormatsOutsideTheApiAreRefusedWithOneLine) {
  power_on();
  Client client(0);
  const auto refused = [&](auto change) {
    t31_frame_format format = scaled_format(1280, 720);
    change(format);
    home().chip.take_writes();
    home().take_log();
    EXPECT_EQ(client.set_format(format), -T31_EINVAL);
    EXPECT_EQ(home().chip.take_writes(), Writes{});
    EXPECT_EQ(home().log_lines(), 1u) << home().log;
  };
  refused([](t31_frame_format& f) { f.type = 2; });
  refused([](t31_frame_format& f) { f.pix.field = 1; });
  refused([](t31_frame_format& f) { f.pix.colorspace = 1; });
  refused([](t31_frame_format& f) { f.pix.pixelformat = 0x3132564e; });  // NV21
  refused([](t31_frame_format& f) { f.pix.pixelformat = 0; });
  // Geometry: nothing is written, where the vendor's driver writes half of it.
  refused([](t31_frame_format& f) { f.pix.height = 704; });
  refused([](t31_frame_format& f) { f.pix.width = f.crop.scaler_width = 100; });
  refused([](t31_frame_format& f) { f.pix.width = f.crop.scaler_width = 1000; });
  refused([](t31_frame_format& f) { f = scaled_format(2560, 1440); });
  refused([](t31_frame_format& f) { f = scaled_format(0, 0); });
  refused([](t31_frame_format& f) {
    f.crop.crop_enable = 1;
    f.crop.crop_left = 1;
    f.crop.crop_width = 1280;
    f.crop.crop_height = 720;
  });
  refused([](t31_frame_format& f) {
    f.crop.fcrop_enable = 1;
    f.crop.fcrop_left = 640;
    f.crop.fcrop_width = 1296;
    f.crop.fcrop_height = 720;
  });
  refused([](t31_frame_format& f) {  // window smaller than the output
    f.crop.fcrop_enable = 1;
    f.crop.fcrop_width = 640;
    f.crop.fcrop_height = 360;
  });
  EXPECT_EQ(client.set_format(1280, 720), 0);
}

TEST_F(Framechan, BothFormatSizesGiveTheSameResult) {
  power_on();
  const t31_frame_format wanted = scaled_format(640, 360);
  Writes first, second;
  {
    Client client(1);
    home().chip.take_writes();
    User<t31_frame_format> format(wanted);
    format->pix_reserved[2] = 0x1234;
    ASSERT_EQ(client.fd.ioctl(T31_FRAMECHAN_SET_FORMAT, format), 0);
    EXPECT_EQ(format->pix.sizeimage, 353280u);
    EXPECT_EQ(format->pix.bytesperline, 960u);
    EXPECT_EQ(format->pix.field, 4u);
    EXPECT_EQ(format->pix.priv, 0u);
    EXPECT_EQ(format->pix_reserved[2], 0x1234u);
    first = home().chip.take_writes();
    User<t31_frame_format> read;
    ASSERT_EQ(client.fd.ioctl(T31_FRAMECHAN_GET_FORMAT, read), 0);
    EXPECT_EQ(std::memcmp(&*read, &*format, sizeof(t31_frame_format)), 0);
  }
  {
    Client client(1);
    home().chip.take_writes();
    User<t31_frame_format_472> format({wanted.type, wanted.pix, wanted.crop});
    ASSERT_EQ(client.fd.ioctl(T31_FRAMECHAN_SET_FORMAT_472, format), 0);
    EXPECT_EQ(format->pix.sizeimage, 353280u);
    EXPECT_EQ(format->crop.scaler_width, 640u);
    second = home().chip.take_writes();
    User<t31_frame_format_472> read;
    ASSERT_EQ(client.fd.ioctl(T31_FRAMECHAN_GET_FORMAT_472, read), 0);
    EXPECT_EQ(std::memcmp(&*read, &*format, sizeof(t31_frame_format_472)), 0);
  }
  EXPECT_EQ(first, second);
  EXPECT_FALSE(first.empty());
}

TEST_F(Framechan, GetFormatBeforeTheFirstSetTellsTheSensorsPicture) {
  power_on();
  Client client(0);
  User<t31_frame_format> format;
  ASSERT_EQ(client.fd.ioctl(T31_FRAMECHAN_GET_FORMAT, format), 0);
  EXPECT_EQ(format->type, 1u);
  EXPECT_EQ(format->pix.width, 1920u);
  EXPECT_EQ(format->pix.height, 1080u);
  EXPECT_EQ(format->pix.pixelformat, T31_FOURCC_NV12);
  EXPECT_EQ(format->pix.bytesperline, 2880u);
  EXPECT_EQ(format->pix.sizeimage, 2880u * 1080u);
  EXPECT_EQ(format->pix.field, 4u);
  EXPECT_EQ(format->pix.colorspace, 8u);
}

TEST_F(Framechan, AFormatNeedsALinkAndASensor) {
  unit->activate();
  Client client(0);
  EXPECT_EQ(client.set_format(640, 360), -T31_EINVAL);  // neither
  ASSERT_TRUE(links.setup(0).ok());
  EXPECT_EQ(client.set_format(640, 360), -T31_EINVAL);  // no sensor
  unit->set_input({1920, 1080});
  EXPECT_EQ(client.set_format(640, 360), 0);
  links.destroy();
  EXPECT_EQ(client.set_format(640, 360), -T31_EINVAL);
}

TEST_F(Framechan, TheFormatStaysWhileAChannelRuns) {
  power_on();
  Client client(0);
  client.run(1280, 720, 2);
  EXPECT_EQ(client.set_format(640, 360), -T31_EBUSY);
  EXPECT_EQ(reg(0x9900), 0x050002d0u);
}

// Otherwise a larger picture would be written into the smaller buffers.
TEST_F(Framechan, TheSizeCantChangeWhileBuffersExist) {
  power_on();
  Client client(0);
  ASSERT_EQ(client.set_format(640, 360), 0);
  ASSERT_EQ(client.request(2), 0);
  EXPECT_EQ(client.set_format(1920, 1080), -T31_EBUSY);
  EXPECT_EQ(client.set_format(640, 360), 0);
  ASSERT_EQ(client.request(0), 0);
  EXPECT_EQ(client.set_format(1920, 1080), 0);
}

TEST_F(Framechan, RequestBuffersClampsAndRefuses) {
  power_on();
  Client client(0);
  EXPECT_EQ(client.request(2), -T31_EINVAL);  // before SET_FORMAT
  EXPECT_EQ(client.request(0), 0);
  ASSERT_EQ(client.set_format(1280, 720), 0);
  EXPECT_EQ(client.request(2, 1), -T31_EINVAL);  // memory type MMAP
  EXPECT_EQ(client.request(65), 0);
  EXPECT_EQ(client.granted, 64u);
  EXPECT_EQ(client.query(63), 0);
  EXPECT_EQ(client.request(0), 0);
  EXPECT_EQ(client.query(0), -T31_EINVAL);
  EXPECT_EQ(client.request(3), 0);
  EXPECT_EQ(client.granted, 3u);
  ASSERT_EQ(client.stream_on(), 0);
  EXPECT_EQ(client.request(3), -T31_EBUSY);
}

TEST_F(Framechan, AnAnswerThatCantBeDeliveredLeavesNoBuffers) {
  power_on();
  Client client(0);
  ASSERT_EQ(client.set_format(1280, 720), 0);
  home().fail_copy_out = 1;
  EXPECT_EQ(client.request(3), -T31_ENOMEM);
  EXPECT_EQ(client.query(0), -T31_EINVAL);
}

TEST_F(Framechan, QueryTellsABuffersState) {
  power_on();
  Client client(0);
  ASSERT_EQ(client.set_format(640, 360), 0);
  ASSERT_EQ(client.request(2), 0);
  EXPECT_EQ(client.query(2), -T31_EINVAL);
  ASSERT_EQ(client.query(1), 0);
  EXPECT_EQ(client.last.index, 1u);
  EXPECT_EQ(client.last.flags, 0x2000u);
  EXPECT_EQ(client.last.length, 353280u);
  EXPECT_EQ(client.last.memory, 2u);
  ASSERT_EQ(client.queue(1), 0);
  EXPECT_EQ(client.last.flags, 0x2002u);
  ASSERT_EQ(client.query(1), 0);
  EXPECT_EQ(client.last.flags, 0x2002u);
  EXPECT_EQ(client.last.userptr, client.address_of(1));
  ASSERT_EQ(client.stream_on(), 0);
  frame();
  ASSERT_EQ(client.query(1), 0);
  EXPECT_EQ(client.last.flags, 0x2004u);
  User<t31_buffer> wrong_type;
  wrong_type->type = 2;
  EXPECT_EQ(client.fd.ioctl(T31_FRAMECHAN_QUERYBUF, wrong_type), -T31_EINVAL);
}

TEST_F(Framechan, QueueRefusesWhatIsNotABufferOfThisChannel) {
  power_on();
  Client client(0);
  ASSERT_EQ(client.set_format(640, 360), 0);
  ASSERT_EQ(client.request(2), 0);
  const auto refused = [&](auto change) {
    t31_buffer buffer = client.buffer(0);
    change(buffer);
    EXPECT_EQ(client.queue(buffer), -T31_EINVAL);
  };
  refused([](t31_buffer& b) { b.type = 2; });
  refused([](t31_buffer& b) { b.index = 2; });
  refused([](t31_buffer& b) { b.index = 0xffffffff; });
  refused([](t31_buffer& b) { b.memory = 1; });
  refused([](t31_buffer& b) { b.length -= 1; });
  refused([](t31_buffer& b) { b.length += 1; });
  refused([](t31_buffer& b) { b.userptr = 0; });
  refused([](t31_buffer& b) { b.userptr = 0x40000000; });
  refused([](t31_buffer& b) { b.userptr += 4; });
  refused([](t31_buffer& b) { b.userptr = 0x08000000 - 353280 + 8; });  // its end lies outside
  EXPECT_EQ(client.queue(0), 0);
  EXPECT_EQ(client.queue(0), -T31_EINVAL);  // twice
}

TEST_F(Framechan, QueueCleansTheCacheBeforeTheHardwareKnowsTheAddress) {
  power_on();
  Client client(0);
  ASSERT_EQ(client.set_format(640, 360), 0);
  ASSERT_EQ(client.request(1), 0);
  ASSERT_EQ(client.queue(0), 0);
  ASSERT_EQ(home().synced.size(), 1u);
  EXPECT_EQ(home().synced[0], (std::pair<u32, u32>{client.address_of(0), 353280}));
}

TEST_F(Framechan, AQueueWhoseAnswerFailsQueuesNothing) {
  power_on();
  Client client(0);
  ASSERT_EQ(client.set_format(640, 360), 0);
  ASSERT_EQ(client.request(1), 0);
  ASSERT_EQ(client.stream_on(), 0);
  home().chip.take_writes();
  home().fail_copy_out = 1;
  EXPECT_EQ(client.queue(0), -T31_ENOMEM);
  EXPECT_EQ(home().chip.take_writes(), Writes{});
  EXPECT_EQ(client.queue(0), 0);
}

TEST_F(Framechan, DequeueNeedsAStream) {
  power_on();
  Client client(0);
  EXPECT_EQ(client.dequeue(), -T31_EINVAL);
  ASSERT_EQ(client.set_format(640, 360), 0);
  ASSERT_EQ(client.request(1), 0);
  ASSERT_EQ(client.queue(0), 0);
  EXPECT_EQ(client.dequeue(), -T31_EINVAL);
  ASSERT_EQ(client.stream_on(), 0);
  frame();
  User<t31_buffer> wrong_type;
  wrong_type->type = 2;
  EXPECT_EQ(client.fd.ioctl(T31_FRAMECHAN_DQBUF, wrong_type), -T31_EINVAL);
  EXPECT_EQ(client.dequeue(), 0);
  ASSERT_EQ(client.stream_off(), 0);
  EXPECT_EQ(client.dequeue(), -T31_EINVAL);
}

TEST_F(Framechan, DequeueWithoutBlockingIsEAGAIN) {
  power_on();
  Client client(0, T31_OPEN_NONBLOCK);
  client.run(640, 360, 1);
  EXPECT_EQ(client.dequeue(), -T31_EAGAIN);
  frame();
  EXPECT_EQ(client.dequeue(), 0);
  EXPECT_EQ(client.dequeue(), -T31_EAGAIN);
}

TEST_F(Framechan, AFrameWhoseDeliveryFailsIsDeliveredNext) {
  power_on();
  Client client(0);
  client.run(640, 360, 3);
  frame();
  frame();
  home().fail_copy_out = 1;
  EXPECT_EQ(client.dequeue(), -T31_ENOMEM);
  ASSERT_EQ(client.dequeue(), 0);
  EXPECT_EQ(client.last.sequence, 0u);
  ASSERT_EQ(client.dequeue(), 0);
  EXPECT_EQ(client.last.sequence, 1u);
}

TEST_F(Framechan, StreamOnTwiceIsEPERMAndAWrongTypeEINVAL) {
  power_on();
  Client client(0);
  EXPECT_EQ(client.stream_on(), -T31_EINVAL);  // no format
  ASSERT_EQ(client.set_format(640, 360), 0);
  EXPECT_EQ(client.stream_on(2), -T31_EINVAL);
  EXPECT_EQ(client.stream_on(), 0);
  EXPECT_EQ(client.stream_on(), -T31_EPERM);
  EXPECT_EQ(client.stream_off(2), -T31_EINVAL);
  EXPECT_EQ(client.stream_off(), 0);
  EXPECT_EQ(client.stream_off(), -T31_EINVAL);
}

TEST_F(Framechan, StreamOnWithoutALinkIsEPIPE) {
  power_on();
  Client client(1);
  ASSERT_EQ(client.set_format(640, 360), 0);
  links.destroy();
  home().chip.take_writes();
  EXPECT_EQ(client.stream_on(), -T31_EPIPE);
  EXPECT_EQ(home().chip.take_writes(), Writes{});
  ASSERT_TRUE(links.setup(1).ok());  // only channel 0
  EXPECT_EQ(client.stream_on(), -T31_EPIPE);
  links.destroy();
  ASSERT_TRUE(links.setup(0).ok());
  EXPECT_EQ(client.stream_on(), 0);
  EXPECT_EQ(links.pad(1), t31::graph::PadState::kStreaming);
  EXPECT_EQ(client.stream_off(), 0);
  EXPECT_EQ(links.pad(1), t31::graph::PadState::kLinked);
}

TEST_F(Framechan, WaitFrameDoneCountsFramesWhateverIsDequeued) {
  power_on();
  Client client(0);
  client.run(640, 360, 4);
  for (int i = 0; i < 3; ++i) frame();
  User<s32> count;
  for (s32 expected : {3, 2, 1}) {
    ASSERT_EQ(client.fd.ioctl(T31_FRAMECHAN_WAIT_FRAME_DONE, count), 0);
    EXPECT_EQ(*count, expected);
  }
  ASSERT_EQ(client.dequeue(), 0);
  frame();
  home().fail_copy_out = 1;
  EXPECT_EQ(client.fd.ioctl(T31_FRAMECHAN_WAIT_FRAME_DONE, count), -T31_ENOMEM);
  ASSERT_EQ(client.fd.ioctl(T31_FRAMECHAN_WAIT_FRAME_DONE, count), 0);
  EXPECT_EQ(*count, 1);
}

TEST_F(Framechan, SetBanksIsAcceptedAndIgnored) {
  power_on();
  Client client(0);
  home().chip.take_writes();
  User<u32> banks(3);
  EXPECT_EQ(client.fd.ioctl(T31_FRAMECHAN_SET_BANKS, banks), 0);
  EXPECT_EQ(home().chip.take_writes(), Writes{});
}

TEST_F(Framechan, NodesThatCantAllBeCreatedAreAllTakenBack) {
  unload();
  for (int failing : {1, 2, 3}) {
    unit = std::make_unique<OutputUnit>(t31::Window(&registers), parameters, links);
    home().fail_node_create = failing;
    EXPECT_EQ(unit->create_nodes().code(), -T31_ENOMEM);
    EXPECT_EQ(node_count(), 0u);
    unit.reset();
  }
}

}  // namespace
