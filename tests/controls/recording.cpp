// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/controls/recording.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>
#include <sstream>

#include "tests/controls/tuned_camera.hpp"

namespace t31::test {
namespace {

constexpr char kFolder[] = "data/golden/sessions/controls";
constexpr char kSuffix[] = ".diff.gz";

std::string gunzip(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return {};
  std::string text;
  char buffer[4096];
  for (int count; (count = gzread(file, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(count));
  }
  gzclose(file);
  return text;
}

// data/golden/README.md.
bool latch(std::uint32_t offset) {
  static const std::set<std::uint32_t> kLatches = {0x1070, 0x1800, 0x2898, 0x30ac, 0x499c, 0x5000,
                                                   0x6800, 0x7090, 0x7804, 0x7818, 0x8b4c, 0x9044,
                                                   0xa000, 0xa800, 0xb000, 0xb800, 0x9804};
  return kLatches.count(offset) != 0;
}

}  // namespace

Recording read_recording(const std::string& name) {
  Recording recording;
  std::istringstream stream(gunzip(shared_path(std::string(kFolder) + "/" + name + kSuffix)));
  bool inside = false;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("##")) {
      inside = line.find("synchronous") != std::string::npos;
      continue;
    }
    unsigned offset = 0, value = 0, without = 0;
    if (inside && std::sscanf(line.c_str(), "W isp %x %x", &offset, &value) == 2) {
      if (!latch(offset)) recording.synchronous[offset] = value;
    } else if (inside && line.starts_with("# i2c0 W ")) {
      recording.i2c.push_back(line.substr(9));
    } else if (std::sscanf(line.c_str(), "isp %x %x -> %x", &offset, &without, &value) == 3) {
      recording.later[offset] = value;
      recording.without[offset] = without;
    }
  }
  return recording;
}

std::vector<std::string> recordings() {
  std::vector<std::string> names;
  std::error_code absent;
  for (const auto& entry : std::filesystem::directory_iterator(shared_path(kFolder), absent)) {
    const std::string name = entry.path().filename();
    if (name.ends_with(kSuffix)) names.push_back(name.substr(0, name.size() - sizeof kSuffix + 1));
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool tone_curves(std::uint32_t offset) {
  return (offset >= 0x4084 && offset < 0x4400) || (offset >= 0x58000 && offset < 0x60000);
}

bool measured(std::uint32_t offset) {
  return offset == 0x806c || offset == 0x8070 || (offset >= 0x1804 && offset <= 0x1810);
}

}  // namespace t31::test
