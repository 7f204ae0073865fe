// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31d/launch.hpp"

#include <elf.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "t31_host.h"
#include "t31cam/errors.hpp"
#include "t31d/protocol.h"

namespace t31::daemon {
namespace {

namespace fs = std::filesystem;

constexpr int kKilled = 128;  // as a shell: the signal's number is added

bool is_mips(const std::string& path) {
  Elf32_Ehdr header{};
  std::ifstream stream(path, std::ios::binary);
  stream.read(reinterpret_cast<char*>(&header), sizeof(header));
  if (!stream) throw cam::Failure(fmt::format("{}: not a program", path));
  return std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
         header.e_ident[EI_CLASS] == ELFCLASS32 && header.e_machine == EM_MIPS;
}

// What a program reads of a camera's kernel and doesn't find on a PC.
void write_proc_files(const fs::path& root) {
  fs::create_directories(root / "proc");
  const uint32_t base = t31_host_rmem_base();
  const uint32_t megabytes = t31_host_rmem_size() >> 20;
  std::ofstream(root / "proc" / "cmdline") << fmt::format(
      "console=ttyS1,115200n8 mem={}M@0x0 rmem={}M@{:#x}\n", base >> 20, megabytes, base);
  std::ofstream(root / "proc" / "cpuinfo") << "system type\t\t: t31\n"
                                              "processor\t\t: 0\n"
                                              "cpu model\t\t: MIPS 24Kc\n"
                                              "ASEs implemented\t:\n";
}

// A root whose other folders are the sysroot's.
void make_root(const fs::path& root, const fs::path& sysroot) {
  fs::create_directories(root);
  for (const auto& entry : fs::directory_iterator(sysroot)) {
    if (entry.path().filename() != "proc") {
      fs::create_symlink(fs::absolute(entry.path()), root / entry.path().filename());
    }
  }
  write_proc_files(root);
}

fs::path own_folder() {
  return fs::read_symlink("/proc/self/exe").parent_path();
}

std::string join(const std::vector<std::string>& parts, const char* separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

std::vector<std::string> emulated(const ProgramOptions& options, const fs::path& folder,
                                  const std::vector<std::string>& environment) {
  const fs::path root = folder / "root";
  if (!fs::is_directory(options.sysroot)) {
    throw cam::Failure(
        fmt::format("{}: no such folder: where is the C library of MIPS programs? (--sysroot)",
                    options.sysroot));
  }
  make_root(root, options.sysroot);
  std::vector<std::string> words = {"qemu-mipsel", "-B", fmt::format("{:#x}", kGuestBase), "-L",
                                    root};
  for (const std::string& variable : environment) words.insert(words.end(), {"-E", variable});
  words.insert(words.end(), options.words.begin(), options.words.end());
  return words;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (std::string& string : strings) result.push_back(string.data());
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> own_environment() {
  std::vector<std::string> result;
  for (char** variable = environ; *variable != nullptr; ++variable) result.emplace_back(*variable);
  return result;
}

}  // namespace

Program::Program(const ProgramOptions& options, const fs::path& folder, const std::string& socket) {
  const bool mips = is_mips(options.words.front());
  std::vector<std::string> variables = options.environment;
  variables.push_back(
      fmt::format("LD_PRELOAD={}",
                  (own_folder() / (mips ? "libt31-preload.so" : "libt31-preload-pc.so")).string()));
  if (!options.libraries.empty()) {
    variables.push_back("LD_LIBRARY_PATH=" + join(options.libraries, ":"));
  }
  std::vector<std::string> words = options.words;
  std::vector<std::string> environment = own_environment();
  environment.push_back(fmt::format("{}={}", T31D_SOCKET_VARIABLE, socket));
  if (mips) {
    words = emulated(options, folder, variables);
  } else {
    environment.insert(environment.end(), variables.begin(), variables.end());
  }
  const int error = posix_spawnp(&process_, words.front().c_str(), nullptr, nullptr,
                                 pointers(words).data(), pointers(environment).data());
  if (error != 0) throw cam::Failure(fmt::format("{}: {}", words.front(), std::strerror(error)));
}

std::optional<int> Program::ended() {
  int status = 0;
  if (waitpid(process_, &status, WNOHANG) != process_) return std::nullopt;
  return WIFEXITED(status) ? WEXITSTATUS(status) : kKilled + WTERMSIG(status);
}

void Program::signal(int number) const {
  kill(process_, number);
}

}  // namespace t31::daemon
