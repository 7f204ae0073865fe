// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/sensor/description.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

namespace t31::model {
namespace {

using Json = nlohmann::json;

// Foreign text as it may stand in a message.
std::string shortened(const std::string& text) {
  constexpr std::size_t kMost = 120;
  return text.size() > kMost ? text.substr(0, kMost) + "..." : text;
}

[[noreturn]] void refuse(const std::string& message) {
  throw std::invalid_argument(message);
}

// A JSON object whose keys are taken out one by one; what is not known to it is refused.
class Object {
 public:
  Object(const Json& json, std::string name, std::initializer_list<std::string_view> keys)
      : json_(json), name_(std::move(name)) {
    if (!json.is_object()) {
      refuse(name_ + ": must be a JSON object");
    }
    for (const auto& item : json.items()) {
      if (std::find(keys.begin(), keys.end(), item.key()) == keys.end()) {
        std::string known;
        for (const std::string_view key : keys) {
          known += (known.empty() ? "" : ", ") + std::string(key);
        }
        refuse(name_ + ": unknown key \"" + shortened(item.key()) + "\"; known are " + known);
      }
    }
  }

  bool has(const char* key) const { return json_.contains(key); }
  const Json& at(const char* key) const { return json_.at(key); }

  void boolean(const char* key, bool& value) const {
    if (has(key)) {
      require(at(key).is_boolean(), key, "true or false");
      value = at(key).get<bool>();
    }
  }

  void text(const char* key, std::string& value) const {
    if (has(key)) {
      require(at(key).is_string(), key, "a string");
      value = at(key).get<std::string>();
    }
  }

  void number(const char* key, double& value, double low, double high) const {
    if (has(key)) {
      const double got = at(key).is_number() ? at(key).get<double>() : high + 1;
      require(got >= low && got <= high, key,
              "a number from " + Json(low).dump() + " to " + Json(high).dump());
      value = got;
    }
  }

  void count(const char* key, std::uint32_t& value, std::uint32_t low, std::uint32_t high) const {
    if (has(key)) {
      const std::uint64_t got =
          at(key).is_number_unsigned() ? at(key).get<std::uint64_t>() : high + 1ULL;
      require(got >= low && got <= high, key,
              "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
      value = static_cast<std::uint32_t>(got);
    }
  }

  void require(bool fits, const char* key, const std::string& wanted) const {
    if (!fits) {
      refuse(name_ + ": \"" + key + "\" must be " + wanted +
             (has(key) ? ", not " +
                             shortened(at(key).dump(-1, ' ', true, Json::error_handler_t::replace))
                       : ""));
    }
  }

 private:
  const Json& json_;
  std::string name_;
};

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
                       "shading", "raw", "simulate_gain", "latency"});
  SensorDescription description;
  object.text("sensor", description.sensor);
  object.require(among(sensor_names(), description.sensor), "sensor",
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
  object.boolean("simulate_gain", description.simulate_gain);
  object.count("latency", description.latency, 2, 3);
  return description;
}

std::unique_ptr<Sensor> make_sensor(const std::string& json) {
  const SensorDescription description = parse_description(json);
  if (description.sensor == "replay") return make_replay(description);
  if (description.sensor == "jxf37") return make_jxf37(description);
  return make_sc2336(description);
}

}  // namespace t31::model
