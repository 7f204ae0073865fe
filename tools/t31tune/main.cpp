// SPDX-License-Identifier: GPL-2.0-or-later
// t31tune - makes and examines tuning files.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "common/errors.hpp"
#include "t31tune/commands.hpp"

namespace t31::tune {
namespace {

using tools::kExitFailure;
using tools::kExitOk;
using tools::kExitUsage;

// Options that may be given several times, one argument each.
CLI::Option* add_repeated(CLI::App& app, const char* name, std::vector<std::string>& into,
                          const char* help, const char* type) {
  return app.add_option(name, into, help)->type_name(type)->allow_extra_args(false);
}

class CommandLine {
 public:
  CommandLine();
  int run(int argc, char** argv);

 private:
  void add_calibrate();
  void add_show();
  void add_edit();
  void add_bank(CLI::App& app, std::string& bank);

  CLI::App app_{"t31tune - makes and examines tuning files of the T31's image pipeline", "t31tune"};
  std::function<int()> command_;
  CalibrateOptions calibrate_;
  ShowOptions show_;
  DiffOptions diff_;
  SetOptions set_;
  LintOptions lint_;
  std::string pattern_;
};

CommandLine::CommandLine() {
  app_.require_subcommand(1);
  app_.failure_message([](const CLI::App*, const CLI::Error& error) {
    return fmt::format("t31tune: {}\nRun with --help for more information.\n", error.what());
  });
  app_.footer(
      "Results go to stdout, errors to stderr. docs/tuning.md shows how to use it.\n"
      "Exit status: 0 done, 1 failed (lint: errors found; diff: the files differ), 2 wrong usage.");
  add_calibrate();
  add_show();
  add_edit();
}

void CommandLine::add_calibrate() {
  CLI::App* app = app_.add_subcommand(
      "calibrate", "make a tuning file for a sensor from raw captures of a ColorChecker Classic");
  add_repeated(*app, "--raw", calibrate_.input.raw,
               "raw capture with the chart in view; may be repeated, one for each light", "FILE")
      ->required();
  app->add_option("--raw-format", calibrate_.format,
                  "of all files: size, Bayer order (RGGB ...), bits (8, 10, 12), black level in "
                  "codes (measured with --dark, else estimated when left out)")
      ->type_name("WxH:ORDER:BITS[:BLACK]")
      ->required();
  add_repeated(
      *app, "--chart", calibrate_.charts,
      "centres of the patches dark skin, bluish green, black and white in pixels, once for "
      "each --raw (default: found)",
      "X0,Y0,X1,Y1,X2,Y2,X3,Y3");
  app->add_option("--light", calibrate_.input.kelvin,
                  "colour temperature of the light, once for each --raw (default: estimated)")
      ->type_name("KELVIN")
      ->allow_extra_args(false)
      ->check(CLI::Range(1500.0, 20000.0));
  app->add_option("--flat", calibrate_.input.flat,
                  "raw capture of an evenly lit surface, out of focus: measures lens shading")
      ->type_name("FILE");
  app->add_option("--dark", calibrate_.input.dark,
                  "raw capture with the lens covered: measures the black level")
      ->type_name("FILE");
  app->add_option("--out", calibrate_.output, "tuning file to write")
      ->type_name("FILE")
      ->required();
  app->add_option("--picture", calibrate_.picture,
                  "picture of the patches before and after (default: --out with .png)")
      ->type_name("FILE");
  app->add_flag("--json", calibrate_.json, "report as one JSON object");
  app->callback([this] { command_ = [this] { return run_calibrate(calibrate_); }; });
}

void CommandLine::add_bank(CLI::App& app, std::string& bank) {
  app.add_option("--bank", bank, "which bank: day, night or both")
      ->type_name("BANK")
      ->check(CLI::IsMember({"day", "night", "both"}))
      ->capture_default_str();
}

void CommandLine::add_show() {
  CLI::App* show = app_.add_subcommand("show", "show what a tuning file holds");
  show->add_option("file", show_.file, "tuning file")->type_name("FILE")->required();
  show->add_option(
          "names", show_.patterns,
          "arrays to show: names, parts of names or blocks, see 'list' (default: a summary)")
      ->type_name("NAME");
  add_bank(*show, show_.bank);
  show->add_option("--plots", show_.plots,
                   "write plots of gamma, exposure, white balance and lens shading to this folder")
      ->type_name("DIR");
  show->callback([this] { command_ = [this] { return run_show(show_); }; });

  CLI::App* get = app_.add_subcommand("get", "print arrays of a tuning file, one bank a line");
  get->add_option("file", show_.file, "tuning file")->type_name("FILE")->required();
  get->add_option("names", show_.patterns, "names or numbers, see 'list'")
      ->type_name("NAME")
      ->required();
  add_bank(*get, show_.bank);
  get->callback([this] { command_ = [this] { return run_get(show_); }; });

  CLI::App* list = app_.add_subcommand("list", "name the arrays of a tuning file");
  list->add_option("pattern", pattern_, "part of a name, or a block")->type_name("TEXT");
  list->callback([this] { command_ = [this] { return run_list(pattern_); }; });
}

void CommandLine::add_edit() {
  CLI::App* diff = app_.add_subcommand("diff", "show in which arrays two tuning files differ");
  diff->add_option("first", diff_.first, "tuning file")->type_name("FILE")->required();
  diff->add_option("second", diff_.second, "tuning file")->type_name("FILE")->required();
  add_bank(*diff, diff_.bank);
  diff->callback([this] { command_ = [this] { return run_diff(diff_); }; });

  CLI::App* set = app_.add_subcommand("set", "change arrays of a tuning file");
  set->add_option("file", set_.file, "tuning file")->type_name("FILE")->required();
  set->add_option("assignments", set_.assignments,
                  "NAME=V for all elements, NAME=V,V,... for each, NAME[INDEX]=V for one")
      ->type_name("NAME=V")
      ->required();
  add_bank(*set, set_.bank);
  set->add_option("--out", set_.output, "file to write (default: the same)")->type_name("FILE");
  set->add_flag("--force", set_.force,
                "take a file with a wrong header or checksum, and repair it");
  set->callback([this] { command_ = [this] { return run_set(set_); }; });

  CLI::App* lint = app_.add_subcommand("lint", "find damaged or implausible contents");
  lint->add_option("files", lint_.files, "tuning files")->type_name("FILE")->required();
  lint->add_flag("--strict", lint_.strict, "warnings count as errors");
  lint->callback([this] { command_ = [this] { return run_lint(lint_); }; });
}

int CommandLine::run(int argc, char** argv) {
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Help goes to stdout with status 0, a mistake to stderr.
    return app_.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  return command_();
}

int report(const std::exception& error, int status) {
  fmt::print(stderr, "t31tune: {}\n", error.what());
  return status;
}

}  // namespace
}  // namespace t31::tune

int main(int argc, char** argv) {
  using namespace t31::tune;
  try {
    CommandLine command_line;
    return command_line.run(argc, argv);
  } catch (const t31::tools::UsageError& error) {
    return report(error, kExitUsage);
  } catch (const std::exception& error) {
    return report(error, kExitFailure);
  }
}
