// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>

#include "common/errors.hpp"

namespace t31::cam::report {

using tools::Failure;

namespace {

constexpr int kWidth = 1000;
constexpr int kHeight = 360;  // of one chart

void write_file(const std::string& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  if (!stream.flush()) throw Failure(fmt::format("can't write {}", path));
}

std::string amount(double value, const std::string& unit) {
  return unit.empty() ? fmt::format("{:.4g}", value) : fmt::format("{:.4g} {}", value, unit);
}

}  // namespace

Report::Report(std::string folder) : folder_(std::move(folder)) {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) throw Failure(fmt::format("can't create {}: {}", folder_, error.message()));
}

void Report::picture(const std::string& name, const std::vector<plot::Chart>& charts) {
  plot::Canvas canvas(kWidth, kHeight * static_cast<int>(charts.size()));
  int top = 0;
  for (const plot::Chart& chart : charts) {
    draw(canvas, 0, top, kWidth, kHeight, chart);
    top += kHeight;
  }
  image::write_png(folder_ + "/" + name + ".png", canvas.image());
  pictures_.push_back(name + ".png");
}

bool Report::passed() const {
  return std::all_of(checks_.begin(), checks_.end(), [](const Check& c) { return c.passed(); });
}

nlohmann::json Report::to_json() const {
  nlohmann::json json = {{"passed", passed()}, {"pictures", pictures_}, {"notes", notes_}};
  for (const Check& check : checks_) {
    json["checks"].push_back({{"part", check.part},
                              {"subject", check.subject},
                              {"name", check.name},
                              {"value", check.value},
                              {"limit", check.limit},
                              {"unit", check.unit},
                              {"passed", check.passed()}});
  }
  return json;
}

std::string Report::to_text() const {
  struct Row {
    const Check* worst = nullptr;
    unsigned count = 0, failed = 0;
  };
  std::vector<std::pair<std::string, Row>> rows;
  for (const Check& check : checks_) {
    const std::string key = check.part + ": " + check.name;
    auto it = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.first == key; });
    if (it == rows.end()) it = rows.insert(rows.end(), {key, {}});
    Row& row = it->second;
    ++row.count;
    row.failed += check.passed() ? 0 : 1;
    const double share = check.limit > 0 ? check.value / check.limit : check.value;
    const auto worst = [](const Check& c) { return c.limit > 0 ? c.value / c.limit : c.value; };
    if (row.worst == nullptr || share > worst(*row.worst)) row.worst = &check;
  }
  std::string text;
  for (const auto& [name, row] : rows) {
    text += fmt::format(
        "{} {}: at most {} (limit {}), {} runs{}; worst: {}\n", row.failed == 0 ? "ok  " : "FAIL",
        name, amount(row.worst->value, row.worst->unit), amount(row.worst->limit, row.worst->unit),
        row.count, row.failed == 0 ? "" : fmt::format(", {} failed", row.failed),
        row.worst->subject);
  }
  for (const Check& check : checks_) {
    if (check.passed()) continue;
    text +=
        fmt::format("failed: {}: {}, {}: {} instead of at most {}\n", check.part, check.subject,
                    check.name, amount(check.value, check.unit), amount(check.limit, check.unit));
  }
  for (const std::string& note : notes_) text += note + "\n";
  return text + (passed() ? "passed\n" : "FAILED\n");
}

void Report::write() const {
  write_file(folder_ + "/report.json", to_json().dump(2) + "\n");
  write_file(folder_ + "/report.txt", to_text());
}

plot::Colour curve_colour(std::size_t index) {
  static constexpr std::array<plot::Colour, 9> kColours{
      plot::kBlue,  plot::kRed,    plot::kGreen,   plot::kOrange,  plot::kViolet,
      plot::kBlack, {0, 150, 170}, {150, 110, 60}, {120, 120, 120}};
  return kColours[index % kColours.size()];
}

std::string short_name(const std::string& path) {
  return std::filesystem::path(path).stem().string();
}

}  // namespace t31::cam::report
