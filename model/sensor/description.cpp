// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/sensor/description.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

#include "model/sensor/json_object.hpp"

namespace t31::model {
namespace {

std::string joined(const std::vector<NamedChoice>& choices) {
  std::string names;
  for (const NamedChoice& choice : choices) {
    names += (names.empty() ? "" : ", ") + choice.name;
  }
  return names;
}

bool among(const std::vector<NamedChoice>& choices, const std::string& name) {
  return std::any_of(choices.begin(), choices.end(),
                     [&name](const NamedChoice& choice) { return choice.name == name; });
}

SceneDescription parse_scene(const Json& json) {
  const Object object(json, "scene", {"type", "file", "level", "density"});
  SceneDescription scene;
  object.text("type", scene.type);
  object.require(among(scene_names(), scene.type), "type", "one of " + joined(scene_names()));
  object.require(scene.type == "flat" || !object.has("level"), "level",
                 "absent: only a flat scene has one");
  constexpr double kBrightest = 8;  // and densest
  object.number("level", scene.level, 0, kBrightest);
  const bool hazy = scene.type == "haze";
  object.require(hazy || !object.has("density"), "density", "absent: only haze has one");
  object.number("density", scene.density, 0, kBrightest);
  std::string file;
  object.text("file", file);
  object.require(hazy || (scene.type == "image") == !file.empty(), "file",
                 "given for the scene \"image\", perhaps for \"haze\", and only for it");
  scene.file = file;
  return scene;
}

BayerOrder parse_order(const Object& object) {
  static constexpr std::array<std::string_view, 4> kNames{"rggb", "bggr", "grbg", "gbrg"};
  std::string order;
  object.text("order", order);
  std::transform(order.begin(), order.end(), order.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const auto found = std::find(kNames.begin(), kNames.end(), order);
  object.require(found != kNames.end(), "order", "rggb, bggr, grbg or gbrg");
  return static_cast<BayerOrder>(found - kNames.begin());
}

RawDescription parse_raw(const Json& json) {
  constexpr std::uint32_t kSmallest = 16, kWidest = 2592, kHighest = 1944;
  const Object object(json, "raw", {"file", "width", "height", "order", "bits", "black"});
  RawDescription raw;
  std::string file;
  object.text("file", file);
  object.require(!file.empty(), "file", "the name of a raw file");
  raw.file = file;
  object.count("width", raw.width, kSmallest, kWidest);
  object.count("height", raw.height, kSmallest, kHighest);
  object.require(raw.width != 0 && raw.width % 2 == 0, "width", "given, and even");
  object.require(raw.height != 0 && raw.height % 2 == 0, "height", "given, and even");
  raw.order = parse_order(object);
  object.count("bits", raw.bits, 8, 12);
  object.require(raw.bits % 2 == 0, "bits", "8, 10 or 12");
  object.number("black", raw.black, 0, (1U << raw.bits) - 2);
  return raw;
}

// "light" of the camera or of a change: a temperature or a lamp's name.
void parse_light(const Object& object, Illuminant& illuminant) {
  if (object.has("light") && object.at("light").is_string()) {
    std::string name;
    object.text("light", name);
    const std::optional<Illuminant> lamp = find_illuminant(name);
    object.require(lamp.has_value(), "light", "a number from 2500 to 8500, or \"fluorescent\"");
    illuminant = *lamp;
  } else if (object.has("light")) {
    illuminant = Illuminant{};
    object.number("light", illuminant.kelvin, kLowestLight, kHighestLight);
  }
}

LightChange parse_change(const Json& json, const LightChange& before) {
  constexpr std::uint32_t kMostFrames = 1'000'000;
  constexpr double kBrightest = 65536;
  const Object object(json, "change", {"frame", "over", "level", "light"});
  std::uint32_t frame = 0, over = 0;
  object.require(object.has("frame"), "frame", "given");
  object.count("frame", frame, 0, kMostFrames);
  object.require(frame >= before.frame + before.over, "frame", "after the change before it");
  object.count("over", over, 0, kMostFrames);
  LightChange change{frame, over, before.level, before.illuminant};
  object.number("level", change.level, 0, kBrightest);
  parse_light(object, change.illuminant);
  return change;
}

void parse_lighting(const Json& json, Lighting& lighting) {
  constexpr double kFastest = 1000;  // hertz
  constexpr double kMostNoise = 0.5;
  const Object object(json, "lighting", {"changes", "flicker", "depth", "tint_noise"});
  if (object.has("changes")) {
    object.require(object.at("changes").is_array(), "changes", "a list");
    LightChange last{.illuminant = lighting.illuminant};
    for (const Json& change : object.at("changes")) {
      last = parse_change(change, last);
      lighting.changes.push_back(last);
    }
  }
  object.number("flicker", lighting.flicker_hertz, 0, kFastest);
  object.number("depth", lighting.flicker_depth, 0, 1);
  object.number("tint_noise", lighting.tint_noise, 0, kMostNoise);
}

void parse_response(const Object& object, SensorDescription& description) {
  std::string response = "default";
  object.text("response", response);
  object.require(response == "default" || response == "identity", "response",
                 "\"default\" or \"identity\"");
  description.identity_response = response == "identity";
  description.shading = !description.identity_response;
  object.boolean("shading", description.shading);
}

Json parse_json(const std::string& text) {
  try {
    return Json::parse(text);
  } catch (const Json::exception& error) {
    refuse("sensor description is not JSON: " + shortened(error.what()));
  }
}

}  // namespace

SensorDescription parse_description(const std::string& text) {
  const Json json = parse_json(text);
  const Object object(json, "sensor description",
                      {"sensor", "scene", "light", "lighting", "response", "noise", "seed",
                       "shading", "raw", "simulate_gain", "latency", "chip", "port"});
  SensorDescription description;
  object.text("sensor", description.sensor);
  if (object.has("chip")) {
    object.require(!object.has("sensor"), "sensor", "absent: the chip is described");
    description.chip = parse_chip(object.at("chip"));
    description.sensor = description.chip->name;
  } else if (description.sensor != "sc2336" && description.sensor != "jxf37") {
    description.chip = find_chip(description.sensor);  // those two have models of their own
  }
  object.require(description.chip || among(sensor_names(), description.sensor), "sensor",
                 "one of " + joined(sensor_names()));
  const bool replay = description.sensor == "replay";
  object.require(replay == object.has("raw"), "raw",
                 "given for the sensor \"replay\", and only for it");
  object.require(!replay || !object.has("scene"), "scene",
                 "absent for the sensor \"replay\": its file is the scene");
  if (replay) {
    description.raw = parse_raw(object.at("raw"));
  }
  if (object.has("scene")) {
    description.scene = parse_scene(object.at("scene"));
  }
  parse_light(object, description.lighting.illuminant);
  if (object.has("lighting")) parse_lighting(object.at("lighting"), description.lighting);
  parse_response(object, description);
  object.boolean("noise", description.noise);
  if (object.has("seed")) {
    object.require(object.at("seed").is_number_unsigned(), "seed", "a whole number, 0 or more");
    description.seed = object.at("seed").get<std::uint64_t>();
  }
  if (object.has("port")) description.port = parse_wiring(object.at("port"));
  object.boolean("simulate_gain", description.simulate_gain);
  object.count("latency", description.latency, 2, 3);
  return description;
}

namespace {

std::unique_ptr<Sensor> make_on_mipi(const SensorDescription& description) {
  if (description.chip) return make_described(description);
  if (description.sensor == "replay") return make_replay(description);
  if (description.sensor == "jxf37") return make_jxf37(description);
  return make_sc2336(description);
}

BayerOrder order_of(const SensorDescription& description) {
  if (description.raw) return description.raw->order;
  return description.chip ? description.chip->order : BayerOrder::kBggr;
}

}  // namespace

std::unique_ptr<Sensor> make_sensor(const std::string& json) {
  SensorDescription description = parse_description(json);
  if (description.chip && description.chip->streams_on_port && description.port &&
      description.port->bus != DataBus::kMipi) {
    auto chip = std::make_shared<ChipDescription>(*description.chip);
    chip->stream = {};
    description.chip = std::move(chip);
  }
  std::unique_ptr<Sensor> sensor = make_on_mipi(description);
  if (!description.port) return sensor;
  return make_wired(std::move(sensor), *description.port, order_of(description));
}

}  // namespace t31::model
