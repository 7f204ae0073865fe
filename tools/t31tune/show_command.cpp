// SPDX-License-Identifier: GPL-2.0-or-later
// `t31tune show` and `t31tune get`: what a tuning file holds.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <optional>

#include "common/errors.hpp"
#include "t31tune/commands.hpp"
#include "t31tune/plots.hpp"

namespace t31::tune {
namespace {

using tools::Failure;
using tools::UsageError;
using tuning::Bank;
using tuning::Parameter;

// By bit of the bypass word (hw-pipeline 4.3); what has no name isn't listed.
constexpr struct {
  unsigned bit;
  const char* name;
} kBlocks[] = {{4, "defect pixels"}, {5, "raw denoise"},      {6, "lens shading"},
               {7, "local tone"},    {9, "colour matrix"},    {11, "haze removal"},
               {13, "colour map"},   {14, "sharpen"},         {15, "luma denoise"},
               {16, "BCSH"},         {17, "spatial denoise"}, {18, "lens distortion"}};

std::vector<std::uint32_t> words(const Bank& bank, Parameter parameter, std::uint32_t count) {
  std::vector<std::uint32_t> out(count);
  bank.read(parameter, out);
  return out;
}

std::string matrix_text(const Bank& bank, Parameter parameter) {
  std::string text;
  for (std::uint32_t i = 0; i < 9; ++i) {
    const int bits = static_cast<int>(bank.get(parameter, i) & 0x3fff);
    text += fmt::format("{}{:7.3f}", i % 3 == 0 && i > 0 ? "  /" : "",
                        (bits >= 0x2000 ? bits - 0x4000 : bits) / 1024.0);
  }
  return text;
}

std::string range_text(const Bank& bank, Parameter parameter) {
  const auto all = words(bank, parameter, tuning::parameter_info(parameter).count);
  std::uint32_t low = ~0u, high = 0;
  for (const std::uint32_t value : all) low = std::min(low, value), high = std::max(high, value);
  return high == 0 ? "none"
                   : fmt::format("{:.0f} to {:.0f} K", 1e6 / high, 1e6 / std::max(low, 1u));
}

void print_summary(const Bank& bank, const char* name) {
  std::string on, off;
  for (const auto& [bit, block] : kBlocks) {
    std::string& list = (bank.get(Parameter::kTopBypass, bit) & 1) != 0 ? off : on;
    list += fmt::format("{}{}", list.empty() ? "" : ", ", block);
  }
  const auto limits = words(bank, Parameter::kAeSwitchNightMode, 8);
  fmt::print("{} bank\n", name);
  fmt::print("  blocks on        {}\n  blocks off       {}\n", on, off);
  fmt::print("  black level      {} {} {} {} of 4095 at gain 1 (R Gr Gb B)\n",
             bank.get(Parameter::kGibDeirmBlcRLinear), bank.get(Parameter::kGibDeirmBlcGrLinear),
             bank.get(Parameter::kGibDeirmBlcGbLinear), bank.get(Parameter::kGibDeirmBlcBLinear));
  fmt::print("  exposure         EV {}\n", fmt::join(words(bank, Parameter::kAeEvList, 10), " "));
  fmt::print("                   luma {}\n", fmt::join(words(bank, Parameter::kAeAtList, 10), " "));
  fmt::print(
      "                   up to {} lines, analogue gain {:.1f}, sensor's digital {:.1f}, ISP's "
      "{:.1f}\n",
      limits[0], limits[1] / 1024.0, limits[2] / 1024.0, limits[3] / 1024.0);
  fmt::print("  white balance    static gains {:.3f} red, {:.3f} blue; {}; {} light sources\n",
             bank.get(Parameter::kAwbStatic, 0) / 1024.0,
             bank.get(Parameter::kAwbStatic, 1) / 1024.0,
             range_text(bank, Parameter::kAwbColorTempMesh), bank.get(Parameter::kAwbLightSrcNum));
  fmt::print(
      "  colour matrix    warm    {}\n                   middle  {}\n"
      "                   daylight{}\n",
      matrix_text(bank, Parameter::kCcmALinear), matrix_text(bank, Parameter::kCcmTLinear),
      matrix_text(bank, Parameter::kCcmDLinear));
  fmt::print("  lens shading     cells of {}x{} pixels, {} words, scale {}\n",
             bank.get(Parameter::kLscMeshSize, 0), bank.get(Parameter::kLscMeshSize, 1),
             bank.get(Parameter::kLscLutNum), bank.get(Parameter::kLscMeshScale));
  fmt::print("  gamma            18 % becomes {:.3f} (sRGB: 0.461)\n",
             (bank.get(Parameter::kGammaRgbLutSaddr, 23) * 0.96 +
              bank.get(Parameter::kGammaRgbLutSaddr, 24) * 0.04) /
                 4095);
}

void write_plots(const Document& document, const std::vector<BankChoice>& banks,
                 const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw Failure(fmt::format("--plots {}: {}", folder, error.message()));
  for (const BankChoice choice : banks) {
    for (const NamedPlot& plot : make_plots(document.bank(choice), bank_name(choice))) {
      const std::string path =
          std::filesystem::path(folder) / fmt::format("{}_{}.png", plot.name, bank_name(choice));
      image::write_png(path, plot.picture);
      fmt::print("{}\n", path);
    }
  }
}

}  // namespace

std::vector<BankChoice> chosen_banks(const std::string& name) {
  if (name == "day") return {BankChoice::kDay};
  if (name == "night") return {BankChoice::kNight};
  return {BankChoice::kDay, BankChoice::kNight};
}

int run_show(const ShowOptions& options) {
  const Document document = Document::load(options.file);
  const auto banks = chosen_banks(options.bank);
  std::vector<const tools::ParameterEntry*> wanted;
  for (const std::string& pattern : options.patterns) {
    const auto found = tools::match_parameters(pattern);
    if (found.empty()) {
      throw UsageError(
          fmt::format("{}: no such parameter or block; 't31tune list' names them", pattern));
    }
    wanted.insert(wanted.end(), found.begin(), found.end());
  }
  for (const BankChoice choice : banks) {
    if (wanted.empty()) print_summary(document.bank(choice), bank_name(choice));
    for (const tools::ParameterEntry* entry : wanted) {
      fmt::print("{} {}", bank_name(choice),
                 tools::parameter_text(*entry, document.get(choice, *entry)));
    }
  }
  if (!options.plots.empty()) write_plots(document, banks, options.plots);
  return tools::kExitOk;
}

int run_get(const ShowOptions& options) {
  const Document document = Document::load(options.file);
  for (const std::string& name : options.patterns) {
    const tools::ParameterEntry& entry = tools::find_parameter(name, kListCommand);
    for (const BankChoice choice : chosen_banks(options.bank)) {
      fmt::print("{}\n", fmt::join(document.get(choice, entry), " "));
    }
  }
  return tools::kExitOk;
}

int run_list(const std::string& pattern) {
  const auto found = tools::match_parameters(pattern);
  if (found.empty()) throw UsageError(fmt::format("list {}: no such parameter or block", pattern));
  for (const tools::ParameterEntry* entry : found) {
    fmt::print("{}", tools::parameter_line(*entry));
  }
  return tools::kExitOk;
}

}  // namespace t31::tune
