// SPDX-License-Identifier: GPL-2.0-or-later
// compile.hpp - sensor sources, and what compilers make of them.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace t31::sdk {

// A sensor driver of an SDK checkout.
struct Source {
  std::string tree;  // "3.10.14", "4.4.94"
  std::string name;
  std::filesystem::path file;
  // The module makes files of its own in /proc/jz/sensor, with a second object.
  bool own_files = false;
  bool published = false;  // through the ISP module: the source says its address
};

// DIR/<kernel>/sensor-src/t31/*.c, by tree and name. Throws Failure when there are none.
std::vector<Source> find_sources(const std::filesystem::path& checkout);

struct Outcome {
  bool good = false;
  std::string complaint;  // the compiler's first error: "file.c:12: error: ..."
};

struct Compilers {
  std::string pc = "cc";
  std::string camera = "mipsel-linux-gnu-gcc";
  std::filesystem::path project = {};  // where include/sensor lies
};

// A shared object for the virtual camera.
Outcome compile_for_pc(const Compilers& compilers, const Source& source,
                       const std::filesystem::path& object);
// A relocatable object, as kernel modules are made of.
Outcome compile_for_camera(const Compilers& compilers, const Source& source,
                           const std::filesystem::path& object);

// A driver of this project's own sensors/, for the virtual camera.
Outcome compile_own(const Compilers& compilers, const std::string& name,
                    const std::filesystem::path& object);

// Runs a program; its outputs go to `text`. False: it failed or doesn't exist.
bool run_program(const std::vector<std::string>& words, std::string& text);

// What the object needs and neither it, our module nor the kernel has.
std::set<std::string> unresolved(const Compilers& compilers, const std::filesystem::path& object);

// Bytes of the chip id constants in a source, in their order: good guesses for its registers.
std::vector<std::uint8_t> identity_bytes(const std::filesystem::path& file);

}  // namespace t31::sdk
