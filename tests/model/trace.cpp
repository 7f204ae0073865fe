// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/model/trace.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace t31::model::test {
namespace {

constexpr std::uint32_t kFirstBuffer = 0x04000000;
constexpr std::uint32_t kPage = 0x1000;
constexpr std::uint64_t kParentHertz = 1'392'000'000;

[[noreturn]] void refuse(const std::string& line) {
  throw std::runtime_error("trace line not understood: " + line);
}

std::uint32_t hex(const std::string& text, const std::string& line) {
  std::size_t used = 0;
  unsigned long value = 0;
  try {
    value = std::stoul(text, &used, 16);
  } catch (const std::exception&) {
    refuse(line);
  }
  if (used != text.size()) refuse(line);
  return static_cast<std::uint32_t>(value);
}

Step mark(const std::string& line) {
  Step step;
  step.mark = line;
  return step;
}

std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(line);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

// Addresses for the symbols of kernel allocations.
class Buffers {
 public:
  std::uint32_t resolve(const std::string& symbol, const std::string& line) {
    const std::size_t underscore = symbol.find('_'), plus = symbol.find('+');
    if (underscore == std::string::npos || plus == std::string::npos) refuse(line);
    const std::string name = symbol.substr(0, plus);
    const auto [entry, added] = bases_.try_emplace(name, next_);
    if (added) {
      const std::uint32_t bytes = hex(name.substr(underscore + 1), line);
      next_ += (bytes + kPage - 1) / kPage * kPage;
    }
    return entry->second + hex(symbol.substr(plus + 1), line);
  }

 private:
  std::map<std::string, std::uint32_t> bases_;
  std::uint32_t next_ = kFirstBuffer;
};

// The vendor kernel's clock calls as register writes (hw-pipeline 1.4).
class Clocks {
 public:
  // Appends what `line` makes the kernel write, nothing when it is no clock call.
  void translate(const std::string& line, Trace& trace) {
    const auto argument = [&line](const char* call) {
      const std::string head = std::string("# ") + call + "(";
      return line.starts_with(head) ? line.substr(head.size(), line.size() - head.size() - 1)
                                    : std::string();
    };
    if (const std::string rate = argument("clk_set_rate"); rate.starts_with("cgu_isp,")) {
      const std::uint64_t hertz = std::stoull(rate.substr(rate.find(',') + 1));
      const std::uint64_t divisor = (kParentHertz + hertz - 1) / hertz;
      divider_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(divisor - 1, 15));
      if (running_) change(trace);
    }
    enable(argument("clk_enable"), true, trace);
    enable(argument("clk_disable"), false, trace);
  }

 private:
  void change(Trace& trace) {
    constexpr std::uint32_t kChange = 1u << 29, kStop = 1u << 27;
    const std::uint32_t value = divider_ | (running_ ? 0 : kStop);
    trace.push_back(Step::write(kCpm + 0x80, value | kChange));
    trace.push_back(Step::write(kCpm + 0x80, value));
  }
  void enable(const std::string& clock, bool on, Trace& trace) {
    if (clock == "cgu_isp") {
      running_ = on;
      change(trace);
    } else if (clock == "isp" || clock == "csi") {
      const std::uint32_t gate = clock == "isp" ? 1u << 23 : 1u << 25;
      gates_ = on ? gates_ & ~gate : gates_ | gate;
      trace.push_back(Step::write(kCpm + 0x20, gates_));
    }
  }
  std::uint32_t gates_ = 0x0bcf5780;
  std::uint32_t divider_ = 0;
  bool running_ = false;
};

std::uint32_t csv_unit(const std::string& name, const std::string& line) {
  static const std::map<std::string, std::uint32_t> kUnits{
      {"CPM", kCpm}, {"PHY", kPhy}, {"CSI", kCsi}, {"ISP", kIsp}, {"VIC", kVic}};
  const auto found = kUnits.find(name);
  if (found == kUnits.end()) refuse(line);
  return found->second;
}

