// SPDX-License-Identifier: GPL-2.0-or-later
// Parameter arrays through /dev/tisp (user-abi 3.5), one by one and in groups.
#include <gtest/gtest.h>

#include <cerrno>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/controls/tuned_camera.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kIsp = 0x13300000;

// A different pattern for every array and byte.
std::vector<std::uint8_t> pattern(const ArrayRow& row) {
  std::vector<std::uint8_t> bytes(row.bytes);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(row.id * 7 + i * 13 + 1);
  }
  return bytes;
}

struct Parameters : testing::Test {
  void SetUp() override {
    rows = catalogue();
    file = TuningFile::published("sc2336.bin");
    if (rows.empty() || !file.present()) GTEST_SKIP() << "no shared data";
    file.write(camera.root().string() + "/etc/sensor/sc2336-t31.bin");
    ASSERT_EQ(session.open(), 0);
    ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
    ASSERT_EQ(tisp.open(), 0);
  }

  Camera camera;
  Session session;
  Tisp tisp;
  std::vector<ArrayRow> rows;
  TuningFile file;
};

TEST_F(Parameters, EveryArrayReadsAsTheTuningFileHasIt) {
  ASSERT_EQ(rows.size(), T31_TISP_ARRAYS);
  for (const ArrayRow& row : rows) {
    std::vector<std::uint8_t> bytes;
    ASSERT_EQ(tisp.get_array(row.id, bytes), 0) << row.name;
    const auto expected = file.bank(false).subspan(row.offset, row.bytes);
    ASSERT_TRUE(std::equal(bytes.begin(), bytes.end(), expected.begin(), expected.end()))
        << row.name;
  }
}

TEST_F(Parameters, EveryArrayButTheFirstReadsBackAsSet) {
  for (const ArrayRow& row : rows) {
    if (row.id == 0) continue;
    ASSERT_EQ(tisp.set_array(row.id, pattern(row)), 0) << row.name;
  }
  // After all were set: no array lies over another.
  for (const ArrayRow& row : rows) {
    std::vector<std::uint8_t> bytes;
    ASSERT_EQ(tisp.get_array(row.id, bytes), 0) << row.name;
    if (row.id == 0) continue;
    EXPECT_EQ(bytes, pattern(row)) << row.name;
  }
}

TEST_F(Parameters, TheBypassWordsCanOnlyBeRead) {
  std::vector<std::uint8_t> before, after;
  ASSERT_EQ(tisp.get_array(0, before), 0);
  EXPECT_EQ(tisp.set_array(0, std::vector<std::uint8_t>(128, 1)), -EPERM);
  ASSERT_EQ(tisp.get_array(0, after), 0);
  EXPECT_EQ(before, after);
}

TEST_F(Parameters, OtherIdsAndOtherSizesAreRefused) {
  std::vector<std::uint8_t> bytes(168);
  for (std::uint32_t id : {1095u, 2000u, 0x80000000u, 0xffffffffu}) {
    EXPECT_EQ(tisp.get_array(id, bytes), -EINVAL) << id;
    EXPECT_EQ(tisp.set_array(id, std::vector<std::uint8_t>(4)), -EINVAL) << id;
  }
  EXPECT_EQ(tisp.set_array(1, std::vector<std::uint8_t>(167)), -EINVAL);
  EXPECT_EQ(tisp.set_array(1, std::vector<std::uint8_t>(169)), -EINVAL);
  tisp.exchange().id = 1;
  tisp.exchange().size = 0xffffffff;
  EXPECT_EQ(tisp.ioctl(T31_TISP_SET_ARRAY), -EINVAL);
}

TEST_F(Parameters, EveryNameOfTheCatalogueFindsItsArray) {
  for (const ArrayRow& row : rows) {
    std::strncpy(reinterpret_cast<char*>(tisp.exchange().data), row.name.c_str(), T31_TISP_NAME);
    ASSERT_LT(row.name.size(), T31_TISP_NAME);
    ASSERT_EQ(tisp.ioctl(T31_TISP_FIND_ARRAY), 0) << row.name;
    EXPECT_EQ(tisp.exchange().id, row.id) << row.name;
    EXPECT_EQ(tisp.exchange().size, row.bytes) << row.name;
  }
  for (const char* name : {"", "ae_parameters", "AE_PARAMETER"}) {
    std::strncpy(reinterpret_cast<char*>(tisp.exchange().data), name, T31_TISP_NAME);
    EXPECT_EQ(tisp.ioctl(T31_TISP_FIND_ARRAY), -ENOENT) << name;
  }
}

