// SPDX-License-Identifier: GPL-2.0-or-later
#include <sys/stat.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "fixture.hpp"
#include "tests/temporary_folder.hpp"

namespace t31::test {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  Files() {
    fs::create_directories(folder_ / "root/etc/sensor");
    std::ofstream(folder_ / "root/etc/sensor/tuning.bin") << "inside";
    std::ofstream(folder_ / "outside.bin") << "outside";
    root_ = folder_ / "root";
    t31_host_config config = {};
    config.root = root_.c_str();
    EXPECT_EQ(t31_host_reset(&config), 0);
  }
  ~Files() override { t31_host_shutdown(); }
  std::string path(const char* name) const { return folder_ / name; }

  const TemporaryFolder folder_;
  std::string root_;
};

TEST_F(Files, AreFoundBelowTheRootFirst) {
  EXPECT_EQ(t31_port_file_size("/etc/sensor/tuning.bin"), 6);
  char buffer[16] = {};
  EXPECT_EQ(t31_port_file_read("/etc/sensor/tuning.bin", buffer, sizeof buffer), 6);
  EXPECT_STREQ(buffer, "inside");
  EXPECT_EQ(t31_port_file_read("/etc/sensor/tuning.bin", buffer, 2), 2);
}

TEST_F(Files, AbsolutePathsOutsideTheRootAreFoundToo) {
  char buffer[16] = {};
  EXPECT_EQ(t31_port_file_size(path("outside.bin").c_str()), 7);
  EXPECT_EQ(t31_port_file_read(path("outside.bin").c_str(), buffer, sizeof buffer), 7);
  EXPECT_STREQ(buffer, "outside");
}

TEST_F(Files, MissingFilesAreNotFound) {
  char byte = 0;
  EXPECT_EQ(t31_port_file_size("/etc/sensor/none.bin"), -T31_ENOENT);
  EXPECT_EQ(t31_port_file_read("/etc/sensor/none.bin", &byte, 1), -T31_ENOENT);
  EXPECT_EQ(t31_port_file_size(""), -T31_ENOENT);
  EXPECT_EQ(t31_port_file_size("outside.bin"), -T31_ENOENT);
}

TEST_F(Files, FoldersAreNoFiles) {
  char byte = 0;
  EXPECT_EQ(t31_port_file_size("/etc/sensor"), -T31_EINVAL);
  EXPECT_LT(t31_port_file_read("/etc/sensor", &byte, 1), 0);
  EXPECT_LT(t31_port_file_write("/etc/sensor", "x", 1), 0);
}

TEST_F(Files, PipesAreNoFilesAndDoNotBlock) {
  ASSERT_EQ(mkfifo(path("pipe").c_str(), 0600), 0);
  char byte = 0;
  EXPECT_EQ(t31_port_file_size(path("pipe").c_str()), -T31_EINVAL);
  EXPECT_EQ(t31_port_file_read(path("pipe").c_str(), &byte, 1), -T31_EINVAL);
  EXPECT_LT(t31_port_file_write(path("pipe").c_str(), "1", 1), 0);
}

TEST_F(Files, AreWrittenBelowTheRootWhenTheFolderIsThere) {
  EXPECT_EQ(t31_port_file_write("/etc/sensor/raw.bin", "123", 3), 3);
  EXPECT_EQ(fs::file_size(folder_ / "root/etc/sensor/raw.bin"), 3u);
  EXPECT_EQ(t31_port_file_write("/etc/sensor/raw.bin", "1", 1), 1);
  EXPECT_EQ(fs::file_size(folder_ / "root/etc/sensor/raw.bin"), 1u);
}

TEST_F(Files, AreWrittenWhereTheyAreMeantOtherwise) {
  EXPECT_EQ(t31_port_file_write(path("snap.raw").c_str(), "1234", 4), 4);
  EXPECT_EQ(fs::file_size(folder_ / "snap.raw"), 4u);
  EXPECT_EQ(t31_port_file_write(path("none/snap.raw").c_str(), "1234", 4), -T31_ENOENT);
}

TEST_F(Files, MachineWithoutARootHasNone) {
  const t31_host_config config = {};
  ASSERT_EQ(t31_host_reset(&config), 0);
  char byte = 0;
  EXPECT_EQ(t31_port_file_size(path("outside.bin").c_str()), -T31_ENOENT);
  EXPECT_EQ(t31_port_file_read(path("outside.bin").c_str(), &byte, 1), -T31_ENOENT);
  EXPECT_EQ(t31_port_file_write(path("snap.raw").c_str(), "1", 1), -T31_ENOENT);
}

}  // namespace
}  // namespace t31::test
