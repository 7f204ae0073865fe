// SPDX-License-Identifier: GPL-2.0-or-later
// json_object.hpp - reading descriptions: what is not known, missing or out of range is refused
// with a message for people.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace t31::model {

using Json = nlohmann::json;

// Foreign text as it may stand in a message.
inline std::string shortened(const std::string& text) {
  constexpr std::size_t kMost = 120;
  return text.size() > kMost ? text.substr(0, kMost) + "..." : text;
}

[[noreturn]] inline void refuse(const std::string& message) {
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

}  // namespace t31::model
