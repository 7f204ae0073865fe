// SPDX-License-Identifier: GPL-2.0-or-later
// What the SDK's drivers send for an exposure or a gain, as it was recorded
// (sensor-event-writes.csv), acts on the pictures of all described chips: of those that listen to
// INT_TIME and AGAIN, and of those that listen to EXPO.
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "model/sensor/chip_description.hpp"
#include "tests/sensor_model/probe.hpp"

namespace t31::model::testing {
namespace {

constexpr double kLines = 0x123, kMoreLines = 0x456;  // of the recorded run

struct Chip {
  const char* name;
  // Registers of 1x, and of 0x456 lines where the run has no second exposure (sensor-abi 5.2).
  const char* plain_gain;
  const char* more_lines;
  double gain = 4;  // of the recorded run's code; gain-codes.csv
};

// Writes and reads of one event; "" when the driver does nothing about it.
using Traffic = std::map<std::string, std::string>;

Traffic recorded(const std::string& name) {
  std::ifstream file(shared_file("spec/sensor-event-writes.csv"));
  Traffic traffic;
  for (std::string line; std::getline(file, line);) {
    std::istringstream cells(line);
    std::string sensor, event, argument, result, syncs, text;
    std::getline(cells, sensor, ',');
    std::getline(cells, event, ',');
    std::getline(cells, argument, ',');
    std::getline(cells, result, ',');
    std::getline(cells, syncs, ',');
    std::getline(cells, text, ',');
    if (sensor != name) continue;
    if (!text.empty() && text.back() == '\r') text.pop_back();
    if (event == "EXPO") event += argument.substr(argument.size() - 3);
    traffic[event] = text;
  }
  return traffic;
}

class RecordedExposure : public ::testing::TestWithParam<Chip> {
 protected:
  void SetUp() override {
    traffic_ = recorded(GetParam().name);
    if (traffic_.empty()) GTEST_SKIP() << "no sensor-event-writes.csv";
    nlohmann::json chip;
    for (unsigned i = 0; i < kChipTextCount; ++i) {
      if (std::string(GetParam().name) == kChipTexts[i].name) {
        chip = nlohmann::json::parse(kChipTexts[i].json);
      }
    }
    black_ = chip["picture"].value("black", 0.0);
    sensor_ = powered(nlohmann::json{{"chip", chip},
                                     {"noise", false},
                                     {"shading", false},
                                     {"scene", {{"type", "flat"}, {"level", 0.1}}}}
                          .dump());
  }

  // "3e00=01 r3109(00)": the writes of it.
  void send(const std::string& text) {
    std::istringstream words(text);
    for (std::string word; words >> word;) {
      const std::size_t equals = word.find('=');
      if (equals == std::string::npos) continue;
      std::vector<std::uint8_t> bytes;
      for (std::size_t i = 0; i < equals; i += 2) bytes.push_back(byte(word.substr(i, 2)));
      bytes.push_back(byte(word.substr(equals + 1, 2)));
      ASSERT_TRUE(sensor_->i2c_write(bytes)) << word;
    }
  }
  double level() {
    const BayerFrame frame = take(*sensor_, 0);
    double sum = 0;
    for (const std::uint16_t code : frame.codes) sum += code - black_;
    return sum / static_cast<double>(frame.codes.size());
  }

  Traffic traffic_;
  double black_ = 0;
  std::unique_ptr<Sensor> sensor_;

 private:
  static std::uint8_t byte(const std::string& digits) {
    return static_cast<std::uint8_t>(std::stoul(digits, nullptr, 16));
  }
};

TEST_P(RecordedExposure, ActsOnThePictureByTheFamilyOfEventsThatTheDriverListensTo) {
  const bool family = !traffic_["EXPO123"].empty();
  EXPECT_NE(family, !traffic_["INT_TIME"].empty()) << "one family, not both and not none";
  EXPECT_EQ(traffic_["INT_TIME"].empty(), traffic_["AGAIN"].empty());
  EXPECT_EQ(family, GetParam().more_lines == nullptr);
  send(family ? traffic_["EXPO123"] : traffic_["INT_TIME"]);
  send(traffic_["AGAIN"]);
  const double before = level();
  ASSERT_GT(before, 1);
  send(family ? traffic_["EXPO456"] : GetParam().more_lines);
  const double after = level();
  EXPECT_NEAR(after / before, kMoreLines / kLines, 0.02 * kMoreLines / kLines);
  send(GetParam().plain_gain);
  EXPECT_NEAR(after / level(), GetParam().gain, 0.03 * GetParam().gain);
}

INSTANTIATE_TEST_SUITE_P(
    Chips, RecordedExposure,
    ::testing::Values(Chip{"sc2336", "3e09=00 3e07=80", nullptr},
                      Chip{"sc3335", "3e09=40 3e08=03", nullptr},
                      Chip{"sc4336", "3e09=00 3e07=80", nullptr},
                      Chip{"gc2053", "fe=00 b4=00 b3=00 b8=01 b9=00", nullptr, 3.17183},
                      Chip{"gc4653", "02b3=00 02b4=00 02b8=01 02b9=00", "0203=56 0202=04"},
                      Chip{"os02k10", "3508=01 3509=00", "3502=56 3501=04"},
                      Chip{"jxf23", "00=00", "01=56 02=04"}, Chip{"jxf37", "00=00", nullptr},
                      // Shutter: frame of 0x465 lines less 0x456 and 2.
                      Chip{"imx307", "3014=00", "3020=0d 3021=00 3022=00"}),
    [](const auto& info) { return info.param.name; });

TEST(RecordedExposureOfAll, NoDescribedChipIsLeftOut) {
  const std::set<std::string> tested = {"sc2336",  "sc3335", "sc4336", "gc2053", "gc4653",
                                        "os02k10", "jxf23",  "jxf37",  "imx307"};
  std::set<std::string> described;
  for (unsigned i = 0; i < kChipTextCount; ++i) described.insert(kChipTexts[i].name);
  EXPECT_EQ(described, tested);
}

}  // namespace
}  // namespace t31::model::testing
