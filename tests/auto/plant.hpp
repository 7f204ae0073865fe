// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "loops/plant.hpp"

namespace t31::test {
using namespace loops;
}
