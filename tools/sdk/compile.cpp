// SPDX-License-Identifier: GPL-2.0-or-later
#include "sdk/compile.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>

#include "common/errors.hpp"

extern char** environ;

namespace t31::sdk {
namespace {

namespace fs = std::filesystem;
using tools::Failure;

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

}  // namespace

bool run_program(const std::vector<std::string>& words, std::string& text) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw Failure("no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int error =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  char piece[4096];
  for (ssize_t count = 0; (count = read(ends[0], piece, sizeof(piece))) > 0;) {
    text.append(piece, static_cast<std::size_t>(count));
  }
  close(ends[0]);
  if (error != 0) {
    text = fmt::format("{}: {}", words[0], strerror(error));
    return false;
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

namespace {

// The first line that names an error, without the folder of the file.
std::string first_error(const std::string& text, const fs::path& file) {
  std::istringstream lines(text);
  std::string first, line;
  while (std::getline(lines, line)) {
    if (first.empty()) first = line;
    if (line.find("error:") == std::string::npos && line.find("undefined") == std::string::npos) {
      continue;
    }
    const std::string folder = file.parent_path().string() + "/";
    const std::size_t at = line.find(folder);
    return at == std::string::npos ? line : line.erase(at, folder.size());
  }
  return first;
}

// As kernels compile, and with what drivers rely on: that locals without a value are zero.
std::vector<std::string> command(const std::string& compiler, const Compilers& compilers,
                                 bool published) {
  std::vector<std::string> words = {compiler,
                                    "-std=gnu11",
                                    "-fgnu89-inline",
                                    "-O1",
                                    "-w",
                                    "-DMODULE",
                                    "-fno-strict-aliasing",
                                    "-fno-common",
                                    "-fwrapv",
                                    "-fno-delete-null-pointer-checks",
                                    "-ftrivial-auto-var-init=zero",
                                    "-Wno-incompatible-pointer-types",
                                    "-I" + (compilers.project / "include/sensor").string(),
                                    "-I" + (compilers.project / "host/kernel/include").string(),
                                    "-I" + compilers.project.string()};
  if (published) words.emplace_back("-DT31_SENSOR_REGISTRY");
  return words;
}

Outcome compile(std::vector<std::string> words, const Source& source) {
  std::string text;
  if (run_program(words, text)) return {true, {}};
  return {false, first_error(text, source.file)};
}

std::set<std::string> exported(const fs::path& folder) {
  static const std::regex kExport(R"(EXPORT_SYMBOL\((\w+)\))");
  std::set<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".c") continue;
    const std::string text = text_of(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), kExport), end; it != end; ++it) {
      names.insert((*it)[1]);
    }
  }
  return names;
}

// Of Linux 3.10.14 and 4.4.94: what sensor drivers use of a kernel (sensor-abi 2, 6), and what the
// kernel's own headers would have made of it inline.
const std::set<std::string> kKernel = {"capable",
                                       "clk_disable",
                                       "clk_enable",
                                       "clk_get",
                                       "clk_get_parent",
                                       "clk_get_rate",
                                       "clk_prepare",
                                       "clk_prepare_enable",
                                       "clk_put",
                                       "clk_set_parent",
                                       "clk_set_rate",
                                       "clk_unprepare",
                                       "gpio_direction_output",
                                       "gpio_free",
                                       "gpio_request",
                                       "i2c_del_driver",
                                       "i2c_register_driver",
                                       "i2c_transfer",
                                       "jzgpio_set_func",
                                       "kern_path",
                                       "kfree",
                                       "kmalloc",
                                       "kzalloc",
                                       "memcpy",
                                       "memset",
                                       "msleep",
                                       "path_put",
                                       "printk",
                                       "proc_create_data",
                                       "proc_mkdir",
                                       "remove_proc_entry",
                                       "remove_proc_subtree",
                                       "seq_lseek",
                                       "seq_printf",
                                       "seq_puts",
                                       "seq_read",
                                       "simple_read_from_buffer",
                                       "single_open",
                                       "single_release",
                                       "snprintf",
                                       "sprintf",
                                       "strlen",
                                       "strncmp",
                                       "writel",
                                       "clk_disable_unprepare",
                                       "i2c_put_adapter"};

}  // namespace

