// SPDX-License-Identifier: GPL-2.0-or-later
// t31cam - the camera in a terminal.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "sdk/command.hpp"
#include "t31cam/commands.hpp"
#include "t31cam/errors.hpp"

namespace t31::cam {
namespace {

// An option whose text goes through one of the parse functions.
template <typename Function>
CLI::Option* add_parsed(CLI::App& app, const char* name, const char* help, const char* type,
                        Function function) {
  return app.add_option_function<std::string>(name, function, help)->type_name(type);
}

// The same for an option that may be given several times.
template <typename Function>
CLI::Option* add_repeated(CLI::App& app, const char* name, const char* help, const char* type,
                          Function function) {
  const auto all = [function](const std::vector<std::string>& texts) {
    for (const std::string& text : texts) function(text);
  };
  return app.add_option_function<std::vector<std::string>>(name, all, help)
      ->type_name(type)
      ->allow_extra_args(false);
}

void add_light_options(CLI::App& app, LightOptions& light) {
  add_parsed(app, "--light", "colour temperature of the light, or fluorescent (default: 5000)",
             "KELVIN|NAME",
             [&light](const std::string& text) { light.lamp = parse_lamp("--light", text); });
  add_repeated(app, "--light-change",
               "from this frame of the sensor on the light has this level (1: the first frame's) "
               "and lamp; with +FRAMES it takes so many to get there; may be repeated",
               "FRAME[+FRAMES]:LEVEL[:LAMP]", [&light](const std::string& text) {
                 light.changes.push_back(parse_light_change(text));
               });
  add_parsed(
      app, "--flicker", "lamps on mains of this frequency; depth 1 (default): dark twice a period",
      "HERTZ[:DEPTH]", [&light](const std::string& text) { light.flicker = parse_flicker(text); });
  app.add_option("--tint-noise", light.tint_noise,
                 "noise of red and blue over green from frame to frame, as a share")
      ->type_name("X")
      ->check(CLI::Range(0.0, 0.5));
}

void add_camera_options(CLI::App& app, CameraOptions& camera) {
  app.add_option("--sensor", camera.sensor, "sensor to attach, see 'list sensors'")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--scene", camera.scene,
                 "what it looks at: see 'list scenes', or a PNG or JPEG file")
      ->type_name("NAME|FILE")
      ->capture_default_str();
  add_light_options(app, camera.light);
  app.add_option("--response", camera.response,
                 "how the sensor sees colour: its own way, or as sRGB")
      ->check(CLI::IsMember({"default", "identity"}))
      ->capture_default_str();
  app.add_flag("--noise,!--no-noise", camera.noise, "shot and read noise (default: on)");
  app.add_flag_callback(
      "--shading", [&camera] { camera.shading = true; }, "lens shading on");
  app.add_flag_callback(
      "--no-shading", [&camera] { camera.shading = false; }, "lens shading off");
  app.add_option("--latency", camera.latency, "frames until the sensor's exposure and gain act")
      ->type_name("2|3")
      ->check(CLI::Range(2u, 3u))
      ->capture_default_str();
  app.add_option("--seed", camera.seed, "of the noise")->type_name("N")->capture_default_str();
  app.add_option("--raw", camera.raw_file, "play this recorded raw file instead of a scene")
      ->type_name("FILE");
  add_parsed(app, "--raw-format",
             "its format: size, Bayer order (RGGB ...), bits (8, 10, 12), black level in codes",
             "WxH:ORDER:BITS[:BLACK]",
             [&camera](const std::string& text) { camera.raw_format = parse_raw_format(text); });
  app.add_flag("--simulate-gain", camera.simulate_gain, "let exposure and gain act on a raw file");
  app.add_flag("--wdr", camera.wdr,
               "two exposures, fused; needs a sensor with such a mode (jxf37)");
  app.add_option(
         "--tuning", camera.tuning,
         "tuning file of the sensor, or 'neutral'; a raw file gets the neutral one by default")
      ->type_name("FILE");
  add_repeated(
      app, "--channel",
      "channel (0 to 2) and its picture size; may be repeated (default: channel 0 at full size)",
      "N:WxH",
      [&camera](const std::string& text) { camera.channels.push_back(parse_channel(text)); });
  add_parsed(app, "--fps", "frames per second, as 15 or 25/2", "N",
             [&camera](const std::string& text) { camera.frame_rate = parse_frame_rate(text); });
  add_repeated(
      app, "--set", "set a control, see 'list controls'; may be repeated", "CONTROL=VALUE",
      [&camera](const std::string& text) { camera.settings.push_back(parse_setting(text)); });
  add_repeated(
      app, "--param", "set a parameter array, see 'param list'; one value for all, or all of them",
      "NAME=V[,V...]",
      [&camera](const std::string& text) { camera.parameters.push_back(parse_setting(text)); });
  add_parsed(
      app, "--wb", "manual white balance: linear gains of red and blue over green", "R,B",
      [&camera](const std::string& text) { camera.white_balance = parse_white_balance(text); });
  app.add_option("--short-exposure", camera.short_lines,
                 "manual short exposure of two: integration time in lines")
      ->type_name("LINES");
  app.add_option("--exposure", camera.exposure_lines, "manual exposure: integration time in lines")
      ->type_name("LINES")
      ->check(CLI::Range(1u, 65535u));
  app.add_option("--gain", camera.gain, "manual exposure: analogue gain, 1.0 = none")
      ->type_name("X")
      ->check(CLI::Range(1.0, 4096.0));
  app.add_option("--settle", camera.settle_frames,
                 "frames that pass from the settings to the start of the channels")
      ->type_name("N")
      ->check(CLI::Range(0u, 1000u))
      ->capture_default_str();
  app.add_flag("--realtime", camera.real_time, "pace the camera by the wall clock");
  app.add_option("--trace", camera.trace_file, "write every register access to this file")
      ->type_name("FILE");
  app.add_flag("--verbose,-v", camera.verbose, "show the driver's log on stderr");
}

struct CommandLine {
  CLI::App app{
      "t31cam - a virtual T31 camera in a terminal: the real driver on a model of the chip"};
  CaptureOptions capture;
  std::string list_what;
  std::string proc_file;
  std::string unit;
  BlocksOptions blocks;
  ReportOptions report;
  sdk::CheckOptions sdk_check;
  CLI::App* sdk_command = nullptr;
  CLI::App* report_command = nullptr;
  CLI::App* blocks_command = nullptr;
  CLI::App* capture_command = nullptr;
  CLI::App* list_command = nullptr;
  CLI::App* proc_command = nullptr;
  CLI::App* regs_command = nullptr;
  CLI::App* param_list = nullptr;
  CLI::App* param_get = nullptr;
  CLI::App* param_set = nullptr;
  std::string parameter;
  std::vector<std::string> parameter_values;