// Groups of user-abi-param-arrays.csv by the number that the ABI gives them.
const std::map<std::string, std::uint32_t> kGroups = {
    {"gb", 1},    {"wdr", 3},   {"dpc", 4},   {"gib", 5},    {"rdns", 6},
    {"adr", 7},   {"dmsc", 8},  {"ccm", 9},   {"gamma", 10}, {"defog", 11},
    {"mdns", 12}, {"ydns", 13}, {"bcsh", 14}, {"clm", 15},   {"sharpen", 16},
    {"sdns", 17}, {"af", 18},   {"hldc", 19}, {"ae", 20},    {"awb", 21}};

struct GroupRow {
  std::uint32_t id, bytes, offset;
};

std::map<std::string, std::vector<GroupRow>> group_table() {
  std::map<std::string, std::vector<GroupRow>> groups;
  std::ifstream stream(shared_path("spec/user-abi-param-arrays.csv"));
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) {
    std::istringstream fields(line);
    std::string block, id, bytes, offset;
    for (std::string* field : {&block, &id, &bytes, &offset}) std::getline(fields, *field, ',');
    if (offset.empty()) continue;
    groups[block].push_back({static_cast<std::uint32_t>(std::stoul(id)),
                             static_cast<std::uint32_t>(std::stoul(bytes)),
                             static_cast<std::uint32_t>(std::stoul(offset))});
  }
  return groups;
}

TEST_F(Parameters, GroupsConcatenateTheirArrays) {
  const auto table = group_table();
  for (const auto& [block, group] : kGroups) {
    ASSERT_TRUE(table.count(block)) << block;
    tisp.exchange().id = group;
    ASSERT_EQ(tisp.ioctl(T31_TISP_GET_GROUP), 0) << block;
    const GroupRow& last = table.at(block).back();
    EXPECT_EQ(tisp.exchange().size, last.offset + last.bytes) << block;
    for (const GroupRow& row : table.at(block)) {
      const auto expected = file.bank(false).subspan(rows[row.id].offset, row.bytes);
      EXPECT_EQ(0, std::memcmp(&tisp.exchange().data[row.offset], expected.data(), row.bytes))
          << block << " " << row.id;
    }
  }
}

TEST_F(Parameters, GroupsReadBackAsSet) {
  for (const auto& [block, group] : kGroups) {
    tisp.exchange().id = group;
    ASSERT_EQ(tisp.ioctl(T31_TISP_GET_GROUP), 0) << block;
    std::vector<std::uint8_t> wanted(tisp.exchange().size);
    for (std::size_t i = 0; i < wanted.size(); ++i)
      wanted[i] = static_cast<std::uint8_t>(i * 5 + 3);
    std::memcpy(tisp.exchange().data, wanted.data(), wanted.size());
    ASSERT_EQ(tisp.ioctl(T31_TISP_SET_GROUP), 0) << block;
    ASSERT_EQ(tisp.ioctl(T31_TISP_GET_GROUP), 0) << block;
    EXPECT_EQ(0, std::memcmp(tisp.exchange().data, wanted.data(), wanted.size())) << block;
  }
}

TEST_F(Parameters, LensShadingTablesAreSetOneByOne) {
  tisp.exchange().id = T31_TISP_LENS_SHADING;
  ASSERT_EQ(tisp.ioctl(T31_TISP_GET_GROUP), 0);
  EXPECT_EQ(tisp.exchange().size, 112u);
  std::vector<std::uint8_t> table(8188, 0x11);
  for (std::uint32_t part = 1; part <= 3; ++part) {
    tisp.exchange().id = T31_TISP_LENS_SHADING;
    tisp.exchange().aux = part;
    std::memset(tisp.exchange().data, static_cast<int>(part), table.size());
    ASSERT_EQ(tisp.ioctl(T31_TISP_SET_GROUP), 0);
  }
  for (std::uint32_t part = 1; part <= 3; ++part) {
    std::vector<std::uint8_t> bytes;
    ASSERT_EQ(tisp.get_array(88 + part, bytes), 0);
    EXPECT_EQ(bytes, std::vector<std::uint8_t>(table.size(), static_cast<std::uint8_t>(part)));
  }
}