std::uint32_t session_block(const std::string& name, const std::string& line) {
  static const std::map<std::string, std::uint32_t> kBlocks{
      {"cpm", kCpm}, {"gpio", kGpio}, {"p02", 0x10020000}, {"isp", kIsp}, {"vic", kVic}};
  const auto found = kBlocks.find(name);
  if (found == kBlocks.end()) refuse(line);
  return found->second;
}

// "... i2c0 W 30 0103 01": register of two bytes, value of one.
std::optional<Step> i2c_write(const std::string& line) {
  const std::size_t at = line.find(" i2c0 W ");
  if (at == std::string::npos) return std::nullopt;
  const auto words = split(line.substr(at + 1), ' ');
  if (words.size() != 5) refuse(line);
  const std::uint32_t reg = hex(words[3], line);
  Step step;
  step.kind = Step::Kind::kI2cWrite;
  step.address = hex(words[2], line);
  step.bytes = {static_cast<std::uint8_t>(reg >> 8), static_cast<std::uint8_t>(reg),
                static_cast<std::uint8_t>(hex(words[4], line))};
  return step;
}

std::string unpack(const std::filesystem::path& file) {
  const gzFile input = gzopen(file.c_str(), "rb");
  if (!input) throw std::runtime_error("can't open " + file.string());
  std::string text;
  char buffer[65536];
  int count;
  while ((count = gzread(input, buffer, sizeof buffer)) > 0)
    text.append(buffer, static_cast<std::size_t>(count));
  gzclose(input);
  if (count < 0) throw std::runtime_error("can't unpack " + file.string());
  return text;
}

}  // namespace

Step Step::write(std::uint32_t address, std::uint32_t value) {
  Step step;
  step.kind = Kind::kWrite;
  step.address = address;
  step.value = value;
  return step;
}

Trace read_csv_trace(std::istream& input) {
  Trace trace;
  Buffers buffers;
  Clocks clocks;
  for (std::string line; std::getline(input, line);) {
    if (line.empty() || line[0] == 'R') continue;
    if (line[0] == '#') {
      trace.push_back(mark(line));
      clocks.translate(line, trace);
      continue;
    }
    const auto parts = split(line, ',');
    if (parts.size() != 4 || parts[0] != "W") refuse(line);
    const std::uint32_t address = csv_unit(parts[1], line) + hex(parts[2], line);
    const bool symbol = parts[3].starts_with("BUF");
    trace.push_back(
        Step::write(address, symbol ? buffers.resolve(parts[3], line) : hex(parts[3], line)));
  }
  return trace;
}

Trace read_session_trace(std::istream& input) {
  Trace trace;
  for (std::string line; std::getline(input, line);) {
    if (line.find('#') != std::string::npos) {
      const auto step = i2c_write(line);
      trace.push_back(step ? *step : mark(line));
      continue;
    }
    const auto parts = split(line, ' ');
    if (parts.size() != 5 || (parts[1] != "R" && parts[1] != "W")) refuse(line);
    if (parts[1] == "R") continue;
    trace.push_back(
        Step::write(session_block(parts[2], line) + hex(parts[3], line), hex(parts[4], line)));
  }
  return trace;
}

Trace load_trace(const std::filesystem::path& file) {
  if (file.extension() == ".csv") {
    std::ifstream input(file);
    if (!input) throw std::runtime_error("can't open " + file.string());
    return read_csv_trace(input);
  }
  std::istringstream input(unpack(file));
  return read_session_trace(input);
}

Trace before_mark(const Trace& trace, const std::string& text) {
  const auto found = std::find_if(trace.begin(), trace.end(), [&text](const Step& step) {
    return step.kind == Step::Kind::kMark && step.mark.find(text) != std::string::npos;
  });
  if (found == trace.end()) throw std::runtime_error("no mark \"" + text + "\" in the trace");
  return {trace.begin(), found};
}

std::optional<std::filesystem::path> golden_folder() {
  const char* set = std::getenv("T31_SHARED");
  const std::filesystem::path folder =
      std::filesystem::path(set && *set ? set : T31_SHARED_DIR) / "data" / "golden";
  if (!std::filesystem::is_directory(folder)) return std::nullopt;
  return folder;
}

}  // namespace t31::model::test