  CommandLine();
  void add_capture();
  void add_blocks();
  void add_report();
  void add_sdk_check();
  int run();
  void add_param();
};

CommandLine::CommandLine() {
  app.name("t31cam");
  app.require_subcommand(1);
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return fmt::format("t31cam: {}\nRun with --help for more information.\n", error.what());
  });
  app.footer(
      "Results go to stdout, progress and errors to stderr.\n"
      "Exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted.");
  add_capture();
  add_blocks();
  add_report();
  add_sdk_check();
  list_command = app.add_subcommand("list", "name the sensors, scenes or controls there are");
  list_command->add_option("what", list_what, "sensors, scenes or controls")
      ->required()
      ->check(CLI::IsMember({"sensors", "scenes", "controls"}));
  proc_command = app.add_subcommand("proc", "show files of /proc/jz/isp while the camera runs");
  proc_command->add_option("file", proc_file, "one of them (default: all)")->type_name("FILE");
  add_camera_options(*proc_command, capture.camera);
  regs_command =
      app.add_subcommand("regs", "show a unit's registers, decoded, while the camera runs");
  regs_command->add_option("unit", unit, register_units())->type_name("UNIT")->required();
  add_camera_options(*regs_command, capture.camera);
  add_param();
}

void CommandLine::add_param() {
  CLI::App* param = app.add_subcommand("param", "the tuning's parameter arrays by name");
  param->require_subcommand(1);
  param_list = param->add_subcommand("list", "name them");
  param_list->add_option("pattern", parameter, "part of a name, or a block")->type_name("TEXT");
  param_get = param->add_subcommand("get", "show one as a session has it");
  param_set = param->add_subcommand("set", "set one in a session, and show what it then is");
  for (CLI::App* command : {param_get, param_set}) {
    command->add_option("name", parameter, "its name or number")->type_name("NAME")->required();
    add_camera_options(*command, capture.camera);
  }
  param_set->add_option("values", parameter_values, "its elements, or one for all")
      ->type_name("V")
      ->required();
}

void CommandLine::add_capture() {
  capture_command = app.add_subcommand("capture", "take pictures");
  add_camera_options(*capture_command, capture.camera);
  capture_command->add_option("--skip", capture.skip, "frames to take and discard first")
      ->type_name("S")
      ->capture_default_str();
  capture_command->add_option("--frames", capture.frames, "frames to deliver")
      ->type_name("F")
      ->check(CLI::Range(1u, 1000000u))
      ->capture_default_str();
  add_parsed(*capture_command, "--format", "png, jpg, nv12, y4m or sums (default: png)", "FORMAT",
             [this](const std::string& text) { capture.format = parse_picture_format(text); });
  capture_command->add_option("--out", capture.output, "folder for the pictures")
      ->type_name("DIR")
      ->capture_default_str();
  capture_command->add_flag("--json", capture.json, "report as one JSON object");
}

