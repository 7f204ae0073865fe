// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/patch_lattice.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace t31::tune {
namespace {

using colour::Point;

// A neighbour's distance over the side of a spot; spots are smaller than their patches.
constexpr double kNearest = 0.8, kFarthest = 3.0;
constexpr double kMostAreaRatio = 2.6;
constexpr double kMostPitchRatio = 2.2;
constexpr double kLeastSine = 0.75;  // of the angle between rows and columns
constexpr double kTolerance = 0.3;   // of the pitch
constexpr std::size_t kNeighbours = 8;
constexpr std::size_t kMostCells = 80;

Point operator-(const Point& a, const Point& b) {
  return {a.x - b.x, a.y - b.y};
}
Point operator+(const Point& a, const Point& b) {
  return {a.x + b.x, a.y + b.y};
}
double length(const Point& a) {
  return std::hypot(a.x, a.y);
}

bool alike(double area, double other) {
  return area < other * kMostAreaRatio && other < area * kMostAreaRatio;
}

class Grower {
 public:
  explicit Grower(const std::vector<PatchCandidate>& candidates) : candidates_(candidates) {}

  // Spots near one, closest first.
  std::vector<std::size_t> neighbours(std::size_t of) const {
    const PatchCandidate& here = candidates_[of];
    const double side = std::sqrt(here.area);
    std::vector<std::pair<double, std::size_t>> found;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const double distance = length(candidates_[i].centre - here.centre);
      if (i != of && distance > kNearest * side && distance < kFarthest * side &&
          alike(here.area, candidates_[i].area)) {
        found.emplace_back(distance, i);
      }
    }
    std::sort(found.begin(), found.end());
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < std::min(found.size(), kNeighbours); ++i) {
      out.push_back(found[i].second);
    }
    return out;
  }

  // From a spot and its neighbours in the two directions.
  Lattice grow(std::size_t origin, std::size_t right, std::size_t below) {
    cells_.clear();
    used_.assign(candidates_.size(), false);
    across_ = candidates_[right].centre - candidates_[origin].centre;
    down_ = candidates_[below].centre - candidates_[origin].centre;
    std::vector<Place> pending;
    const auto take = [&](Place place, std::size_t index) {
      cells_[place] = index;
      used_[index] = true;
      pending.push_back(place);
    };
    take({0, 0}, origin);
    while (!pending.empty() && cells_.size() < kMostCells) {
      const Place place = pending.front();
      pending.erase(pending.begin());
      for (const Place& way : {Place{1, 0}, Place{-1, 0}, Place{0, 1}, Place{0, -1}}) {
        const Place next{place.first + way.first, place.second + way.second};
        if (cells_.contains(next)) continue;
        const auto index = find(place, way);
        if (index) take(next, *index);
      }
    }
    Lattice lattice;
    for (const auto& [place, index] : cells_) {
      lattice.push_back({place.first, place.second, candidates_[index].centre});
    }
    return lattice;
  }

 private:
  using Place = std::pair<int, int>;

  std::optional<Point> centre(const Place& place) const {
    const auto it = cells_.find(place);
    if (it == cells_.end()) return std::nullopt;
    return candidates_[it->second].centre;
  }

  // The step from a cell to its next one: as the steps before, or as beside, or as at the origin.
  Point step(const Place& place, const Place& way) const {
    const Point here = *centre(place);
    if (const auto back = centre({place.first - way.first, place.second - way.second})) {
      const Point last = here - *back;
      const auto before = centre({place.first - 2 * way.first, place.second - 2 * way.second});
      if (!before) return last;
      // Perspective stretches or shortens steps evenly.
      const double growth = std::clamp(length(last) / length(*back - *before), 0.6, 1.6);
      return {last.x * growth, last.y * growth};
    }
    for (const int side : {1, -1}) {
      const Place beside{place.first + side * way.second, place.second + side * way.first};
      const auto from = centre(beside);
      const auto to = centre({beside.first + way.first, beside.second + way.second});
      if (from && to) return *to - *from;
    }
    const Point& base = way.first != 0 ? across_ : down_;
    const double sign = way.first + way.second;
    return {sign * base.x, sign * base.y};
  }

  std::optional<std::size_t> find(const Place& place, const Place& way) const {
    const Point by = step(place, way);
    const Point wanted = *centre(place) + by;
    const double area = candidates_[cells_.at(place)].area;
    double best = kTolerance * length(by);
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (used_[i] || !alike(area, candidates_[i].area)) continue;
      const double distance = length(candidates_[i].centre - wanted);
      if (distance < best) {
        best = distance;
        found = i;
      }
    }
    return found;
  }

  const std::vector<PatchCandidate>& candidates_;
  std::map<Place, std::size_t> cells_;
  std::vector<bool> used_;
  Point across_, down_;
};

// Rows and columns of about one pitch, at about a right angle; counted in one sense only.
bool spans(const Point& across, const Point& down) {
  const double a = length(across), b = length(down);
  const double sine = (across.x * down.y - across.y * down.x) / (a * b);
  return sine >= kLeastSine && a < b * kMostPitchRatio && b < a * kMostPitchRatio;
}

}  // namespace

std::vector<Lattice> find_lattices(const std::vector<PatchCandidate>& candidates,
                                   std::size_t least) {
  Grower grower(candidates);
  std::vector<Lattice> found;
  for (std::size_t origin = 0; origin < candidates.size(); ++origin) {
    const Point& here = candidates[origin].centre;
    const auto known = [&](const Lattice& lattice) {
      return std::any_of(lattice.begin(), lattice.end(), [&](const LatticeCell& cell) {
        return cell.centre.x == here.x && cell.centre.y == here.y;
      });
    };
    // What stands in the middle of a lattice found before leads to the same one.
    if (std::count_if(found.begin(), found.end(), known) >= 2) continue;
    const auto near = grower.neighbours(origin);
    Lattice best;
    for (const std::size_t right : near) {
      for (const std::size_t below : near) {
        if (!spans(candidates[right].centre - here, candidates[below].centre - here)) continue;
        Lattice lattice = grower.grow(origin, right, below);
        if (lattice.size() > best.size()) best = std::move(lattice);
      }
    }
    if (best.size() >= least) found.push_back(std::move(best));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Lattice& a, const Lattice& b) { return a.size() > b.size(); });
  return found;
}

}  // namespace t31::tune
