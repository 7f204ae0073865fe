// SPDX-License-Identifier: GPL-2.0-or-later
// report.hpp - what a report says: measurements with their limits, and curves as pictures.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "plot/chart.hpp"

namespace t31::cam::report {

// A measurement and what it may be at most.
struct Check {
  std::string part;     // of the report, as "exposure"
  std::string subject;  // what was measured: tuning file, latency, light
  std::string name;     // what of it
  double value = 0;
  double limit = 0;
  std::string unit;
  bool passed() const { return value <= limit; }
};

class Report {
 public:
  // Pictures go into `folder` as they come. Throws Failure when it can't be made.
  explicit Report(std::string folder);
  const std::string& folder() const { return folder_; }

  void check(const Check& check) { checks_.push_back(check); }
  // Charts of one width below each other, `name`.png.
  void picture(const std::string& name, const std::vector<plot::Chart>& charts);
  // A line of the text report that is no measurement.
  void note(const std::string& text) { notes_.push_back(text); }

  bool passed() const;
  nlohmann::json to_json() const;
  // Worst value of each part and name, what failed in full.
  std::string to_text() const;
  // report.json and report.txt.
  void write() const;

 private:
  std::string folder_;
  std::vector<Check> checks_;
  std::vector<std::string> pictures_;
  std::vector<std::string> notes_;
};

// The colours of up to nine curves.
plot::Colour curve_colour(std::size_t index);

// A file's name without folder and suffix.
std::string short_name(const std::string& path);

}  // namespace t31::cam::report
