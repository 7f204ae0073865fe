// SPDX-License-Identifier: GPL-2.0-or-later
// Every rule finds what it is for, by name, and good files pass.
#include "t31tune/lint.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "driver/tuning/neutral.hpp"
#include "tests/tune/tool.hpp"

namespace t31::test {
namespace {

using tune::BankChoice;
using tune::Severity;
using tuning::Parameter;

// With a header that fits the contents.
std::vector<tune::Finding> lint_of(const tune::Document& document) {
  Tool tool;
  tune::Document copy = document;
  copy.save(tool.path("copy.bin"));
  return tune::lint(copy);
}

tune::Document neutral() {
  std::vector<std::uint8_t> bytes(tuning::kFileBytes);
  tuning::build_file(bytes, {.black_level = 64});
  return tune::Document(std::move(bytes));
}

TEST(Lint, TheNeutralFileIsClean) {
  EXPECT_TRUE(tune::lint(neutral()).empty());
}

TEST(Lint, PublishedFilesHaveNoErrors) {
  const char* variable = std::getenv("T31_SHARED");
  const auto folder =
      std::filesystem::path(variable != nullptr ? variable : T31_SHARED_DIR) / "data" / "tuning";
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) GTEST_SKIP() << "no shared tuning files";
  unsigned files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".bin") continue;
    ++files;
    for (const tune::Finding& finding : tune::lint(tune::Document::load(entry.path()))) {
      EXPECT_EQ(finding.severity, Severity::kWarning)
          << entry.path() << " " << finding.where << ": " << finding.problem;
    }
  }
  EXPECT_GE(files, 9u);
}

struct Damage {
  const char* name;
  Parameter parameter;
  std::uint32_t index, value;
  const char* text;  // of the problem
  Severity severity = Severity::kError;
};

class Damaged : public testing::TestWithParam<Damage> {};

TEST_P(Damaged, IsFoundByName) {
  const Damage& damage = GetParam();
  tune::Document document = neutral();
  document.writer(BankChoice::kNight).set(damage.parameter, damage.index, damage.value);
  const auto& entry = tools::all_parameters()[static_cast<std::size_t>(damage.parameter)];
  bool found = false;
  for (const tune::Finding& finding : lint_of(document)) {
    if (finding.where != std::string("night ") + entry.name) continue;
    found |= finding.severity == damage.severity &&
             finding.problem.find(damage.text) != std::string::npos;
  }
  EXPECT_TRUE(found) << entry.name << ": " << damage.text;
  // The day bank is as it was.
  for (const tune::Finding& finding : lint_of(document)) {
    EXPECT_NE(finding.where.rfind("day", 0), 0u) << finding.where;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rules, Damaged,
    testing::Values(
        Damage{"NotANumber", Parameter::kDefogEvList, 3, 0x7fc00000, "pattern of no number"},
        Damage{"AllOnes", Parameter::kYSpUuThresArray, 0, 0xffffffff, "no number"},
        Damage{"Float", Parameter::kYdnsEdgeOutArray, 0, 0x3f800000, "floating-point number 1"},
        Damage{"Bypass", Parameter::kTopBypass, 20, 7, "word 20 is 7"},
        Damage{"NoDemosaic", Parameter::kTopBypass, 8, 1, "no picture"},
        Damage{"FractionBits", Parameter::kAePointpos, 0, 12, "12 fraction bits"},
        Damage{"Grid", Parameter::kAwbAwbParameter, 1, 8, "15x8 zones"},
        Damage{"DarkOverBright", Parameter::kAeParameter, 34, 240, "dark < bright"},
        Damage{"EvList", Parameter::kAeEvList, 4, 100, "element 4 is 100 after 2400",
               Severity::kWarning},
        Damage{"ZeroTarget", Parameter::kAeAtList, 9, 0, "element 9 is 0"},
        Damage{"RisingTarget", Parameter::kAeAtList, 9, 200, "rise", Severity::kWarning},
        Damage{"Limits", Parameter::kAeSwitchNightMode, 1, 100, "at most 100 and at least 1024"},
        Damage{"Tolerance", Parameter::kAeStableTol, 0, 1000, "isn't within"},
        Damage{"Mains", Parameter::kAeFlickerT, 0, 55, "50 or 60", Severity::kWarning},
        Damage{"Knots", Parameter::kAwbRgPos, 5, 100, "must ascend"},
        Damage{"KnotRange", Parameter::kAwbBgPos, 14, 900, "reach 511"},
        Damage{"ColourWeight", Parameter::kAwbRgbgWeight, 17, 300, "256 is certain"},
        Damage{"Mired", Parameter::kAwbColorTempMesh, 100, 0, "0 mired"},
        Damage{"StaticGain", Parameter::kAwbStatic, 1, 0, "gain of blue is 0"},
        Damage{"Window", Parameter::kAwbAwbParameter, 34, 4095 + 5, "is above"},
        Damage{"LightSources", Parameter::kAwbLightSrcNum, 0, 10, "9 at most"},
        Damage{"BlackLevel", Parameter::kGibDeirmBlcGbLinear, 8, 3000, "at gain 256"},
        Damage{"GammaRange", Parameter::kGammaRgbLutSaddr, 64, 5000, "4095 at most"},
        Damage{"GammaFalls", Parameter::kGammaRgbLutSaddr, 64, 2000, "falls", Severity::kWarning},
        Damage{"MatrixSum", Parameter::kBcshCcmmatrixD, 0, 900, "row 0 sums to 900",
               Severity::kWarning},
        Damage{"MatrixBits", Parameter::kBcshCcmmatrixA, 4, 20000, "14 bits"},
        Damage{"FieldWidth", Parameter::kDmscHvThres1Array, 2, 70000, "its field has",
               Severity::kWarning},
        Damage{"TemporalDenoiseWidth", Parameter::kMdnsYSadAveThresArray, 3, 1 << 20,
               "element 3 is 1048576: its field has", Severity::kWarning},
        Damage{"FusionWidth", Parameter::kWdrThrlableArray, 5, 4096,
               "element 5 is 4096: its field has 12 bits and shows 0", Severity::kWarning},
        Damage{"FocusWidth", Parameter::kAfFir0Ldg, 7, 256,
               "element 7 is 256: its field has 8 bits and shows 0", Severity::kWarning},
        Damage{"Clip", Parameter::kBcshClip0, 0, 1024, "is above"}),
    [](const testing::TestParamInfo<Damage>& info) { return info.param.name; });

TEST(Lint, AMeshThatDoesntFitItsMemoryIsFound) {
  tune::Document document = neutral();
  auto day = document.writer(BankChoice::kDay);
  day.set(Parameter::kTopBypass, tune::kBypassShading, 0);
  auto findings = lint_of(document);
  // The neutral mesh is 2046 words in rows of 63.
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings[0].where, "day lsc_lut_num");
  day.set(Parameter::kLscLutNum, 0, 1953);
  day.set(Parameter::kLscDLinear, 7, 0);
  findings = lint_of(document);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].where, "day lsc_d_linear");
}

