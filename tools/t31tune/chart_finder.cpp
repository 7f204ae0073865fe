// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/chart_finder.hpp"

#include <algorithm>
#include <cmath>

#include "model/scene/color_checker.hpp"
#include "t31tune/homography.hpp"
#include "t31tune/linear.hpp"
#include "t31tune/patch_lattice.hpp"

namespace t31::tune {
namespace {

using colour::Point;

constexpr int kColumns = model::kPatchColumns, kRows = model::kPatchRows;
constexpr std::size_t kLeastCells = 10;  // seen of the 24
constexpr std::size_t kMostLattices = 12;
constexpr double kNoChart = 100;
constexpr double kSampled = 0.22;  // of the pitch, to each side of a patch's centre
// Columns of the search: coarse first, then fine for a small chart.
constexpr std::uint32_t kSizes[] = {480, 960, 1400};

// Mean colour round a point; nothing when it lies outside.
std::optional<colour::Rgb> sample(const SearchImage& image, const Point& at, double radius) {
  const auto first = [&](double centre) { return std::lround(centre - radius); };
  const auto last = [&](double centre) { return std::lround(centre + radius); };
  if (!(first(at.x) >= 0) || !(first(at.y) >= 0) || last(at.x) >= long{image.width} ||
      last(at.y) >= long{image.height}) {
    return std::nullopt;
  }
  colour::Rgb sum{};
  double count = 0;
  for (long y = first(at.y); y <= last(at.y); ++y) {
    for (long x = first(at.x); x <= last(at.x); ++x) {
      const auto& pixel = image.at(static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y));
      for (std::size_t c = 0; c < 3; ++c) sum[c] += pixel[c];
      ++count;
    }
  }
  for (double& channel : sum) channel /= count;
  return sum;
}

// A way to count the patches: where patch (column, row) of the chart stands in a window.
struct Placement {
  bool exchanged;  // rows for columns
  bool flip_columns, flip_rows;
};

class Searcher {
 public:
  explicit Searcher(const SearchImage& image) : image_(image) {}

  void search() {
    const auto candidates = find_patch_candidates(image_);
    auto lattices = find_lattices(candidates, kLeastCells);
    if (lattices.size() > kMostLattices) lattices.resize(kMostLattices);
    for (const Lattice& lattice : lattices) {
      for (const bool exchanged : {false, true}) try_windows(lattice, exchanged);
    }
  }
  const std::optional<FoundChart>& best() const { return best_; }

 private:
  // All places of a window of the chart's size over a lattice.
  void try_windows(const Lattice& lattice, bool exchanged) {
    const int columns = exchanged ? kRows : kColumns, rows = exchanged ? kColumns : kRows;
    const auto bounds = [&](auto member) {
      const auto [low, high] = std::minmax_element(
          lattice.begin(), lattice.end(),
          [&](const LatticeCell& a, const LatticeCell& b) { return a.*member < b.*member; });
      return std::pair{(*low).*member, (*high).*member};
    };
    const auto [left, right] = bounds(&LatticeCell::column);
    const auto [top, bottom] = bounds(&LatticeCell::row);
    for (int row = top - rows + 1; row <= bottom; ++row) {
      for (int column = left - columns + 1; column <= right; ++column) {
        std::vector<PointPair> pairs;
        for (const LatticeCell& cell : lattice) {
          const int x = cell.column - column, y = cell.row - row;
          if (x < 0 || y < 0 || x >= columns || y >= rows) continue;
          pairs.push_back({{static_cast<double>(x), static_cast<double>(y)}, cell.centre});
        }
        if (pairs.size() >= kLeastCells) try_window(pairs, exchanged);
      }
    }
  }

  // Once more with what the first view tells: a tilted patch's middle isn't the middle of its spot,
  // and spots that stand out, cut by a shadow's edge, don't count.
  static std::optional<Homography> fit_most(std::vector<PointPair> pairs) {
    const auto first = Homography::fit(pairs);
    if (!first) return first;
    std::vector<double> distances;
    for (PointPair& pair : pairs) {
      const Point middle = first->at(pair.plane), spot = spot_middle(*first, pair.plane);
      pair.picture.x += middle.x - spot.x;
      pair.picture.y += middle.y - spot.y;
    }
    const auto second = Homography::fit(pairs);
    if (!second) return first;
    for (const PointPair& pair : pairs) {
      const Point at = second->at(pair.plane);
      distances.push_back(std::hypot(at.x - pair.picture.x, at.y - pair.picture.y));
    }
    std::vector<double> sorted = distances;
    std::sort(sorted.begin(), sorted.end());
    const double most = 3 * sorted[sorted.size() / 2] + 0.25;
    std::vector<PointPair> kept;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (distances[i] <= most) kept.push_back(pairs[i]);
    }
    return kept.size() < kLeastCells ? second : Homography::fit(kept);
  }