TEST_F(Parameters, GroupsThatDoNotExistSucceedWithoutData) {
  for (std::uint32_t group : {22u, 25u, 0xffffffffu}) {
    tisp.exchange().id = group;
    EXPECT_EQ(tisp.ioctl(T31_TISP_GET_GROUP), 0);
    EXPECT_EQ(tisp.exchange().size, 0u);
    EXPECT_EQ(tisp.ioctl(T31_TISP_SET_GROUP), 0);
  }
}

TEST_F(Parameters, TheTopGroupDescribesTheSensor) {
  tisp.exchange().id = T31_TISP_TOP;
  ASSERT_EQ(tisp.ioctl(T31_TISP_GET_GROUP), 0);
  EXPECT_EQ(tisp.exchange().size, 96u);
  const auto* word = reinterpret_cast<const std::uint32_t*>(tisp.exchange().data);
  EXPECT_EQ(word[0], 1920u);
  EXPECT_EQ(word[1], 1080u);
  EXPECT_STREQ(reinterpret_cast<const char*>(tisp.exchange().data + 0x0c), "sc2336");
  EXPECT_EQ(word[0x2c / 4], 25u << 16 | 1);
}

TEST_F(Parameters, VersionsAreTheVendors) {
  ASSERT_EQ(tisp.ioctl(T31_TISP_VERSION), 0);
  EXPECT_STREQ(reinterpret_cast<const char*>(tisp.exchange().data), "V-20221024");
  EXPECT_EQ(tisp.exchange().size, 11u);
  ASSERT_EQ(tisp.ioctl(T31_TISP_LONG_VERSION), 0);
  EXPECT_STREQ(reinterpret_cast<const char*>(tisp.exchange().data), "V-T31-20221024");
  EXPECT_EQ(tisp.exchange().size, 15u);
}

TEST_F(Parameters, OneProgramAtATime) {
  Tisp second;
  EXPECT_EQ(second.open(), -EBUSY);
  ASSERT_EQ(tisp.close(), 0);
  EXPECT_EQ(second.open(), 0);
}

TEST_F(Parameters, OtherCommandsAndBadMemory) {
  EXPECT_EQ(t31_host_ioctl(tisp.descriptor(), 0x20005600, 0), -EINVAL);
  EXPECT_EQ(t31_host_ioctl(tisp.descriptor(), 0x20007433, 0), -EINVAL);  // above 50
  EXPECT_EQ(t31_host_ioctl(tisp.descriptor(), 0x20007402, 0), 0);        // unknown: nothing
  for (std::uint32_t command : {T31_TISP_GET_GROUP, T31_TISP_SET_GROUP, T31_TISP_GET_ARRAY,
                                T31_TISP_SET_ARRAY, T31_TISP_FIND_ARRAY, T31_TISP_VERSION}) {
    EXPECT_EQ(t31_host_ioctl(tisp.descriptor(), command, 0), -EFAULT) << std::hex << command;
    EXPECT_EQ(t31_host_ioctl(tisp.descriptor(), command, 0x1000), -EFAULT) << std::hex << command;
  }
}

TEST_F(Parameters, ExposureAndWhiteBalanceBlocksAreThoseOfTheControls) {
  ASSERT_EQ(session.enable_tuning(), 0);
  auto* word = reinterpret_cast<std::uint32_t*>(tisp.exchange().data);
  word[0] = 1;
  word[1] = 0x200;
  word[2] = 0x180;
  ASSERT_EQ(tisp.ioctl(T31_TISP_SET_WB), 0);
  User<t31_white_balance> balance;
  std::uint32_t value = balance.address();
  ASSERT_EQ(session.control_get(T31_CONTROL_WHITE_BALANCE, value), 0);
  EXPECT_EQ(balance->mode, 1u);
  EXPECT_EQ(balance->rgain, 0x200);
  EXPECT_EQ(balance->bgain, 0x180);
  ASSERT_EQ(tisp.ioctl(T31_TISP_GET_WB), 0);
  EXPECT_EQ(tisp.exchange().size, 28u);
  EXPECT_EQ(word[0], 1u);
  EXPECT_EQ(word[1], 0x200u);
  // Reciprocals of what automatic white balance starts from, whatever the mode is: 412 and 661 in
  // the recorded session with this file (ae-awb-af 4.5).
  EXPECT_EQ(word[5], 159u);
  EXPECT_EQ(word[6], 99u);
  ASSERT_EQ(tisp.ioctl(T31_TISP_GET_AE), 0);
  EXPECT_EQ(tisp.exchange().size, 152u);
}

