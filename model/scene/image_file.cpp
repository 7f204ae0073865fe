// SPDX-License-Identifier: GPL-2.0-or-later
// image_file.cpp - PNG and JPEG files as linear light.
#include <array>
#include <csetjmp>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include <jpeglib.h>
#include <png.h>

#include "model/scene/scene.hpp"

namespace t31::model {
namespace {

constexpr std::uint64_t kMaxPixels = 64'000'000;
constexpr std::uintmax_t kMaxFileBytes = 256'000'000;

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw std::invalid_argument("scene file " + file.string() + ": " + why);
}

std::vector<std::uint8_t> read_all(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    refuse(file, "no such file");
  }
  if (std::filesystem::file_size(file, error) > kMaxFileBytes) {
    refuse(file, "larger than 256 MB");
  }
  std::ifstream stream(file, std::ios::binary);
  std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) {
    refuse(file, "can't be read");
  }
  return bytes;
}

void check_size(const std::filesystem::path& file, std::uint64_t width, std::uint64_t height) {
  if (width == 0 || height == 0 || width * height > kMaxPixels) {
    refuse(file, "size " + std::to_string(width) + "x" + std::to_string(height) +
                     " is not between one pixel and 64 million");
  }
}

// 8-bit sRGB samples, pixel by pixel, as linear light.
LinearImage linearised(const std::vector<std::uint8_t>& rgb, std::uint32_t width,
                       std::uint32_t height) {
  std::array<float, 256> linear;
  for (unsigned code = 0; code < linear.size(); ++code) {
    linear[code] = static_cast<float>(srgb_to_linear(code / 255.0));
  }
  LinearImage image(width, height);
  const std::uint8_t* sample = rgb.data();
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x, sample += 3) {
      image.set(x, y, {linear[sample[0]], linear[sample[1]], linear[sample[2]]});
    }
  }
  return image;
}

// libpng converts whatever the file holds to 8-bit sRGB; transparent parts show black.
LinearImage decode_png(const std::filesystem::path& file, const std::vector<std::uint8_t>& bytes) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()) == 0) {
    refuse(file, png.message);
  }
  const std::unique_ptr<png_image, decltype(&png_image_free)> release(&png, png_image_free);
  check_size(file, png.width, png.height);
  png.format = PNG_FORMAT_RGB;
  png.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  std::vector<std::uint8_t> rgb(PNG_IMAGE_SIZE(png));
  if (png_image_finish_read(&png, nullptr, rgb.data(), 0, nullptr) == 0) {
    refuse(file, png.message);
  }
  return linearised(rgb, png.width, png.height);
}

// libjpeg reports errors by leaving through error_exit; this one jumps back to the decoder below.
struct JpegErrors {
  jpeg_error_mgr manager;
  std::jmp_buf back;
  std::array<char, JMSG_LENGTH_MAX> message;
};

[[noreturn]] void leave_jpeg(j_common_ptr common) {
  auto* errors = reinterpret_cast<JpegErrors*>(common->err);
  common->err->format_message(common, errors->message.data());
  std::longjmp(errors->back, 1);
}

struct JpegDecoder {
  JpegErrors errors{};
  jpeg_decompress_struct jpeg{};

  JpegDecoder() {
    jpeg.err = jpeg_std_error(&errors.manager);
    errors.manager.error_exit = leave_jpeg;
    errors.manager.output_message = [](j_common_ptr) {};
    jpeg_create_decompress(&jpeg);
  }
  ~JpegDecoder() { jpeg_destroy_decompress(&jpeg); }
  JpegDecoder(const JpegDecoder&) = delete;
  JpegDecoder& operator=(const JpegDecoder&) = delete;

  // The two steps below jump out of libjpeg on an error; no object with a destructor lives in them.
  bool read_header(const std::vector<std::uint8_t>& bytes) {
    if (setjmp(errors.back) != 0) {
      return false;
    }
    jpeg_mem_src(&jpeg, bytes.data(), bytes.size());
    jpeg_read_header(&jpeg, TRUE);
    return true;
  }
  bool read_pixels(std::uint8_t* rgb) {
    if (setjmp(errors.back) != 0) {
      return false;
    }
    jpeg.out_color_space = JCS_RGB;
    jpeg_start_decompress(&jpeg);
    while (jpeg.output_scanline < jpeg.output_height) {
      JSAMPROW line = rgb + static_cast<std::size_t>(jpeg.output_width) * 3 * jpeg.output_scanline;
      jpeg_read_scanlines(&jpeg, &line, 1);
    }
    jpeg_finish_decompress(&jpeg);
    return true;
  }
};

LinearImage decode_jpeg(const std::filesystem::path& file, const std::vector<std::uint8_t>& bytes) {
  JpegDecoder decoder;
  if (!decoder.read_header(bytes)) {
    refuse(file, decoder.errors.message.data());
  }
  check_size(file, decoder.jpeg.image_width, decoder.jpeg.image_height);
  const std::uint32_t width = decoder.jpeg.image_width;
  const std::uint32_t height = decoder.jpeg.image_height;
  std::vector<std::uint8_t> rgb(static_cast<std::size_t>(width) * height * 3);
  if (!decoder.read_pixels(rgb.data())) {
    refuse(file, decoder.errors.message.data());
  }
  return linearised(rgb, width, height);
}

}  // namespace

LinearImage load_image(const std::filesystem::path& file) {
  const std::vector<std::uint8_t> bytes = read_all(file);
  if (bytes.size() >= 8 && png_sig_cmp(bytes.data(), 0, 8) == 0) {
    return decode_png(file, bytes);
  }
  if (bytes.size() >= 2 && bytes[0] == 0xff && bytes[1] == 0xd8) {
    return decode_jpeg(file, bytes);
  }
  refuse(file, "neither PNG nor JPEG");
}

}  // namespace t31::model
