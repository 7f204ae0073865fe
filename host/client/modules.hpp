// SPDX-License-Identifier: GPL-2.0-or-later
// modules.hpp - what shutdown does before it looks for leftovers.
#pragma once

namespace t31::host {

struct Machine;

// As when all processes end and modules are removed: closes descriptors, unloads sensor drivers and
// the driver.
void remove_modules(Machine& host);

}  // namespace t31::host
