// SPDX-License-Identifier: GPL-2.0-or-later
// JPEG files through libjpeg-turbo's classic interface.
#include <cerrno>
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>

// After <cstdio>: the header needs FILE.
#include <jpeglib.h>

#include "image/image.hpp"

namespace t31::image {
namespace {

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

struct ErrorManager {
  jpeg_error_mgr base;  // first: libjpeg hands back a pointer to it
  std::jmp_buf jump;
  char message[JMSG_LENGTH_MAX];
};

[[noreturn]] void on_error(j_common_ptr info) {
  auto* manager = reinterpret_cast<ErrorManager*>(info->err);
  info->err->format_message(info, manager->message);
  std::longjmp(manager->jump, 1);
}

// False on a libjpeg error. No object with a destructor lives across its longjmp.
bool encode(jpeg_compress_struct& jpeg, ErrorManager& errors, std::FILE* file,
            const RgbImage& image, int quality) {
  if (setjmp(errors.jump) != 0) return false;
  jpeg_create_compress(&jpeg);
  jpeg_stdio_dest(&jpeg, file);
  jpeg.image_width = image.width;
  jpeg.image_height = image.height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, quality, TRUE);
  jpeg_start_compress(&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height) {
    JSAMPROW row = const_cast<JSAMPROW>(image.at(0, jpeg.next_scanline));
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  return true;
}

}  // namespace

void write_jpeg(const std::string& path, const RgbImage& image, int quality) {
  File file(std::fopen(path.c_str(), "wb"));
  if (!file) throw std::runtime_error("can't write " + path + ": " + std::strerror(errno));
  jpeg_compress_struct jpeg{};
  ErrorManager errors{};
  jpeg.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = on_error;
  const bool ok = encode(jpeg, errors, file.get(), image, quality);
  jpeg_destroy_compress(&jpeg);
  if (!ok) throw std::runtime_error("can't write " + path + ": " + errors.message);
  if (std::fclose(file.release()) != 0) {
    throw std::runtime_error("can't write " + path + ": " + std::strerror(errno));
  }
}

}  // namespace t31::image
