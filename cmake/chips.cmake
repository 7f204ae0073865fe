# SPDX-License-Identifier: GPL-2.0-or-later
# t31_chips(VARIABLE): a source file with the chips that are described in model/sensor/chips/*.json.
include_guard(GLOBAL)

function(t31_chips variable)
  file(GLOB descriptions CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/model/sensor/chips/*.json)
  set(entries "")
  foreach(description ${descriptions})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${description})
    file(READ ${description} text)
    get_filename_component(name ${description} NAME_WE)
    string(JSON about GET "${text}" about)
    string(APPEND entries "    {\"${name}\", \"${about}\", R\"json(${text})json\"},\n")
  endforeach()
  set(file ${CMAKE_CURRENT_BINARY_DIR}/chips.cpp)
  file(CONFIGURE OUTPUT ${file} CONTENT [[
// SPDX-License-Identifier: GPL-2.0-or-later
// Made of model/sensor/chips/*.json.
#include "model/sensor/chip_description.hpp"

namespace t31::model {
const ChipText kChipTexts[] = {
@entries@};
const unsigned kChipTextCount = sizeof(kChipTexts) / sizeof(kChipTexts[0]);
}  // namespace t31::model
]] @ONLY)
  set(${variable} ${file} PARENT_SCOPE)
endfunction()
