// SPDX-License-Identifier: GPL-2.0-or-later
// `t31cam 3a-report`: exposure and white balance, measured, judged and drawn.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "driver/tuning/neutral.hpp"
#include "loops/sensor_gains.hpp"
#include "t31cam/commands.hpp"
#include "t31cam/errors.hpp"
#include "t31cam/report/parts.hpp"

namespace t31::cam {
namespace report {

TuningFile load_tuning(const std::string& path) {
  std::vector<u8> file(tuning::kFileBytes);
  if (path.empty()) {
    tuning::build_file(file, {});
  } else {
    std::ifstream stream(path, std::ios::binary);
    file.assign(std::istreambuf_iterator<char>(stream), {});
    const tuning::LoadResult result = tuning::check_file(file);
    if (!stream || result != tuning::LoadResult::kLoaded) {
      throw Failure(fmt::format("{}: {}", path, tuning::load_result_text(result)));
    }
  }
  const auto bank = [&](std::uint32_t offset) {
    const auto begin = file.begin() + offset;
    return std::vector<u8>(begin, begin + tuning::kBankBytes);
  };
  return {path.empty() ? "neutral" : short_name(path), path, bank(tuning::kDayOffset),
          bank(tuning::kNightOffset)};
}

}  // namespace report

int run_report(const ReportOptions& options) {
  std::vector<report::TuningFile> tunings;
  for (const std::string& path : options.tunings) tunings.push_back(report::load_tuning(path));
  if (tunings.empty()) tunings.push_back(report::load_tuning({}));
  report::Report report(options.output);
  const report::Extent extent{options.quick};
  const auto wanted = [&](const std::string& part) {
    return options.parts.empty() ||
           std::find(options.parts.begin(), options.parts.end(), part) != options.parts.end();
  };
  if (wanted("exposure")) {
    std::string sensors;
    for (const char* sensor : loops::gain_sensors()) sensors += std::string(" ") + sensor;
    report.note("exposure: each tuning file with the steps of analogue gain of" + sensors);
    for (const report::TuningFile& tuning : tunings) {
      fmt::print(stderr, "exposure, {}\n", tuning.name);
      report::report_exposure(tuning, extent, report);
    }
  }
  if (wanted("balance")) {
    fmt::print(stderr, "white balance\n");
    report::report_balance(tunings, extent, report);
  }
  if (wanted("camera")) {
    // The file of the sensor that the virtual camera has, or the neutral one.
    const auto fits = [](const report::TuningFile& file) {
      return file.name.starts_with("sc2336");
    };
    const auto found = std::find_if(tunings.begin(), tunings.end(), fits);
    fmt::print(stderr, "the camera\n");
    report::report_camera(found != tunings.end() ? *found : report::load_tuning({}), extent,
                          report);
  }
  if (wanted("wdr")) {
    const auto two = std::find_if(tunings.begin(), tunings.end(),
                                  [](const auto& file) { return file.name.starts_with("jxf37"); });
    if (two != tunings.end()) {
      fmt::print(stderr, "two exposures\n");
      report::report_wdr(*two, extent, report);
    } else {
      report.note("no tuning file of the jxf37: two exposures are not judged");
    }
  }
  report.write();
  fmt::print("{}pictures, report.json and report.txt are in {}\n", report.to_text(),
             options.output);
  return report.passed() ? kExitOk : kExitFailure;
}

}  // namespace t31::cam
