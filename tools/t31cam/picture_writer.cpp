// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/picture_writer.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "t31cam/errors.hpp"

namespace t31::cam {
namespace {

constexpr bool kSmallMachine = sizeof(void*) == 4;  // a camera
constexpr std::size_t kMaxQueuedBytes = kSmallMachine ? 24u << 20 : 256u << 20;
constexpr int kJpegQuality = 95;

void check(const std::ofstream& stream, const std::string& path) {
  if (!stream) throw Failure(fmt::format("can't write {}: {}", path, std::strerror(errno)));
}

image::Nv12View view(const Picture& picture) {
  const std::uint8_t* luma = picture.pixels.data();
  return {picture.width, picture.height, picture.width, luma,
          luma + std::size_t{picture.width} * picture.height};
}

// Two running sums over 32-bit words (Fletcher): any changed word and any two swapped ones show.
std::uint64_t checksum(const std::vector<std::uint8_t>& bytes) {
  std::uint32_t sum = 0;
  std::uint32_t sum_of_sums = 0;
  for (std::size_t i = 0; i + sizeof(std::uint32_t) <= bytes.size(); i += sizeof(std::uint32_t)) {
    std::uint32_t word = 0;
    std::memcpy(&word, bytes.data() + i, sizeof word);
    sum += word;
    sum_of_sums += sum;
  }
  return static_cast<std::uint64_t>(sum_of_sums) << 32 | sum;
}

}  // namespace

Picture copy_frame(const Frame& frame) {
  Picture picture{frame.sequence, frame.width, frame.height, {}};
  const std::size_t luma = std::size_t{frame.width} * frame.height;
  picture.pixels.reserve(luma * 3 / 2);
  picture.pixels.assign(frame.luma, frame.luma + luma);
  picture.pixels.insert(picture.pixels.end(), frame.chroma, frame.chroma + luma / 2);
  return picture;
}

PictureWriter::PictureWriter(unsigned channel, const Target& target)
    : channel_(channel), target_(target), thread_([this] { run(); }) {}

PictureWriter::~PictureWriter() {
  try {
    finish();
  } catch (const std::exception&) {
    // Whoever wants to know calls finish() first.
  }
}

void PictureWriter::add(Picture picture) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return queued_bytes_ < kMaxQueuedBytes || error_; });
  if (error_) std::rethrow_exception(error_);
  queued_bytes_ += picture.pixels.size();
  queue_.push_back(std::move(picture));
  changed_.notify_all();
}

void PictureWriter::finish() {
  {
    std::lock_guard lock(mutex_);
    finished_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void PictureWriter::run() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !queue_.empty() || finished_; });
    if (queue_.empty()) return;
    const Picture picture = std::move(queue_.front());
    queue_.pop_front();
    const bool skip = error_ != nullptr;
    lock.unlock();
    std::exception_ptr error;
    try {
      if (!skip) write(picture);
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    queued_bytes_ -= picture.pixels.size();
    if (error) error_ = error;
    changed_.notify_all();
  }
}

std::string PictureWriter::file_name(const Picture& picture, const char* suffix) const {
  return fmt::format("{}/ch{}_{:06}.{}", target_.folder, channel_, picture.sequence, suffix);
}

void PictureWriter::write(const Picture& picture) {
  std::string path;
  switch (target_.format) {
    case PictureFormat::kPng:
      path = file_name(picture, "png");
      image::write_png(path, image::nv12_to_rgb(view(picture), target_.space));
      break;
    case PictureFormat::kJpeg:
      path = file_name(picture, "jpg");
      image::write_jpeg(path, image::nv12_to_rgb(view(picture), target_.space), kJpegQuality);
      break;
    case PictureFormat::kNv12: {
      path = file_name(picture, "nv12");
      std::ofstream stream(path, std::ios::binary);
      stream.write(reinterpret_cast<const char*>(picture.pixels.data()),
                   static_cast<std::streamsize>(picture.pixels.size()));
      stream.flush();
      check(stream, path);
      break;
    }
    case PictureFormat::kY4m:
      write_y4m(picture);
      return;
    case PictureFormat::kSums:
      write_sum(picture);
      return;
  }
  files_.push_back(path);
}

// One list per channel.
void PictureWriter::write_sum(const Picture& picture) {
  if (files_.empty()) {
    files_.push_back(fmt::format("{}/ch{}.sums", target_.folder, channel_));
    video_.open(files_.back());
  }
  video_ << fmt::format("{:06} {:016x}\n", picture.sequence, checksum(picture.pixels));
  video_.flush();
  check(video_, files_.back());
}

// One stream per channel; planes of U and V instead of pairs.
void PictureWriter::write_y4m(const Picture& picture) {
  if (files_.empty()) {
    files_.push_back(fmt::format("{}/ch{}.y4m", target_.folder, channel_));
    video_.open(files_.back(), std::ios::binary);
    const bool limited = target_.space == image::ColourSpace::kBt601Limited ||
                         target_.space == image::ColourSpace::kBt709Limited;
    video_ << fmt::format("YUV4MPEG2 W{} H{} F{}:{} Ip A1:1 C420jpeg XCOLORRANGE={}\n",
                          picture.width, picture.height, target_.rate.numerator,
                          target_.rate.denominator, limited ? "LIMITED" : "FULL");
  }
  const std::size_t luma = std::size_t{picture.width} * picture.height;
  std::vector<char> planes(luma / 2);
  for (std::size_t i = 0; i < luma / 4; ++i) {
    planes[i] = static_cast<char>(picture.pixels[luma + 2 * i]);
    planes[luma / 4 + i] = static_cast<char>(picture.pixels[luma + 2 * i + 1]);
  }
  video_ << "FRAME\n";
  video_.write(reinterpret_cast<const char*>(picture.pixels.data()),
               static_cast<std::streamsize>(luma));
  video_.write(planes.data(), static_cast<std::streamsize>(planes.size()));
  video_.flush();
  check(video_, files_.back());
}

}  // namespace t31::cam
