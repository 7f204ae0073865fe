// SPDX-License-Identifier: GPL-2.0-or-later
// csc.hpp - conversion from RGB to YUV.
#pragma once

#include "driver/base/result.hpp"
#include "driver/blocks/register_cache.hpp"
#include "uapi/t31/isp_tuning.h"

namespace t31::blocks {

class Csc {
 public:
  Csc();
  // Modes 0..3 are tables; mode 4 brings its own values (hw-blocks-raw-color 7.4). -EINVAL: unknown
  // mode or a user value that doesn't fit its register field; nothing changes then.
  Status set(const t31_csc& attributes);
  void get(t31_csc& attributes) const { attributes = current_; }
  // Clips chroma to its centre, whatever the mode.
  void set_monochrome(bool monochrome);
  void commit(RegisterCache& registers);
  bool dirty() const { return dirty_; }

 private:
  t31_csc current_;
  bool monochrome_ = false;
  bool dirty_ = false;
};

}  // namespace t31::blocks
