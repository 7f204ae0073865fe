// SPDX-License-Identifier: GPL-2.0-or-later
// row.hpp - what was found out about one sensor driver.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace t31::sdk {

struct Row {
  std::string tree, name;
  bool compiles = false;  // for the PC
  bool mips = false;      // for the camera, and every symbol is somebody's
  bool probes = false;    // loaded, registered, identified
  // Why it probes no chip at all, in words; it was then run past its detection.
  std::string refusal;
  bool streams = false;  // a whole camera delivers frames
  bool removed = false;  // and lets go of everything
  unsigned events = 0;   // sent
  unsigned events_right = 0;
  unsigned references = 0;  // events whose I2C traffic is known
  // The events of exposure and gain that make the driver send something: "EXPO",
  // "INT_TIME AGAIN", "" if none does.
  std::string exposure;
  std::string identity;  // "0x3107=0xcb 0x3108=0x3a"
  std::string picture;   // "1920x1080 SBGGR10 25/1 MIPI"
  std::vector<std::string> wrong;
  std::vector<std::string> notes;  // of the driver's own: what it never gives back

  bool passes() const {
    return compiles && mips && (probes || !refusal.empty()) && streams && removed &&
           events_right == events && wrong.empty();
  }
};

// One line of text, to hand a row from a child process to its parent.
std::string encode(const Row& row);
Row decode(const std::string& line);

}  // namespace t31::sdk
