// SPDX-License-Identifier: GPL-2.0-or-later
// picture_writer.hpp - frames of one channel to files, on a thread of its own: a slow disk delays
// no dequeue until a fixed amount of memory is full.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "image/image.hpp"
#include "t31cam/channel.hpp"
#include "t31cam/options.hpp"

namespace t31::cam {

// An NV12 frame of its own, without padding rows.
struct Picture {
  std::uint32_t sequence = 0;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<std::uint8_t> pixels;  // luma, then U, V pairs
};
Picture copy_frame(const Frame& frame);

class PictureWriter {
 public:
  struct Target {
    std::string folder;
    PictureFormat format = PictureFormat::kPng;
    image::ColourSpace space = image::ColourSpace::kBt601Full;
    FrameRate rate;  // for the header of y4m
  };

  PictureWriter(unsigned channel, const Target& target);
  ~PictureWriter();
  PictureWriter(const PictureWriter&) = delete;
  PictureWriter& operator=(const PictureWriter&) = delete;

  // Waits while too much is queued. Throws what writing an earlier picture threw.
  void add(Picture picture);
  // Waits until all is written; throws what went wrong.
  void finish();
  // Files written so far, in order. After finish().
  const std::vector<std::string>& files() const { return files_; }

 private:
  void run();
  void write(const Picture& picture);
  void write_y4m(const Picture& picture);
  void write_sum(const Picture& picture);
  std::string file_name(const Picture& picture, const char* suffix) const;

  const unsigned channel_;
  const Target target_;
  std::vector<std::string> files_;  // the thread's until finish()
  std::ofstream video_;             // the thread's; y4m or sums

  std::mutex mutex_;  // guards the four below
  std::condition_variable changed_;
  std::deque<Picture> queue_;
  std::size_t queued_bytes_ = 0;
  bool finished_ = false;
  std::exception_ptr error_;
  std::thread thread_;
};

}  // namespace t31::cam
