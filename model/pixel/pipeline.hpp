// SPDX-License-Identifier: GPL-2.0-or-later
// pipeline.hpp - the pixel path of the virtual T31: one Bayer frame in, NV12 images and statistics
// out, configured by ISP registers only.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "model/pixel/pixel_memory.hpp"

namespace t31::model {

// ISP registers as latched at frame start (word offsets below 0x10000) and the look-up RAM, which
// acts at once (offsets 0x10000 ... 0x8ffff). Offsets are bytes relative to the ISP base
// 0x13300000.
class IspRegisters {
 public:
  static constexpr std::uint32_t kBytes = 0x90000;
  IspRegisters() : words_(kBytes / 4) {}
  std::uint32_t operator[](std::uint32_t offset) const { return words_[offset / 4]; }
  std::uint32_t& word(std::uint32_t offset) { return words_[offset / 4]; }

 private:
  std::vector<std::uint32_t> words_;
};

// What the samples of a frame are. Of YUV 4:2:2 and of RGB 5:6:5 a pixel is one word: luma in the
// low byte, above it Cb in even and Cr in odd columns; or red, green, blue from the top.
enum class Samples : std::uint8_t { kBayer, kYuv422, kRgb565 };

// A frame as the receiver hands it to the ISP: right-aligned sensor codes, row by row.
struct BayerFrame {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint32_t bits = 10;  // of a code: 8, 10 or 12; 16 when it is no mosaic
  Samples samples = Samples::kBayer;
  std::vector<std::uint16_t> codes;
  // Of two exposures `codes` are the long one's; the short one's lines come `short_delay` lines
  // after the same lines of the long one. Empty: one exposure.
  std::vector<std::uint16_t> short_codes;
  std::uint32_t short_delay = 0;
};

// Where a channel's image goes. Both planes have the stride of the registers and may be null: the
// channel is then not produced.
struct ChannelImage {
  std::uint8_t* luma = nullptr;
  std::uint8_t* chroma = nullptr;
};

inline constexpr unsigned kChannels = 3;

// Geometry of one scaler channel, as programmed. `valid` is false when the window lies outside its
// source, anything is zero, or a stride is shorter than a row; `enlarges` when an axis of the
// output exceeds the input: silicon then hangs.
struct ChannelGeometry {
  std::uint32_t input_x = 0, input_y = 0, input_width = 0, input_height = 0;  // 0x9860, 0x9864
  std::uint32_t scaled_width = 0, scaled_height = 0;                          // B+0x00
  std::uint32_t crop_x = 0, crop_y = 0, width = 0, height = 0;                // B+0x28, B+0x2c
  std::uint32_t luma_stride = 0, chroma_stride = 0;                           // B+0x80, B+0x98
  bool valid = false;
  bool enlarges = false;
};
ChannelGeometry channel_geometry(const IspRegisters& registers, unsigned channel);

// Statistics in the hardware's DMA formats (ae-awb-af 1.2, 1.3, 1.5, 1.6;
// hw-blocks-detail-tone 5.3, 6.3). Empty when the engine is off.
struct Statistics {
  std::array<std::uint8_t, 4096> ae_zones{};
  std::array<std::uint8_t, 2048> ae_histogram{};
  std::array<std::uint8_t, 4096> awb_zones{};
  std::array<std::uint8_t, 4096> focus_zones{};  // without the frame's number
  std::array<std::uint8_t, 4096> adr{};
  std::array<std::uint8_t, 4096> defog{};
  // Of two exposures.
  std::array<std::uint8_t, 4096> short_zones{};
  std::array<std::uint8_t, 2048> short_histogram{};
  std::array<std::uint8_t, 8192> wdr{};  // 8 rows of 1024 bytes (hw-blocks-detail-tone 7.8)
};

class Pipeline {
 public:
  enum class Path { kReference, kFast };
  // `threads` >= 1 workers for the fast path. The reference is scalar and single threaded.
  Pipeline(Path path, unsigned threads);
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  // Processes one frame. A YUV frame goes straight to the scaler and gives no statistics; RGB is
  // not taken. `frame` has the size of register 0x0004, or nothing is produced. Channels
  // that are not valid or enlarge leave their memory alone. Both paths give identical bytes.
  // `memory`: what the blocks with pictures of their own reach; null: nothing.
  void process(const IspRegisters& registers, const BayerFrame& frame,
               std::span<const ChannelImage, kChannels> images, Statistics* statistics,
               PixelMemory* memory = nullptr);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace t31::model
