// SPDX-License-Identifier: GPL-2.0-or-later
// last_picture.hpp - what a channel delivers after a number of frames.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/camera/client.hpp"

namespace t31::test {

// The last of `frames` pictures of a channel that was started with all its buffers queued: luma,
// then chroma. Empty, and a failure, when none has come within `patience_ns`.
inline std::vector<std::uint8_t> last_picture(Channel& channel, std::uint32_t pixels, int frames,
                                              std::uint64_t patience_ns) {
  t31_host_sleep_ns(patience_ns);
  const std::string status = read_proc("status");
  if (status.find("channel0_delivered: 0\n") != std::string::npos) {
    ADD_FAILURE() << status;  // to wait for a picture would be to wait for ever
    return {};
  }
  Frame frame;
  for (int i = 0; i < frames; ++i) {
    if (i > 0) {
      EXPECT_EQ(channel.queue(frame.index), 0);
    }
    EXPECT_EQ(channel.dequeue(frame), 0);
  }
  const std::uint8_t* luma = channel.luma(frame.index);
  const std::uint8_t* chroma = channel.chroma(frame.index);
  std::vector<std::uint8_t> bytes(luma, luma + pixels);
  bytes.insert(bytes.end(), chroma, chroma + pixels / 2);
  return bytes;
}

}  // namespace t31::test
