// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/traces/compare.hpp"

#include <zlib.h>

#include <cstdio>
#include <sstream>
#include <stdexcept>

namespace t31::test {
namespace {

constexpr std::uint32_t kIsp = 0x13300000;

bool begins(const std::string& text, const char* prefix) {
  return text.rfind(prefix, 0) == 0;
}

// `mark` as the trace has it, without its "# ".
std::string call_of(const std::string& mark) {
  return begins(mark, "# ") ? mark.substr(2) : mark;
}

bool node_call(const std::string& line) {
  const std::string mark = call_of(line);
  // Frames come to a session by themselves: what they cause is not the call's.
  return begins(mark, "FRAME ") || begins(mark, "ioctl ") || begins(mark, "open tx-isp") ||
         begins(mark, "open framechan") || begins(mark, "release ");
}

// Registers that hold addresses of memory the driver allocates.
bool holds_address(std::uint32_t address) {
  const std::uint32_t offset = address - kIsp;
  const auto in = [&](std::uint32_t first, std::uint32_t last) {
    return offset >= first && offset <= last;
  };
  return in(0x2010, 0x201c) || in(0x4494, 0x44a0) || in(0x5b84, 0x5b90) || in(0xa02c, 0xa048) ||
         in(0xa82c, 0xa848) || in(0xb03c, 0xb048) || in(0xb8a8, 0xb8b4);
}

}  // namespace

const std::vector<Block>& compared_blocks() {
  static const std::vector<Block> blocks = {
      {"reset", 0x100000c4, 0x100000c4},
      {"receiver", 0x10023000, 0x10023fff},
      {"D-PHY", 0x10022000, 0x10022fff},
      {"video input", 0x133e0000, 0x133e01dc},
      {"top: size, Bayer", kIsp + 0x04, kIsp + 0x08},
      {"top: engines", kIsp + 0x10, kIsp + 0xb0},
      {"top: input", kIsp + 0x800, kIsp + 0x804},
      {"black level", kIsp + 0x1000, kIsp + 0x1070},
      {"white balance", kIsp + 0x1800, kIsp + 0x1810},
      {"WDR memory", kIsp + 0x2010, kIsp + 0x2024},
      {"WDR", kIsp + 0x2030, kIsp + 0x2684},
      {"defect pixels", kIsp + 0x2800, kIsp + 0x2898},
      {"raw denoise", kIsp + 0x3000, kIsp + 0x30ac},
      {"lens shading", kIsp + 0x3800, kIsp + 0x3804},
      {"lens shading table", kIsp + 0x28000, kIsp + 0x2ffff},
      {"local tone mapping", kIsp + 0x4000, kIsp + 0x448c},
      {"ADR memory", kIsp + 0x4490, kIsp + 0x44a0},
      {"demosaic", kIsp + 0x4800, kIsp + 0x49a4},
      {"colour matrix", kIsp + 0x5000, kIsp + 0x5020},
      {"haze removal", kIsp + 0x5800, kIsp + 0x5b7c},
      {"defog memory", kIsp + 0x5b80, kIsp + 0x5b90},
      {"colour space", kIsp + 0x6000, kIsp + 0x6030},
      {"colour map", kIsp + 0x6800, kIsp + 0x6804},
      {"sharpening", kIsp + 0x7000, kIsp + 0x7090},
      {"temporal denoise", kIsp + 0x7804, kIsp + 0x7818},
      {"temporal denoise memory", kIsp + 0x7820, kIsp + 0x786c},
      {"temporal and luma denoise", kIsp + 0x7870, kIsp + 0x7afc},
      {"BCSH", kIsp + 0x8000, kIsp + 0x8070},
      {"spatial denoise", kIsp + 0x8800, kIsp + 0x8b4c},
      {"lens distortion", kIsp + 0x9000, kIsp + 0x9044},
      {"scaler", kIsp + 0x9800, kIsp + 0x9bff},
      {"AE0", kIsp + 0xa000, kIsp + 0xa050},
      {"AE1", kIsp + 0xa800, kIsp + 0xa850},
      {"AWB", kIsp + 0xb000, kIsp + 0xb050},
      {"AF", kIsp + 0xb800, kIsp + 0xb8a4},
      {"AF memory", kIsp + 0xb8a8, kIsp + 0xb8b8},
      {"gamma red", kIsp + 0x40000, kIsp + 0x401ff},
      {"gamma green", kIsp + 0x48000, kIsp + 0x481ff},
      {"gamma blue", kIsp + 0x50000, kIsp + 0x501ff},
      {"haze removal blocks", kIsp + 0x58000, kIsp + 0x582cf},
      {"colour map tables", kIsp + 0x60000, kIsp + 0x7868f},
      {"infrared removal", kIsp + 0x80000, kIsp + 0x8017f},
  };
  return blocks;
}

std::vector<Segment> segments(const Trace& trace) {
  std::vector<Segment> result{{"start", {}}};
  for (const Step& step : trace) {
    if (step.kind == Step::Kind::kMark && node_call(step.mark))
      result.push_back({call_of(step.mark), {}});
    if (step.kind == Step::Kind::kWrite) result.back().writes.push_back(step);
  }
  return result;
}

std::vector<Write> writes_to(const Trace& trace, const Block& block) {
  std::vector<Write> writes;
  for (const Step& step : trace) {
    if (step.kind != Step::Kind::kWrite) continue;
    if (step.address >= block.first && step.address <= block.last)
      writes.emplace_back(step.address, step.value);
  }
  return writes;
}

void mask_read_only(std::vector<Write>& writes) {
  constexpr std::uint32_t kReset = 0x100000c4;
  constexpr std::uint32_t kStopAcknowledge = 1u << 20;
  for (auto& [address, value] : writes) {
    if (address == kReset) value &= ~kStopAcknowledge;
  }
}

void make_relative(std::vector<Write>& writes) {
  std::uint32_t base = 0;
  for (auto& [address, value] : writes) {
    if (!holds_address(address)) continue;
    if (base == 0) base = value;
    value -= base;
  }
}

namespace {

std::string text_of(const std::vector<Write>& list, std::size_t index) {
  if (index >= list.size()) return "nothing";
  std::ostringstream text;
  text << std::hex << list[index].first << "=" << list[index].second;
  return text.str();
}

}  // namespace

std::string difference(const std::vector<Write>& ours, const std::vector<Write>& vendor) {
  std::ostringstream text;
  std::size_t shown = 0;
  const std::size_t count = std::max(ours.size(), vendor.size());
  if (ours.size() != vendor.size()) {
    text << "we write " << ours.size() << " times, the vendor " << vendor.size() << "\n";
  }
  for (std::size_t i = 0; i < count && shown < 8; ++i) {
    if (i < ours.size() && i < vendor.size() && ours[i] == vendor[i]) continue;
    ++shown;
    text << "write " << i << ": ours " << text_of(ours, i) << ", vendor " << text_of(vendor, i)
         << "\n";
  }
  return text.str();
}

State load_state(const std::string& path) {
  State state;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) throw std::runtime_error("can't read " + path);
  char line[100];
  while (gzgets(file, line, sizeof(line)) != nullptr) {
    char unit[8];
    std::uint32_t offset = 0, value = 0;
    if (std::sscanf(line, "%7s %x %x", unit, &offset, &value) != 3) continue;
    const std::map<std::string, std::uint32_t> bases = {
        {"isp", kIsp}, {"vic", 0x133e0000}, {"p02", 0x10020000}};
    if (const auto base = bases.find(unit); base != bases.end())
      state[base->second + offset] = value;
  }
  gzclose(file);
  return state;
}

}  // namespace t31::test
