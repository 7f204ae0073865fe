// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/simplex.hpp"

#include <nlopt.hpp>

namespace t31::tune {
namespace {

using Cost = std::function<double(const std::vector<double>&)>;

double call(const std::vector<double>& at, std::vector<double>&, void* cost) {
  return (*static_cast<const Cost*>(cost))(at);
}

}  // namespace

std::vector<double> minimise(const std::vector<double>& start, double step, const Cost& cost) {
  constexpr int kMostCalls = 2400;
  constexpr double kEven = 1e-7;
  nlopt::opt search(nlopt::LN_NELDERMEAD, static_cast<unsigned>(start.size()));
  search.set_min_objective(call, const_cast<Cost*>(&cost));
  search.set_initial_step(step);
  search.set_ftol_abs(kEven);
  search.set_maxeval(kMostCalls);
  std::vector<double> at = start;
  double least = 0;
  try {
    search.optimize(at, least);
  } catch (const nlopt::roundoff_limited&) {
    // No number lies between the best and its neighbours: `at` is the best.
  }
  return at;
}

}  // namespace t31::tune