// What a set array does to the chip.
TEST_F(Parameters, AGammaCurveReachesTheLookUpTable) {
  const ArrayRow& row = rows[60];
  std::vector<std::uint8_t> curve(row.bytes);
  for (std::uint32_t i = 0; i < 129; ++i) {
    const std::uint16_t node = static_cast<std::uint16_t>(i * 31);
    std::memcpy(&curve[2 * i], &node, 2);
  }
  ASSERT_EQ(tisp.set_array(60, curve), 0);
  // Node pairs, 12 bits each (hw-blocks-raw-color 7.3): red's look-up RAM begins at 0x40000.
  for (std::uint32_t i = 0; i < 128; ++i) {
    EXPECT_EQ(t31_host_peek(kIsp + 0x40000 + 4 * i), (i + 1) * 31 << 12 | i * 31) << i;
  }
}

TEST_F(Parameters, StatisticsThresholdsReachTheirRegister) {
  std::vector<std::uint8_t> bytes;
  ASSERT_EQ(tisp.get_array(1, bytes), 0);
  const std::uint32_t dark = 17, bright = 240;
  std::memcpy(&bytes[34 * 4], &dark, 4);
  std::memcpy(&bytes[35 * 4], &bright, 4);
  ASSERT_EQ(tisp.set_array(1, bytes), 0);
  EXPECT_EQ(t31_host_peek(kIsp + 0xa028) & 0xffff, 160u << 8 | 17);  // ae-awb-af 1.4: 2/3 of it
}

TEST_F(Parameters, RegistersOfImageBlocksCanBeReadAndWrittenOthersOnlyRead) {
  const auto access = [&](std::uint32_t address, std::uint32_t value) {
    tisp.exchange().id = T31_TISP_REGISTER;
    std::memcpy(tisp.exchange().data, &address, 4);
    std::memcpy(tisp.exchange().data + 4, &value, 4);
    return tisp.ioctl(T31_TISP_SET_GROUP);
  };
  EXPECT_EQ(access(kIsp + 0x1804, 0x04000123), 0);
  EXPECT_EQ(t31_host_peek(kIsp + 0x1804), 0x04000123u);
  tisp.exchange().id = T31_TISP_REGISTER;
  tisp.exchange().aux = kIsp + 0x1804;
  ASSERT_EQ(tisp.ioctl(T31_TISP_GET_GROUP), 0);
  EXPECT_EQ(tisp.exchange().size, 8u);
  std::uint32_t answer[2];
  std::memcpy(answer, tisp.exchange().data, 8);
  EXPECT_EQ(answer[0], kIsp + 0x1804);
  EXPECT_EQ(answer[1], 0x04000123u);
  // Addresses of pictures and statistics; nothing outside the ISP.
  for (std::uint32_t address : {kIsp + 0x996cu, kIsp + 0x2010u, kIsp + 0xa02cu, kIsp + 0x7820u,
                                kIsp + 0xb4u, kIsp + 0x1805u, 0x10000020u, 0x133e0000u, 0u}) {
    EXPECT_EQ(access(address, 0), -EINVAL) << std::hex << address;
  }
  tisp.exchange().aux = 0x10000020;
  EXPECT_EQ(tisp.ioctl(T31_TISP_GET_GROUP), -EINVAL);
}

TEST(ParametersWithoutSensor, WaitForOne) {
  Camera camera;
  Tisp tisp;
  ASSERT_EQ(tisp.open(), 0);
  std::vector<std::uint8_t> bytes;
  EXPECT_EQ(tisp.get_array(8, bytes), -EPERM);
  const std::vector<std::uint8_t> wanted(40, 0x21);
  EXPECT_EQ(tisp.set_array(8, wanted), 0);
  Session session;
  ASSERT_EQ(session.open(), 0);
  ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
  ASSERT_EQ(tisp.get_array(8, bytes), 0);
  EXPECT_EQ(bytes, wanted);
}

}  // namespace
}  // namespace t31::test
