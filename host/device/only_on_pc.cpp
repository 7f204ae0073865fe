// SPDX-License-Identifier: GPL-2.0-or-later
// only_on_pc.cpp - commands and picture formats of t31cam that a camera doesn't have.
#include "image/image.hpp"
#include "sdk/command.hpp"
#include "t31cam/commands.hpp"
#include "t31cam/errors.hpp"

namespace t31::cam {

int run_blocks(const BlocksOptions&) {
  throw UsageError("blocks: only on a PC");
}

int run_report(const ReportOptions&) {
  throw UsageError("3a-report: only on a PC");
}

}  // namespace t31::cam

namespace t31::sdk {

int run_check(const CheckOptions&) {
  throw cam::UsageError("sdk-check: only on a PC");
}

}  // namespace t31::sdk

namespace t31::image {

void write_png(const std::string&, const RgbImage&) {
  throw cam::UsageError("PNG is written on a PC only: take nv12 or y4m");
}

void write_jpeg(const std::string&, const RgbImage&, int) {
  throw cam::UsageError("JPEG is written on a PC only: take nv12 or y4m");
}

}  // namespace t31::image
