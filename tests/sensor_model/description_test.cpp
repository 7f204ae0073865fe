// SPDX-License-Identifier: GPL-2.0-or-later
// JSON descriptions: defaults, and what is refused with which words.
#include "model/sensor/description.hpp"

#include <stdexcept>

#include "probe.hpp"

namespace t31::model::testing {
namespace {

std::string complaint(const std::string& json) {
  try {
    make_sensor(json);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

TEST(Description, EmptyObjectIsAnSc2336BeforeAColorCheckerAt5000Kelvin) {
  const SensorDescription description = parse_description("{}");
  EXPECT_EQ(description.sensor, "sc2336");
  EXPECT_EQ(description.scene.type, "colorchecker");
  EXPECT_EQ(description.lighting.illuminant, (Illuminant{5000, 1, 1}));
  EXPECT_TRUE(description.noise);
  EXPECT_TRUE(description.shading);
  EXPECT_FALSE(description.identity_response);
}

TEST(Description, IdentityResponseHasNoShadingUnlessAskedFor) {
  EXPECT_FALSE(parse_description(R"({"response":"identity"})").shading);
  EXPECT_TRUE(parse_description(R"({"response":"identity","shading":true})").shading);
  EXPECT_FALSE(parse_description(R"({"shading":false})").shading);
}

TEST(Description, TakesEveryKeyOfTheReplaySensor) {
  const SensorDescription description = parse_description(
      R"({"sensor":"replay","simulate_gain":true,"raw":{"file":"x.raw","width":2592,"height":1536,)"
      R"("order":"GrBg","bits":8,"black":12.5}})");
  ASSERT_TRUE(description.raw.has_value());
  EXPECT_EQ(description.raw->width, 2592U);
  EXPECT_EQ(description.raw->height, 1536U);
  EXPECT_EQ(description.raw->order, BayerOrder::kGrbg);
  EXPECT_DOUBLE_EQ(description.raw->black, 12.5);
  EXPECT_TRUE(description.simulate_gain);
}

TEST(Description, RefusalsNameTheKeyAndWhatItMayBe) {
  struct {
    const char* json;
    const char* words;
  } const cases[] = {
      {"", "not JSON"},
      {"{", "not JSON"},
      {"[]", "must be a JSON object"},
      {"null", "must be a JSON object"},
      {R"({"sensr":"sc2336"})", "unknown key \"sensr\""},
      {R"({"sensor":"gc9999"})", "one of sc2336, jxf37, replay"},
      {R"({"sensor":7})", "must be a string"},
      {R"({"scene":"flat"})", "scene: must be a JSON object"},
      {R"({"scene":{"type":"mars"}})", "one of colorchecker"},
      {R"({"scene":{"type":"flat","colour":1}})", "unknown key \"colour\""},
      {R"({"scene":{"type":"flat","level":-1}})", "a number from 0"},
      {R"({"scene":{"type":"flat","level":"x"}})", "a number from 0"},
      {R"({"scene":{"type":"moving","level":1}})", "only a flat scene"},
      {R"({"scene":{"type":"flat","density":1}})", "only haze"},
      {R"({"scene":{"type":"haze","density":9}})", "a number from 0"},
      {R"({"scene":{"type":"haze","file":"/nowhere/x.png"}})", "no such file"},
      {R"({"scene":{"type":"image"}})", "\"file\""},
      {R"({"scene":{"type":"image","file":"/nowhere/x.png"}})", "no such file"},
      {R"({"scene":{"type":"flat","file":"x.png"}})", "only for it"},
      {R"({"light":100})", "2500"},
      {R"({"light":1e999})", "not JSON"},
      {R"({"light":"warm"})", "2500"},
      {R"({"latency":4})", "2 to 3"},
      {R"({"lighting":{"changes":{}}})", "a list"},
      {R"({"lighting":{"changes":[{"level":2}]}})", "\"frame\""},
      {R"({"lighting":{"changes":[{"frame":9,"over":5},{"frame":13}]}})", "after the change"},
      {R"({"lighting":{"changes":[{"frame":9,"level":-1}]}})", "a number from 0"},
      {R"({"lighting":{"depth":2}})", "a number from 0"},
      {R"({"lighting":{"flicker":"50"}})", "a number from 0"},
      {R"({"response":"vivid"})", "identity"},
      {R"({"noise":1})", "true or false"},
      {R"({"seed":-1})", "0 or more"},
      {R"({"seed":1.5})", "0 or more"},
      {R"({"raw":{}})", "only for it"},
      {R"({"sensor":"replay"})", "\"raw\""},
      {R"({"sensor":"replay","scene":{},"raw":{}})", "\"scene\""},
      {R"({"sensor":"replay","raw":{}})", "the name of a raw file"},
      {R"({"sensor":"replay","raw":{"file":"x"}})", "\"width\" must be given"},
      {R"({"sensor":"replay","raw":{"file":"x","width":99}})", "even"},
      {R"({"sensor":"replay","raw":{"file":"x","width":5000}})", "16 to 2592"},
      {R"({"sensor":"replay","raw":{"file":"x","width":64,"height":-2}})", "16 to 1944"},
      {R"({"sensor":"replay","raw":{"file":"x","width":64,"height":64}})", "rggb"},
      {R"({"sensor":"replay","raw":{"file":"x","width":64,"height":64,"order":"rgb"}})", "rggb"},
      {R"({"sensor":"replay","raw":{"file":"x","width":64,"height":64,"order":"rggb","bits":9}})",
       "8, 10"},
      {R"({"sensor":"replay","raw":{"file":"x","width":64,"height":64,"order":"rggb","black":255}})",
       "0 to 254"},
      {R"({"sensor":"replay","raw":{"file":"/nowhere/x","width":64,"height":64,"order":"rggb"}})",
       "can't be opened"},
  };
  for (const auto& c : cases) {
    const std::string said = complaint(c.json);
    EXPECT_NE(said.find(c.words), std::string::npos) << c.json << "\n  said: " << said;
  }
}

TEST(Description, LongAndStrangeValuesAreNotRepeatedWhole) {
  const std::string said = complaint(R"({"sensor":")" + std::string(10000, 'x') + "\xff\"}");
  EXPECT_FALSE(said.empty());
  EXPECT_LT(said.size(), 300U);
}

TEST(Description, EveryListedSensorAndSceneHasALine) {
  EXPECT_EQ(sensor_names().size(), 3U);
  EXPECT_EQ(scene_names().size(), 7U);
  for (const auto& list : {sensor_names(), scene_names()}) {
    for (const NamedChoice& choice : list) {
      EXPECT_FALSE(choice.description.empty()) << choice.name;
      EXPECT_EQ(choice.description.find('\n'), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace t31::model::testing
