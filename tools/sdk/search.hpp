// SPDX-License-Identifier: GPL-2.0-or-later
// search.hpp - which chip a driver accepts.
#pragma once

#include "sdk/alone.hpp"
#include "sdk/exercise.hpp"

namespace t31::sdk {

enum class Verdict {
  kAccepted,    // `chip` is one
  kRefusesAll,  // every value of every byte that it reads has been tried: none passes
  kUnknown      // not found, and not everything tried
};

// The driver's module is loaded. With kRefusesAll `chip` is the one that it reads furthest from,
// and its `refused_at` the register where nothing helps.
Verdict find_identity(const Source& source, Alone& alone, Listener& listener, Chip& chip);

}  // namespace t31::sdk
