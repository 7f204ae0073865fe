// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/tuning/bank.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/blocks/golden.hpp"

namespace t31::test {
namespace {

struct Name {
  const char* block;
  const char* name;
};
constexpr Name kNames[] = {
#include "driver/tuning/parameter_names.inc"
};

TEST(ParameterTable, EqualsTheSpecificationsCatalogue) {
  const std::string shared = shared_folder();
  if (shared.empty()) GTEST_SKIP() << "no shared data";
  std::ifstream stream(shared + "/spec/tuning-blob.csv");
  std::string line;
  std::getline(stream, line);
  u32 rows = 0;
  while (std::getline(stream, line)) {
    std::istringstream fields(line);
    std::string offset, bytes, type, count, block, name, id;
    for (std::string* field : {&offset, &bytes, &type, &count, &block, &name, &id}) {
      std::getline(fields, *field, ',');
    }
    if (type == "pad") continue;
    const auto parameter = static_cast<tuning::Parameter>(std::stoul(id));
    const tuning::ParameterInfo& info = tuning::parameter_info(parameter);
    EXPECT_EQ(info.offset, std::stoul(offset)) << name;
    EXPECT_EQ(info.count, std::stoul(count)) << name;
    EXPECT_EQ(tuning::parameter_bytes(parameter), std::stoul(bytes)) << name;
    EXPECT_EQ(kNames[std::stoul(id)].name, name);
    EXPECT_EQ(kNames[std::stoul(id)].block, block);
    ++rows;
  }
  EXPECT_EQ(rows, tuning::kParameterCount);
}

TEST(ParameterTable, GeneratedFilesAreWhatTheScriptMakes) {
  if (shared_folder().empty()) GTEST_SKIP() << "no shared data";
  const std::string command = "python3 " T31_SOURCE_DIR
                              "/scripts/gen_parameters.py --check --spec " +
                              shared_folder() + "/spec";
  EXPECT_EQ(std::system(command.c_str()), 0);
}

TEST(ParameterTable, ArraysTileTheBank) {
  u32 end = 0;
  u32 holes = 0;
  for (const tuning::ParameterInfo& info : tuning::kParameterTable) {
    holes += info.offset - end;
    end = info.offset + info.count * info.element_bytes();
  }
  EXPECT_EQ(end, tuning::kBankBytes);
  EXPECT_EQ(holes, 2u);  // after the colour map's saturation
}

TEST(Bank, ReadsLittleEndianElementsAndExtendsSigns) {
  std::vector<u8> bytes(tuning::kBankBytes, 0);
  tuning::BankWriter writer(bytes.data());
  writer.set(tuning::Parameter::kAeEvList, 3, 0x12345678);
  EXPECT_EQ(bytes[464 + 12], 0x78);
  EXPECT_EQ(writer.bank().get(tuning::Parameter::kAeEvList, 3), 0x12345678u);
  writer.set(tuning::Parameter::kBcshMmatrix, 3, static_cast<u32>(-11055));
  EXPECT_EQ(writer.bank().get_signed(tuning::Parameter::kBcshMmatrix, 3), -11055);
  writer.set(tuning::Parameter::kGammaRgbLutSaddr, 128, 4095);
  EXPECT_EQ(bytes[10308 + 256] | bytes[10308 + 257] << 8, 4095);
}

TEST(Bank, ElementsThatDoNotExistReadAsZeroAndAreNotWritten) {
  std::vector<u8> bytes(tuning::kBankBytes, 0xff);
  tuning::BankWriter writer(bytes.data());
  writer.set(tuning::Parameter::kGammaRgbLutSaddr, 129, 0);
  EXPECT_EQ(bytes[10308 + 258], 0xff);
  EXPECT_EQ(writer.bank().get(tuning::Parameter::kGammaRgbLutSaddr, 129), 0u);
  EXPECT_EQ(tuning::Bank().get(tuning::Parameter::kTopBypass, 0), 0u);
}

}  // namespace
}  // namespace t31::test
