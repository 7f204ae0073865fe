// SPDX-License-Identifier: GPL-2.0-or-later
// PNG files, through libpng's simplified interface for reading and its plain one for writing (which
// lets us choose a fast compression).
#include <png.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "image/image.hpp"

namespace t31::image {
namespace {

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

File create(const std::string& path) {
  File file(std::fopen(path.c_str(), "wb"));
  if (!file) throw std::runtime_error("can't write " + path + ": " + std::strerror(errno));
  return file;
}

[[noreturn]] void on_error(png_structp png, png_const_charp message) {
  *static_cast<std::string*>(png_get_error_ptr(png)) = message;
  png_longjmp(png, 1);
}

void on_warning(png_structp, png_const_charp) {}

// False on a libpng error. No object with a destructor lives across its longjmp.
bool encode(png_structp png, png_infop info, std::FILE* file, const RgbImage& image) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_init_io(png, file);
  // Speed matters more than the last percent of size when frames arrive 25 times a second.
  png_set_compression_level(png, 2);
  png_set_filter(png, 0, PNG_FILTER_SUB);
  png_set_IHDR(png, info, image.width, image.height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  png_write_info(png, info);
  for (std::uint32_t y = 0; y < image.height; ++y) png_write_row(png, image.at(0, y));
  png_write_end(png, nullptr);
  return true;
}

}  // namespace

void write_png(const std::string& path, const RgbImage& image) {
  File file = create(path);
  std::string error;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &error, on_error, on_warning);
  png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
  const bool ok = info != nullptr && encode(png, info, file.get(), image);
  png_destroy_write_struct(&png, &info);
  if (!ok) throw std::runtime_error("can't write " + path + ": " + error);
  if (std::fclose(file.release()) != 0) {
    throw std::runtime_error("can't write " + path + ": " + std::strerror(errno));
  }
}

RgbImage read_png(const std::string& path) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&png, path.c_str()) == 0) {
    throw std::runtime_error("can't read " + path + ": " + png.message);
  }
  png.format = PNG_FORMAT_RGB;
  RgbImage image{png.width, png.height, {}};
  image.pixels.resize(PNG_IMAGE_SIZE(png));
  const png_color black{};
  if (png_image_finish_read(&png, &black, image.pixels.data(), 0, nullptr) == 0) {
    const std::string message = png.message;
    png_image_free(&png);
    throw std::runtime_error("can't read " + path + ": " + message);
  }
  return image;
}

}  // namespace t31::image