// Blocks that the neutral file has off.
struct OffBlock {
  const char* name;
  unsigned bypass;
  Parameter parameter;
  std::uint32_t index, value;
  const char* text;
};
class DamagedWidth : public testing::TestWithParam<OffBlock> {};

TEST_P(DamagedWidth, IsFoundWhereItsBlockIsOnAndOnlyThere) {
  const OffBlock& block = GetParam();
  tune::Document document = neutral();
  auto day = document.writer(BankChoice::kDay);
  const auto found = [&] {
    unsigned count = 0;
    for (const tune::Finding& finding : lint_of(document)) {
      count +=
          finding.where.starts_with("day ") && finding.problem.find(block.text) != std::string::npos
              ? 1
              : 0;
    }
    return count;
  };
  day.set(Parameter::kTopBypass, block.bypass, 0);
  EXPECT_EQ(found(), 0u);
  day.set(block.parameter, block.index, block.value);
  EXPECT_EQ(found(), 1u);
  day.set(Parameter::kTopBypass, block.bypass, 1);
  EXPECT_EQ(found(), 0u);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, DamagedWidth,
    testing::Values(OffBlock{"ToneMapping", tune::kBypassTone, Parameter::kAdrMapKneepointArray, 12,
                             300, "element 12 is 300: its field has 8 bits and shows 44"},
                    OffBlock{"Haze", tune::kBypassHaze, Parameter::kDefogLcSArray, 5, 32,
                             "element 5 is 32: its field has 5 bits and shows 0"},
                    OffBlock{"HazeMain", tune::kBypassHaze, Parameter::kDefogMainParaArray, 2, 2,
                             "element 2 is 2: its field has 1 bits and shows 0"}),
    [](const testing::TestParamInfo<OffBlock>& info) { return info.param.name; });

TEST(Lint, NoMeteredZoneAndNoWhiteAtAllAreFound) {
  tune::Document document = neutral();
  document.writer(BankChoice::kDay).fill(Parameter::kAeZoneWeight, 0);
  document.writer(BankChoice::kDay).fill(Parameter::kAwbRgbgWeight, 0);
  const auto findings = lint_of(document);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].where, "day ae_zone_weight");
  EXPECT_EQ(findings[1].where, "day awb_rgbg_weight");
}

TEST(Lint, TheProgramTellsGoodFromBadByItsExitStatus) {
  Tool tool;
  const std::string file = tool.path("a.bin");
  neutral().save(file);
  EXPECT_EQ(tool.run("lint " + file).out, "0 errors, 0 warnings\n");
  EXPECT_EQ(tool.run("lint " + file).code, 0);
  tool.run("set " + file + " ae_flicker_t[0]=55");
  EXPECT_EQ(tool.run("lint " + file).code, 0);
  EXPECT_EQ(tool.run("lint --strict " + file).code, 1);
  tool.run("set " + file + " --bank day ae_at_list[0]=0");
  const CommandResult run = tool.run("lint " + file);
  EXPECT_EQ(run.code, 1);
  EXPECT_NE(run.out.find("error: day ae_at_list: element 0 is 0"), std::string::npos) << run.out;
  std::FILE* damaged = std::fopen(file.c_str(), "r+b");
  std::fseek(damaged, 20, SEEK_SET);
  std::fputc(1, damaged);
  std::fclose(damaged);
  EXPECT_NE(tool.run("lint " + file).out.find("error: file: wrong checksum"), std::string::npos);
}

}  // namespace
}  // namespace t31::test
