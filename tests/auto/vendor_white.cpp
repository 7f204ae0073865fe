// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/auto/vendor_white.hpp"

#include <algorithm>
#include <cstdlib>

namespace t31::test {
namespace {

using tuning::Parameter;
constexpr int kQ = 10;
constexpr int kSide = 15;

class Tables {
 public:
  explicit Tables(tuning::Bank bank) : bank_(bank) {}

  u64 value(Parameter parameter, int index) const {
    return bank_.get(parameter, static_cast<u32>(index));
  }
  u64 knot(Parameter axis, int index) const { return value(axis, index) << kQ; }
  u64 inside(Parameter axis, u64 v) const {
    return std::clamp(v, knot(axis, 0), knot(axis, kSide - 1));
  }
  u64 bilinear(Parameter table, u64 rg, u64 bg) const {
    const int i = segment(Parameter::kAwbRgPos, rg);
    const int j = segment(Parameter::kAwbBgPos, bg);
    const auto row = [&](int r) {
      return line(Parameter::kAwbRgPos, i, rg, value(table, r * kSide + i) << kQ,
                  value(table, r * kSide + i + 1) << kQ);
    };
    return line(Parameter::kAwbBgPos, j, bg, row(j), row(j + 1));
  }

 private:
  int segment(Parameter axis, u64 v) const {
    for (int i = 0; i < kSide - 1; ++i) {
      if (knot(axis, i) <= v && v <= knot(axis, i + 1)) return i;
    }
    return kSide - 2;
  }
  u64 line(Parameter axis, int i, u64 v, u64 a, u64 b) const {
    const u64 way = ((a < b ? b - a : a - b) * (v - knot(axis, i))) >> kQ;
    const u64 step = (way << kQ) / (knot(axis, i + 1) - knot(axis, i));
    return a < b ? a + step : a - step;
  }
  tuning::Bank bank_;
};

u64 colour_weight(const Tables& tables, u64 rg, u64 bg) {
  const auto indoor = [&](int i) { return tables.value(Parameter::kAwbCtThIn, i); };
  u64 weight = tables.bilinear(Parameter::kAwbRgbgWeight, rg, bg);
  if (tables.value(Parameter::kAwbCtParaIn, 0) == 1) {
    const u64 c = 1000000 / (tables.bilinear(Parameter::kAwbColorTempMesh, rg, bg) >> kQ);
    const u64 floor = tables.value(Parameter::kAwbCtParaIn, 1);
    u64 f = u64{256} << kQ;
    if (c >= indoor(3) || c <= indoor(1)) {
      f = floor << kQ;
    } else if (c < indoor(0)) {
      f = (floor << kQ) + ((256 - floor) << kQ) / (indoor(0) - indoor(1)) * (c - indoor(1));
    } else if (c > indoor(2)) {
      f -= ((256 - floor) << kQ) / (indoor(3) - indoor(2)) * (c - indoor(2));
    }
    weight = (((weight * f) >> kQ) << kQ) / (256 << kQ);
  }
  const int red = static_cast<int>((rg + 512) >> kQ), blue = static_cast<int>((bg + 512) >> kQ);
  for (int i = 0; i < static_cast<int>(tables.value(Parameter::kAwbLightSrcNum, 0)); ++i) {
    const int dr = red - (static_cast<int>(tables.value(Parameter::kAwbLightSrc, 2 * i)) - 1);
    const int db = blue - (static_cast<int>(tables.value(Parameter::kAwbLightSrc, 2 * i + 1)) - 1);
    const int d = dr * dr + db * db;
    u64 v = 0;
    if (d < 514) {
      v = tables.value(Parameter::kAwbLsWLut, d);
    } else {
      v = d < 540 ? 5 : d < 572 ? 4 : d < 615 ? 3 : d < 679 ? 2 : d < 818 ? 1 : 0;
    }
    weight = std::max(weight, v << kQ);
  }
  return weight;
}

struct Weighted {
  u64 rg, bg, weight;
};

struct Mean {
  u64 rg = 0, bg = 0;
};

Mean average(const std::vector<Weighted>& zones) {
  u64 red = 0, blue = 0, total = 0;
  for (const Weighted& zone : zones) {
    red += (zone.rg * zone.weight) >> kQ;
    blue += (zone.bg * zone.weight) >> kQ;
    total += zone.weight;
  }
  if (total == 0) return {};
  return {(red << kQ) / total, (blue << kQ) / total};
}

u64 distance(const Weighted& zone, const Mean& mean) {
  const auto square = [](u64 a, u64 b) {
    const u64 d = a < b ? b - a : a - b;
    return (d * d) >> kQ;
  };
  return square(zone.rg, mean.rg) + square(zone.bg, mean.bg);
}

}  // namespace

u64 vendor_colour_weight(tuning::Bank bank, u32 rg, u32 bg) {
  return colour_weight(Tables(bank), rg, bg);
}

VendorWhite vendor_white(const std::vector<VendorZone>& zones, tuning::Bank bank, bool overflows,
                         bool* overflowed) {
  const Tables tables(bank);
  u64 most = 1;
  for (const VendorZone& zone : zones) most = std::max<u64>(most, zone.cells);
  std::vector<Weighted> weighted;
  for (size_t i = 0; i < zones.size(); ++i) {
    const u64 rg = tables.inside(Parameter::kAwbRgPos, zones[i].rg);
    const u64 bg = tables.inside(Parameter::kAwbBgPos, zones[i].bg);
    const u64 share = (u64{zones[i].cells} << kQ) / most;
    const u64 weight = zones[i].cells == 0 ? 0 : (colour_weight(tables, rg, bg) * share) >> kQ;
    weighted.push_back({rg, bg, weight * tables.value(Parameter::kAwbWght, static_cast<int>(i))});
  }
  Mean mean = average(weighted);
  if (mean.rg == 0) return {};
  if (tables.value(Parameter::kAwbDisTw, 0) == 1) {
    u64 sum = 0, total = 0;
    for (const Weighted& zone : weighted) {
      sum += (distance(zone, mean) * zone.weight) >> kQ;
      total += zone.weight;
    }
    if (overflowed != nullptr) *overflowed = sum >> 32 != 0;
    if (overflows) sum &= 0xffffffff;
    const u64 usual = (sum << kQ) / total;
    const u64 far = tables.value(Parameter::kAwbDisTw, 1);
    const u64 near = tables.value(Parameter::kAwbDisTw, 2);
    std::vector<Weighted> kept = weighted;
    for (Weighted& zone : kept) {
      if (usual == 0) break;
      const u64 ratio = (distance(zone, mean) << kQ) / usual;
      if (ratio > far) zone.weight = 0;
      if (ratio >= near && ratio <= far) {
        zone.weight = (zone.weight * (((far - ratio) << kQ) / (far - near))) >> kQ;
      }
    }
    const Mean again = average(kept);
    if (again.rg != 0) mean = again;
  }
  mean = {tables.inside(Parameter::kAwbRgPos, mean.rg),
          tables.inside(Parameter::kAwbBgPos, mean.bg)};
  const u64 mired = tables.bilinear(Parameter::kAwbColorTempMesh, mean.rg, mean.bg);
  VendorWhite white;
  white.rg = static_cast<u32>((mean.rg + 512) >> kQ);
  white.bg = static_cast<u32>((mean.bg + 512) >> kQ);
  if (mired != 0) white.kelvin = static_cast<u32>(((u64{1000000} << kQ) + mired / 2) / mired);
  return white;
}

}  // namespace t31::test
