// SPDX-License-Identifier: GPL-2.0-or-later
// errors.hpp - errors and exit statuses, as all tools have them.
#pragma once

#include "common/errors.hpp"

namespace t31::cam {

using tools::Failure;
using tools::kExitFailure;
using tools::kExitOk;
using tools::kExitUsage;
using tools::UsageError;

}  // namespace t31::cam