void CommandLine::add_blocks() {
  blocks_command = app.add_subcommand(
      "blocks", "write the registers of all image blocks for a tuning file, event by event");
  blocks_command->add_option("--tuning", blocks.tuning, "tuning file")
      ->type_name("FILE")
      ->required();
  add_parsed(*blocks_command, "--size", "picture size (default: 1920x1080)", "WxH",
             [this](const std::string& text) {
               const PictureSize size = parse_picture_size(text);
               blocks.width = size.width;
               blocks.height = size.height;
             });
  blocks_command->add_option("--bayer", blocks.bayer, "Bayer code of the ISP: 0 RGGB, 1 BGGR, ...")
      ->type_name("N")
      ->check(CLI::Range(0u, 23u))
      ->capture_default_str();
  blocks_command->add_flag("--wdr", blocks.wdr, "two exposures");
  blocks_command->add_option("--vts", blocks.frame_length, "frame length in lines")
      ->type_name("N")
      ->check(CLI::Range(1u, 65535u))
      ->capture_default_str();
  blocks_command->add_option("--out", blocks.output, "file to write (default: stdout)")
      ->type_name("FILE");
}

void CommandLine::add_report() {
  report_command = app.add_subcommand(
      "3a-report", "measure, judge and draw automatic exposure and white balance");
  report_command
      ->add_option("--tuning", report.tunings,
                   "tuning file; may be repeated (default: the neutral one)")
      ->type_name("FILE")
      ->allow_extra_args(false);
  report_command->add_option("--out", report.output, "folder for pictures and results")
      ->type_name("DIR")
      ->required();
  report_command
      ->add_option("--part", report.parts,
                   "only this part: exposure and balance judge the algorithms with every "
                   "file, camera the whole camera; may be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false)
      ->check(CLI::IsMember(
          std::vector<std::string>(std::begin(kReportParts), std::end(kReportParts))));
  report_command->add_flag("--quick", report.quick, "fewer lights and shorter runs");
}

void CommandLine::add_sdk_check() {
  sdk_command = app.add_subcommand(
      "sdk-check", "compile, load and use every sensor driver of an ingenic-sdk checkout");
  sdk_command->add_option("checkout", sdk_check.checkout, "its folder")
      ->type_name("DIR")
      ->required()
      ->check(CLI::ExistingDirectory);
  sdk_command->add_option("--sensor", sdk_check.sensors, "only this driver; may be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
  sdk_command->add_option("--tree", sdk_check.tree, "only this kernel's drivers")
      ->type_name("3.10.14|4.4.94");
  sdk_command
      ->add_option("--events", sdk_check.events,
                   "recorded I2C traffic to compare with (default: that of $T31_SHARED)")
      ->type_name("FILE");
  sdk_command->add_option("--markdown", sdk_check.markdown, "write the table to this file")
      ->type_name("FILE");
  sdk_command->add_option("--jobs", sdk_check.jobs, "sensors at a time")
      ->type_name("N")
      ->check(CLI::Range(1U, 64U))
      ->capture_default_str();
  sdk_command->add_flag("--verbose,-v", sdk_check.verbose,
                        "show the virtual camera's log on stderr");
  sdk_command->add_option("--seconds", sdk_check.seconds, "that one sensor may take")
      ->type_name("N")
      ->check(CLI::Range(1U, 3600U))
      ->capture_default_str();
}

int CommandLine::run() {
  if (sdk_command->parsed()) return sdk::run_check(sdk_check);
  if (report_command->parsed()) return run_report(report);
  if (blocks_command->parsed()) return run_blocks(blocks);
  if (list_command->parsed()) return run_list(list_what);
  if (param_list->parsed()) return run_param_list(parameter);
  complete(capture.camera);
  if (param_get->parsed()) return run_param_get(capture.camera, parameter);
  if (param_set->parsed()) return run_param_set(capture.camera, parameter, parameter_values);
  if (capture_command->parsed()) return run_capture(capture);
  if (proc_command->parsed()) return run_proc(capture.camera, proc_file);
  return run_regs(capture.camera, unit);
}

int report(const std::exception& error, int code) {
  fmt::print(stderr, "t31cam: {}\n", error.what());
  return code;
}

}  // namespace
}  // namespace t31::cam

int main(int argc, char** argv) {
  using namespace t31::cam;
  try {
    CommandLine command_line;
    try {
      command_line.app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      // Help goes to stdout with code 0, a mistake to stderr.
      return command_line.app.exit(error) == 0 ? kExitOk : kExitUsage;
    }
    return command_line.run();
  } catch (const UsageError& error) {
    return report(error, kExitUsage);
  } catch (const std::exception& error) {
    return report(error, kExitFailure);
  }
}
