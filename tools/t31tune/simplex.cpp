// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/simplex.hpp"

#include <algorithm>

namespace t31::tune {
namespace {

using Position = std::vector<double>;
using Cost = std::function<double(const Position&)>;

struct Vertex {
  Position at;
  double cost;
};

class Simplex {
 public:
  Simplex(const Position& start, double step, const Cost& cost) : cost_(cost) {
    vertices_.push_back({start, cost(start)});
    for (std::size_t i = 0; i < start.size(); ++i) {
      Position at = start;
      at[i] += step;
      vertices_.push_back({at, cost(at)});
    }
    sort();
  }

  const Vertex& best() const { return vertices_.front(); }
  double spread() const { return vertices_.back().cost - vertices_.front().cost; }

  // Moves the worst vertex through the middle of the others, or all towards the best.
  void step() {
    const Position middle = middle_of_others();
    Vertex& worst = vertices_.back();
    const Vertex mirrored = along(middle, -1);
    if (mirrored.cost < best().cost) {
      const Vertex further = along(middle, -2);
      worst = further.cost < mirrored.cost ? further : mirrored;
    } else if (mirrored.cost < vertices_[vertices_.size() - 2].cost) {
      worst = mirrored;
    } else {
      const Vertex closer = along(middle, mirrored.cost < worst.cost ? -0.5 : 0.5);
      if (closer.cost < worst.cost) {
        worst = closer;
      } else {
        shrink();
      }
    }
    sort();
  }

 private:
  void sort() {
    std::sort(vertices_.begin(), vertices_.end(),
              [](const Vertex& a, const Vertex& b) { return a.cost < b.cost; });
  }
  Position middle_of_others() const {
    Position middle(best().at.size());
    for (std::size_t v = 0; v + 1 < vertices_.size(); ++v) {
      for (std::size_t i = 0; i < middle.size(); ++i) {
        middle[i] += vertices_[v].at[i] / static_cast<double>(vertices_.size() - 1);
      }
    }
    return middle;
  }
  Vertex along(const Position& middle, double way) const {
    Position at(middle.size());
    for (std::size_t i = 0; i < at.size(); ++i) {
      at[i] = middle[i] + way * (vertices_.back().at[i] - middle[i]);
    }
    const double cost = cost_(at);
    return {std::move(at), cost};
  }
  void shrink() {
    for (std::size_t v = 1; v < vertices_.size(); ++v) {
      for (std::size_t i = 0; i < best().at.size(); ++i) {
        vertices_[v].at[i] = (vertices_[v].at[i] + best().at[i]) / 2;
      }
      vertices_[v].cost = cost_(vertices_[v].at);
    }
  }

  const Cost& cost_;
  std::vector<Vertex> vertices_;
};

}  // namespace

std::vector<double> minimise(const std::vector<double>& start, double step, const Cost& cost) {
  constexpr int kRounds = 1200;
  constexpr double kEven = 1e-7;
  Simplex simplex(start, step, cost);
  for (int round = 0; round < kRounds && simplex.spread() > kEven; ++round) simplex.step();
  return simplex.best().at;
}

}  // namespace t31::tune
