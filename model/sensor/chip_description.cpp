// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/sensor/chip_description.hpp"

#include <cctype>
#include <cstdlib>
#include <cstring>

#include "model/sensor/json_object.hpp"

namespace t31::model {
namespace {

// A whole number, as such or as text with 0x.
std::uint32_t number_of(const Json& json, const std::string& what, std::uint32_t most) {
  if (json.is_number_unsigned() && json.get<std::uint64_t>() <= most) {
    return json.get<std::uint32_t>();
  }
  if (json.is_string()) {
    const std::string text = json.get<std::string>();
    char* end = nullptr;
    const unsigned long value = std::strtoul(text.c_str(), &end, 0);
    if (!text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) != 0 && *end == '\0' &&
        value <= most) {
      return static_cast<std::uint32_t>(value);
    }
  }
  refuse(what + ": must be a number up to " + std::to_string(most) + ", as 12 or \"0x0c\"");
}

// "0x3e00[3:0]", "0x12[4]", "0x3e01"; with pages "1:0x8c".
RegisterField::Part parse_part(const Json& json, const std::string& what) {
  const std::string wanted =
      what + ": must be registers as \"0x3e01\", \"0x3e00[3:0]\", \"1:0x8c[7]\"";
  if (!json.is_string()) refuse(wanted);
  const std::string text = json.get<std::string>();
  unsigned page = 0, address = 0, high = 7, low = 0;
  int used = 0;
  const char* rest = text.c_str();
  if (std::sscanf(rest, "%u:%n", &page, &used) == 1 && used > 0) rest += used;
  used = 0;
  if (std::sscanf(rest, "%x%n", &address, &used) != 1 || used == 0) refuse(wanted);
  rest += used;
  if (*rest != '\0') {
    used = 0;
    if (std::sscanf(rest, "[%u:%u]%n", &high, &low, &used) != 2 || used == 0) {
      if (std::sscanf(rest, "[%u]%n", &high, &used) != 1 || used == 0) refuse(wanted);
      low = high;
    }
    if (rest[used] != '\0') refuse(wanted);
  }
  if (high > 7 || low > high || page > 255 || address > 0xffff || (page != 0 && address > 255)) {
    refuse(wanted);
  }
  return {static_cast<std::uint16_t>(page << 8 | address), low, high - low + 1};
}

RegisterField parse_field(const Json& json, const std::string& what) {
  constexpr unsigned kMostBits = 32;
  RegisterField field;
  if (json.is_array()) {
    for (const Json& part : json) field.parts.push_back(parse_part(part, what));
  } else {
    field.parts.push_back(parse_part(json, what));
  }
  unsigned bits = 0;
  for (const RegisterField::Part& part : field.parts) bits += part.bits;
  if (bits == 0 || bits > kMostBits) refuse(what + ": must have 1 to 32 bits");
  return field;
}

void read_field(const Object& object, const char* key, RegisterField& field) {
  if (object.has(key)) field = parse_field(object.at(key), key);
}

void read_values(const Object& object, const char* key,
                 std::vector<std::pair<std::uint16_t, std::uint8_t>>& values) {
  if (!object.has(key)) return;
  object.require(object.at(key).is_object(), key, "an object of registers and their values");
  for (const auto& [address, value] : object.at(key).items()) {
    values.emplace_back(parse_part(Json(address), key).address,
                        static_cast<std::uint8_t>(number_of(value, key, 255)));
  }
}

GainFactor parse_factor(const Json& json) {
  const Object object(json, "gain", {"field", "codes", "unit", "octave", "decibels", "doublings"});
  constexpr double kLargest = 65536;
  GainFactor factor;
  object.require(object.has("field"), "field", "given");
  read_field(object, "field", factor.field);
  const int kinds = object.has("codes") + object.has("unit") + object.has("octave") +
                    object.has("decibels") + object.has("doublings");
  object.require(kinds == 1, "unit", "given, or one of codes, octave, decibels, doublings instead");
  if (object.has("codes")) {
    factor.kind = GainFactor::Kind::kCodes;
    object.require(object.at("codes").is_object() && !object.at("codes").empty(), "codes",
                   "an object of codes and gains");
    for (const auto& [code, gain] : object.at("codes").items()) {
      object.require(gain.is_number() && gain > 0, "codes", "codes with gains above 0");
      factor.codes[number_of(Json(code), "codes", 0xffffffff)] = gain.get<double>();
    }
  }
  if (object.has("octave")) factor.kind = GainFactor::Kind::kOctave;
  if (object.has("decibels")) factor.kind = GainFactor::Kind::kDecibels;
  if (object.has("doublings")) factor.kind = GainFactor::Kind::kDoublings;
  object.number("unit", factor.unit, 1, kLargest);
  object.number("octave", factor.unit, 1, kLargest);
  object.number("decibels", factor.unit, 1e-3, 10);
  return factor;
}

void parse_exposure(const Json& json, ChipDescription& chip) {
  const Object object(json, "exposure", {"field", "scale", "back", "margin", "start_clocks"});
  constexpr std::uint32_t kMostLines = 65535;
  read_field(object, "field", chip.exposure);
  object.number("scale", chip.exposure_scale, 1.0 / 64, 64);
  chip.exposure_back = object.has("back");
  object.count("back", chip.exposure_offset, 0, kMostLines);
  object.count("margin", chip.margin, 0, kMostLines);
  object.number("start_clocks", chip.start_clocks, 1, 1e12);
}

void parse_timing(const Json& json, ChipDescription& chip) {
  const Object object(json, "timing",
                      {"clock", "line", "line_scale", "frame", "shortest_line", "shortest_frame"});
  constexpr std::uint32_t kFastest = 2'000'000'000;
  std::uint32_t clock = 0;
  object.require(object.has("clock"), "clock", "given");
  object.count("clock", clock, 1000, kFastest);
  chip.clock = clock;
  read_field(object, "line", chip.line_length);
  read_field(object, "frame", chip.frame_length);
  object.number("line_scale", chip.line_scale, 1.0 / 64, 64);
  object.count("shortest_line", chip.shortest_line, 1, 1'000'000);
  object.count("shortest_frame", chip.shortest_frame, 1, 65535);
}

void parse_picture(const Json& json, ChipDescription& chip) {
  const Object object(
      json, "picture",
      {"width", "height", "order", "bits", "black", "lanes", "mbps", "well", "turns_order"});
  static constexpr const char* kOrders[] = {"rggb", "bggr", "grbg", "gbrg"};
  std::string order = "bggr";
  object.text("order", order);
  const auto* found = std::find(std::begin(kOrders), std::end(kOrders), order);
  object.require(found != std::end(kOrders), "order", "rggb, bggr, grbg or gbrg");
  chip.order = static_cast<BayerOrder>(found - std::begin(kOrders));
  object.count("width", chip.link.width, 16, 4096);
  object.count("height", chip.link.height, 16, 4096);
  object.require(chip.link.width % 2 == 0 && chip.link.width != 0, "width", "given, and even");
  object.require(chip.link.height != 0, "height", "given");
  object.count("bits", chip.link.bits, 8, 12);
  object.require(chip.link.bits % 2 == 0, "bits", "8, 10 or 12");
  object.count("lanes", chip.link.lanes, 1, 4);
  object.count("mbps", chip.link.mbps, 0, 4000);
  chip.physics = {.full_well = 6000,
                  .read_noise = 2.0,
                  .converter_noise = 0.5,
                  .black_level = 16.0 * (1U << (chip.link.bits - 8)),
                  .bits = chip.link.bits};
  object.number("black", chip.physics.black_level, 0, (1U << chip.link.bits) - 2);
  object.number("well", chip.physics.full_well, 100, 1e6);
  object.boolean("turns_order", chip.turns_order);
}

void parse_group(const Json& json, ChipDescription& chip) {
  const Object object(json, "group", {"launch", "first", "pairs"});
  object.require(object.has("launch") && object.has("first"), "launch", "given, and \"first\"");
  read_field(object, "launch", chip.group.launch);
  chip.group.first = parse_part(object.at("first"), "first").address;
  object.count("pairs", chip.group.pairs, 1, 16);
}

}  // namespace

