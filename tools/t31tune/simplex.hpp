// SPDX-License-Identifier: GPL-2.0-or-later
// simplex.hpp - the smallest value of a function of a few numbers that has no derivatives.
#pragma once

#include <functional>
#include <vector>

namespace t31::tune {

// Downhill simplex (Nelder and Mead, 1965) from `start`, with edges of `step` at first.
std::vector<double> minimise(const std::vector<double>& start, double step,
                             const std::function<double(const std::vector<double>&)>& cost);

}  // namespace t31::tune
