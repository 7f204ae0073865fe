// SPDX-License-Identifier: GPL-2.0-or-later
// scaler.hpp - the three output channels: staged and active geometry, buffer address FIFOs,
// completion.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>

#include "model/core/environment.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model {

// Where one frame of a channel goes.
struct Target {
  std::uint32_t luma = 0;
  std::uint32_t chroma = 0;
};

// A FIFO of bus addresses with its status word: empty, full, entries.
class AddressFifo {
 public:
  static constexpr std::size_t kDepth = 8;
  struct Entry {
    std::uint32_t address = 0;
    std::uint32_t number = 0;  // of the frame; completions only
  };

  // False when full: the entry is lost.
  bool push(Entry entry);
  // Takes the oldest entry; the last one taken again when empty.
  Entry pop();
  bool empty() const { return entries_.empty(); }
  void clear() { entries_.clear(); }
  std::uint32_t status() const;
  const Entry& last() const { return last_; }

 private:
  std::deque<Entry> entries_;
  Entry last_;
};

class ScalerChannel {
 public:
  AddressFifo luma, chroma;            // addresses to come
  AddressFifo done_luma, done_chroma;  // completed frames

  bool hung = false;       // a FIFO was flushed under it; only the chip's reset helps
  bool in_frame = false;   // takes part in the frame in flight
  bool producing = false;  // and writes an image of it
  unsigned pattern_position = 0;

  // The buffer for the next image: the one not finished, else the oldest queued, else none. With
  // `rewrite_last` the buffer of the last image stands in.
  bool acquire(bool rewrite_last);
  void complete(std::uint32_t number);
  const std::optional<Target>& target() const { return current_; }
  void release() { current_.reset(); }

 private:
  std::optional<Target> current_;
  std::optional<Target> last_;
};

class Scaler {
 public:
  static constexpr std::uint32_t kFirstRegister = 0x9800;
  static constexpr std::uint32_t kEnd = 0x9c00;

  Scaler(Environment& environment, bool rewrite_last_address);

  // `line`: lines of the frame in flight that have come in.
  std::uint32_t read(std::uint32_t offset, std::uint32_t line);
  void write(std::uint32_t offset, std::uint32_t value);
  void reset();

  // Frame start: staged settings whose update was requested become active and are put into
  // `latched`; every enabled channel takes a buffer. Returns a bit per channel whose window does
  // not fit.
  unsigned begin_frame(IspRegisters& latched);
  bool stalled() const { return stalled_; }
  // CPU view of the buffers of the frame in flight.
  std::array<ChannelImage, kChannels> images();
  bool wants_image() const;
  // The image of a channel is in memory. False: it made none.
  bool complete(unsigned channel, std::uint32_t number);
  // The frame in flight is over, completed or not; unfinished buffers are used again.
  void end_frame();

 private:
  std::uint32_t& staged(std::uint32_t offset) { return staged_[(offset - kFirstRegister) / 4]; }
  std::uint32_t& active(std::uint32_t offset) { return active_[(offset - kFirstRegister) / 4]; }
  bool enabled(unsigned channel) const { return enable_ >> channel & 1; }
  bool busy(unsigned channel) const;
  void apply_updates();
  bool passes_drop_pattern(unsigned channel);
  std::uint32_t read_channel(unsigned channel, std::uint32_t offset);
  bool write_channel(unsigned channel, std::uint32_t offset, std::uint32_t value);
  void flush(unsigned channel, AddressFifo& fifo);

  static constexpr std::size_t kWords = (kEnd - kFirstRegister) / 4;
  Environment& environment_;
  const bool rewrite_last_address_;
  std::array<std::uint32_t, kWords> staged_{};
  std::array<std::uint32_t, kWords> active_{};
  std::uint32_t enable_ = 0;           // as written, without the update requests
  std::uint32_t update_requests_ = 0;  // bits 19:16, cleared when they have acted
  std::array<ScalerChannel, kChannels> channels_;
  std::array<ChannelGeometry, kChannels> geometry_{};
  bool stalled_ = false;
};

}  // namespace t31::model