std::shared_ptr<const ChipDescription> parse_chip(const Json& json) {
  const Object object(json, "chip",
                      {"name",
                       "about",
                       "address",
                       "address_bits",
                       "data_bits",
                       "page",
                       "id",
                       "defaults",
                       "stream",
                       "stream_value",
                       "streams_on_port",
                       "reset",
                       "resets_high",
                       "picture",
                       "timing",
                       "exposure",
                       "gain",
                       "flip",
                       "mirror",
                       "group"});
  auto chip = std::make_shared<ChipDescription>();
  for (const char* key : {"name", "address", "picture", "timing"}) {
    object.require(object.has(key), key, "given");
  }
  object.text("name", chip->name);
  object.text("about", chip->about);
  chip->address = static_cast<std::uint8_t>(number_of(object.at("address"), "address", 0x7f));
  unsigned address_bits = 16, data_bits = 8;
  object.count("address_bits", address_bits, 8, 16);
  object.require(address_bits % 8 == 0, "address_bits", "8 or 16");
  object.count("data_bits", data_bits, 8, 16);
  object.require(data_bits % 8 == 0, "data_bits", "8 or 16");
  chip->address_bytes = address_bits / 8;
  chip->data_bytes = data_bits / 8;
  read_field(object, "page", chip->page);
  read_values(object, "id", chip->id);
  read_values(object, "defaults", chip->defaults);
  read_field(object, "stream", chip->stream);
  object.count("stream_value", chip->stream_value, 0, 255);
  object.boolean("streams_on_port", chip->streams_on_port);
  read_field(object, "reset", chip->reset);
  object.boolean("resets_high", chip->resets_high);
  parse_picture(object.at("picture"), *chip);
  parse_timing(object.at("timing"), *chip);
  if (object.has("exposure")) parse_exposure(object.at("exposure"), *chip);
  if (object.has("gain")) {
    object.require(object.at("gain").is_array(), "gain", "a list of factors");
    for (const Json& factor : object.at("gain")) chip->gain.push_back(parse_factor(factor));
  }
  read_field(object, "flip", chip->flip);
  read_field(object, "mirror", chip->mirror);
  if (object.has("group")) parse_group(object.at("group"), *chip);
  return chip;
}

std::shared_ptr<const ChipDescription> find_chip(const std::string& name) {
  for (unsigned i = 0; i < kChipTextCount; ++i) {
    if (name == kChipTexts[i].name) return parse_chip(Json::parse(kChipTexts[i].json));
  }
  return nullptr;
}

}  // namespace t31::model
