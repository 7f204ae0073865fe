// SPDX-License-Identifier: GPL-2.0-or-later
// Tuning files: as they come, and with contents that no tuning tool would write behind a valid
// header. What loads then drives all image blocks through a session.
//
// Input: one byte of options, then either a whole file or (option bit 0) patches of the built-in
// tuning: u24 offset into both banks, u32 value, little endian.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "driver/blocks/block_set.hpp"
#include "driver/tuning/neutral.hpp"
#include "driver/tuning/tuning_file.hpp"
#include "tests/blocks/fake_home.hpp"

namespace {

using namespace t31;

constexpr char kPath[] = "/etc/sensor/fuzz-t31.bin";
constexpr std::size_t kPatchBytes = 7;

enum Option : std::uint8_t { kPatches = 1, kWdr = 2, kMemopt = 4, kNight = 8, kCustom = 16 };

std::vector<std::uint8_t> patched(std::span<const std::uint8_t> input) {
  std::vector<std::uint8_t> file(tuning::kFileBytes);
  tuning::build_file(file, {});
  for (std::size_t at = 0; at + kPatchBytes <= input.size(); at += kPatchBytes) {
    std::uint32_t offset = 0;
    std::memcpy(&offset, &input[at], 3);
    offset = offset % (tuning::kPayloadBytes - 4) & ~3u;
    std::memcpy(&file[tuning::kHeaderBytes + offset], &input[at + 3], 4);
  }
  tuning::write_header(file);
  return file;
}

// All that follows from a bank: initialisation, what blocks follow, strengths, another bank.
void drive(blocks::BlockSet& blocks, tuning::TuningStore& store, std::uint8_t options) {
  blocks::SensorMode mode;
  mode.width = 1920;
  mode.height = 1080;
  mode.fps = 25u << 16 | 1;
  mode.frame_length = 1350;
  mode.wdr = (options & kWdr) != 0;
  blocks.write_csc();
  blocks.write_bypass(mode, store);
  blocks.init(mode, store);
  for (u32 octave = 0; octave <= 9; ++octave) {
    blocks.set_total_gain(octave << 16 | octave * 7000);
    blocks.set_exposure_value(u64{1} << (10 + 3 * octave));
    blocks.set_colour_temperature(1000 * (octave + 1));
    blocks.commit();
    blocks.lens_shading_done();
  }
  for (u32 level = 0; level < static_cast<u32>(blocks::Level::kCount); ++level) {
    blocks.set_level(static_cast<blocks::Level>(level), static_cast<u8>(37 * level));
  }
  blocks.commit();
  store.select((options & kNight) != 0, (options & kCustom) != 0);
  blocks.reload(store);
  blocks.commit();
  blocks.lens_shading_done();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::uint8_t options = data[0];
  const std::span<const std::uint8_t> rest(data + 1, size - 1);
  test::FakeHome home;
  home.files[kPath] = (options & kPatches) != 0
                          ? patched(rest)
                          : std::vector<std::uint8_t>(rest.begin(), rest.end());
  {
    tuning::TuningStore store;
    if ((options & kMemopt) != 0) store.patch_memopt(true);
    if (store.load(kPath) == tuning::LoadResult::kNoMemory) std::abort();
    if (!store.active().present()) std::abort();
    (void)store.load_custom(kPath);
    auto blocks = std::make_unique<blocks::BlockSet>(home.window());
    drive(*blocks, store, options);
  }
  if (home.live_allocations != 0) std::abort();
  return 0;
}
