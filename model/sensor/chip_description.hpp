// SPDX-License-Identifier: GPL-2.0-or-later
// chip_description.hpp - a sensor chip as data: where its registers are and what they mean
// (docs/sensor-model.md, "Describing a chip").
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/sensor/bayer.hpp"
#include "model/sensor/photons.hpp"
#include "model/sensor/sensor.hpp"

namespace t31::model {

// A number that lies in bits of one register or of several, the most significant ones first.
struct RegisterField {
  struct Part {
    std::uint16_t address = 0;  // with a page register: page << 8 | address
    unsigned low = 0;
    unsigned bits = 8;
  };
  std::vector<Part> parts;
  bool empty() const { return parts.empty(); }
};

// The gain is the product of such factors.
struct GainFactor {
  enum class Kind {
    kCodes,     // the largest listed code that isn't above the field
    kUnit,      // field / unit
    kOctave,    // 2^(field / unit, whole) (1 + (field mod unit) / unit)
    kDecibels,  // 10^(field unit / 20)
    kDoublings  // 2^(number of bits that are set)
  };
  Kind kind = Kind::kUnit;
  RegisterField field;
  double unit = 1;
  std::map<std::uint32_t, double> codes;
};

// Writes that wait in pairs of address and value until a bit launches them.
struct WriteGroup {
  RegisterField launch;  // clears itself
  std::uint16_t first = 0;
  unsigned pairs = 0;
};

struct ChipDescription {
  std::string name, about;
  std::uint8_t address = 0;
  unsigned address_bytes = 2;
  unsigned data_bytes = 1;  // most in one write
  RegisterField page;
  std::vector<std::pair<std::uint16_t, std::uint8_t>> id;  // read-only
  std::vector<std::pair<std::uint16_t, std::uint8_t>> defaults;
  RegisterField stream;  // empty: streams as long as it is alive
  std::uint32_t stream_value = 1;
  bool streams_on_port = false;  // the parallel port knows no `stream`: data come while alive
  RegisterField reset;           // any bit set; clears itself
  bool resets_high = false;      // held in reset while the pin is high
  LinkFormat link;
  BayerOrder order = BayerOrder::kBggr;
  bool turns_order = false;  // a flip changes the Bayer order
  PixelPhysics physics{};

  std::uint64_t clock = 0;  // hertz, what the line length counts
  RegisterField line_length, frame_length;
  double line_scale = 1;
  std::uint32_t shortest_line = 1, shortest_frame = 1;

  RegisterField exposure;      // empty: exposure is always the start's
  double exposure_scale = 1;   // lines of a count
  bool exposure_back = false;  // counts from the end: lines = frame length - field - offset
  std::uint32_t exposure_offset = 0;
  std::uint32_t margin = 4;  // lines of a frame that can't be exposure
  double start_clocks = 1;   // exposure at which an 18 % grey gives 18 % of full scale, gain 1
  std::vector<GainFactor> gain;

  RegisterField flip, mirror;  // any bit set
  WriteGroup group;
};

// Throws std::invalid_argument, naming the key and what it may be.
std::shared_ptr<const ChipDescription> parse_chip(const nlohmann::json& json);

// The chips that come with the model; null when there is none of that name.
std::shared_ptr<const ChipDescription> find_chip(const std::string& name);

// Text of a file of model/sensor/chips (generated).
struct ChipText {
  const char* name;
  const char* about;
  const char* json;
};
extern const ChipText kChipTexts[];
extern const unsigned kChipTextCount;

}  // namespace t31::model