  // The centroid of a patch as it is seen.
  static Point spot_middle(const Homography& view, const Point& plane) {
    constexpr double kHalf = 0.42;
    const Point corners[4] = {
        view.at({plane.x - kHalf, plane.y - kHalf}), view.at({plane.x + kHalf, plane.y - kHalf}),
        view.at({plane.x + kHalf, plane.y + kHalf}), view.at({plane.x - kHalf, plane.y + kHalf})};
    Point sum;
    double twice_area = 0;
    for (int i = 0; i < 4; ++i) {
      const Point &a = corners[i], &b = corners[(i + 1) % 4];
      const double cross = a.x * b.y - b.x * a.y;
      twice_area += cross;
      sum.x += (a.x + b.x) * cross;
      sum.y += (a.y + b.y) * cross;
    }
    if (twice_area == 0) return view.at(plane);
    return {sum.x / (3 * twice_area), sum.y / (3 * twice_area)};
  }

  void try_window(const std::vector<PointPair>& pairs, bool exchanged) {
    const auto view = fit_most(pairs);
    if (!view) return;
    for (const bool flip_columns : {false, true}) {
      for (const bool flip_rows : {false, true}) {
        try_placement(*view, {exchanged, flip_columns, flip_rows}, pairs.size());
      }
    }
  }

  static Point place(const Placement& placement, int column, int row) {
    const double x = placement.flip_columns ? kColumns - 1 - column : column;
    const double y = placement.flip_rows ? kRows - 1 - row : row;
    return placement.exchanged ? Point{y, x} : Point{x, y};
  }

  void try_placement(const Homography& view, const Placement& placement, std::size_t seen) {
    colour::PatchColours colours;
    for (int patch = 0; patch < kColumns * kRows; ++patch) {
      const Point at = place(placement, patch % kColumns, patch / kColumns);
      const Point centre = view.at(at);
      const Point across = view.at({at.x + 0.5, at.y}), down = view.at({at.x, at.y + 0.5});
      const double pitch = 2 * std::min(std::hypot(across.x - centre.x, across.y - centre.y),
                                        std::hypot(down.x - centre.x, down.y - centre.y));
      if (!std::isfinite(pitch + centre.x + centre.y)) return;
      const auto colour = sample(image_, centre, kSampled * pitch);
      if (!colour) return;
      colours[static_cast<std::size_t>(patch)] = *colour;
    }
    const double error = linear_fit_error(colours);
    // More patches seen count for a little: they pin the view down.
    const double score = error - 0.05 * static_cast<double>(seen);
    if (best_ && score >= score_) return;
    score_ = score;
    const auto corner = [&](int column, int row) {
      return image_.in_frame(view.at(place(placement, column, row)));
    };
    best_ = {{corner(0, 0), corner(kColumns - 1, 0), corner(kColumns - 1, kRows - 1),
              corner(0, kRows - 1)},
             error,
             static_cast<unsigned>(seen)};
  }

  const SearchImage& image_;
  std::optional<FoundChart> best_;
  double score_ = kNoChart;
};

}  // namespace

double linear_fit_error(const colour::PatchColours& camera) {
  colour::PatchColours fitted{};
  for (std::size_t channel = 0; channel < 3; ++channel) {
    LeastSquares equations(3);
    for (std::size_t patch = 0; patch < colour::kPatchCount; ++patch) {
      const double wanted = colour::published_colour(patch)[channel];
      // The eye sees ratios: dark patches count as bright ones do.
      const double weight = 1 / std::pow(wanted + 0.03, 2);
      equations.add(camera[patch], wanted, weight);
    }
    const auto row = equations.solve();
    if (!row) return kNoChart;
    for (std::size_t patch = 0; patch < colour::kPatchCount; ++patch) {
      for (std::size_t c = 0; c < 3; ++c) {
        fitted[patch][channel] += (*row)[c] * camera[patch][c];
      }
    }
  }
  for (colour::Rgb& rgb : fitted) {
    for (double& channel : rgb) channel = std::max(channel, 0.0);
  }
  if (colour::linear_to_xyz(fitted[model::kNeutralFive])[1] < 1e-3) return kNoChart;
  return colour::evaluate_chart(fitted).mean_delta_e;
}

std::optional<FoundChart> find_chart(const RawFrame& frame, const BlackLevel& black) {
  std::optional<FoundChart> best;
  std::uint32_t tried = 0;
  for (const std::uint32_t columns : kSizes) {
    const SearchImage image = search_image(frame, black, columns);
    if (image.width == tried) continue;
    tried = image.width;
    Searcher searcher(image);
    searcher.search();
    const auto& found = searcher.best();
    if (found && (!best || found->delta_e < best->delta_e)) best = found;
    if (best && best->delta_e <= kMostFitError) return best;
  }
  return std::nullopt;
}

}  // namespace t31::tune