std::vector<Source> find_sources(const fs::path& checkout) {
  std::vector<Source> sources;
  for (const char* tree : {"3.10.14", "4.4.94"}) {
    const fs::path folder = checkout / tree / "sensor-src" / "t31";
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
      if (entry.path().extension() != ".c") continue;
      Source source{tree, entry.path().stem().string(), entry.path()};
      const std::string text = text_of(source.file);
      source.own_files = text.find("sensor_common_init") != std::string::npos;
      source.published = !source.own_files && text.find("SENSOR_I2C_ADDRESS") != std::string::npos;
      sources.push_back(std::move(source));
    }
  }
  if (sources.empty()) {
    throw Failure(
        fmt::format("{}: no sensor drivers; expected <kernel>/sensor-src/t31/*.c of an "
                    "ingenic-sdk checkout",
                    checkout.string()));
  }
  std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) {
    return std::tie(a.tree, a.name) < std::tie(b.tree, b.name);
  });
  return sources;
}

Outcome compile_for_pc(const Compilers& compilers, const Source& source, const fs::path& object) {
  std::vector<std::string> words = command(compilers.pc, compilers, source.published);
  words.insert(words.end(),
               {"-shared", "-fPIC", "-g1", "-fvisibility=hidden", source.file.string()});
  if (source.own_files) {
    words.push_back((compilers.project / "sensors/common/sensor_info.c").string());
  }
  words.insert(words.end(), {"-o", object.string()});
  return compile(std::move(words), source);
}

Outcome compile_own(const Compilers& compilers, const std::string& name, const fs::path& object) {
  const fs::path folder = compilers.project / "sensors";
  std::vector<std::string> words = command(compilers.pc, compilers, false);
  words.insert(words.end(), {"-shared", "-fPIC", "-fvisibility=hidden", "-I" + folder.string()});
  for (const std::string& file :
       {name + ".c", std::string("common/sensor_bus.c"), std::string("common/sensor_chip.c")}) {
    words.push_back((folder / file).string());
  }
  words.insert(words.end(), {"-o", object.string()});
  std::string text;
  if (run_program(words, text)) return {true, {}};
  return {false, first_error(text, folder / (name + ".c"))};
}

Outcome compile_for_camera(const Compilers& compilers, const Source& source,
                           const fs::path& object) {
  std::vector<std::string> words = command(compilers.camera, compilers, source.published);
  words.insert(words.end(), {"-mabi=32", "-march=mips32r2", "-mno-abicalls", "-fno-pic",
                             "-mlong-calls", "-nostdlib", "-r", source.file.string()});
  if (source.own_files) {
    words.push_back((compilers.project / "sensors/common/sensor_info.c").string());
  }
  words.insert(words.end(), {"-o", object.string()});
  return compile(std::move(words), source);
}

std::set<std::string> unresolved(const Compilers& compilers, const fs::path& object) {
  std::string text;
  if (!run_program({"nm", "--undefined-only", "--format=posix", object.string()}, text)) {
    throw Failure(fmt::format("nm: {}", text));
  }
  std::set<std::string> known = exported(compilers.project / "bridge");
  known.merge(exported(compilers.project / "linux" / "glue"));
  std::set<std::string> missing;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::string name = line.substr(0, line.find(' '));
    const bool ours = known.count(name) != 0 || kKernel.count(name) != 0;
    if (!ours && name.find("___param") == std::string::npos) missing.insert(name);
  }
  return missing;
}

std::vector<std::uint8_t> identity_bytes(const fs::path& file) {
  static const std::regex kConstant(R"(#define\s+\w*ID\w*\s+\(?(0x[0-9a-fA-F]+))");
  std::vector<std::uint8_t> bytes;
  const std::string text = text_of(file);
  for (std::sregex_iterator it(text.begin(), text.end(), kConstant), end; it != end; ++it) {
    unsigned long value = std::stoul((*it)[1], nullptr, 16);
    do {
      bytes.push_back(static_cast<std::uint8_t>(value));
    } while ((value >>= 8) != 0);
  }
  return bytes;
}

}  // namespace t31::sdk
