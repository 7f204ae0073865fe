# SPDX-License-Identifier: GPL-2.0-or-later
# The driver core as a camera's module contains it: compiled for the kernel's ABI, linked into one
# relocatable object, and checked for what a module can't have.

add_library(t31_driver OBJECT ${T31_DRIVER_SOURCES})
set_target_properties(t31_driver PROPERTIES POSITION_INDEPENDENT_CODE OFF)
target_include_directories(
  t31_driver PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/include
                     ${PROJECT_SOURCE_DIR}/driver/port/mips)
target_include_directories(t31_driver SYSTEM PRIVATE ${PROJECT_SOURCE_DIR}/driver/port/mips)

set(T31_KERNEL_ABI
    -mabi=32
    -EL
    -march=mips32r2
    -G0
    -mno-abicalls
    -fno-pic
    -fno-pie
    -mlong-calls
    -msoft-float
    -Wa,-msoft-float)
target_compile_options(
  t31_driver
  PRIVATE ${T31_KERNEL_ABI}
          ${T31_CORE_OPTIONS}
          -fno-unwind-tables
          -fno-asynchronous-unwind-tables
          -fno-stack-protector
          -ftrivial-auto-var-init=zero
          -Wframe-larger-than=1024)

set(core_object ${PROJECT_BINARY_DIR}/t31_core.o)
set(link_script ${PROJECT_SOURCE_DIR}/driver/port/mips/core.lds)
set(check_script ${PROJECT_SOURCE_DIR}/scripts/check_object.sh)
# The checked object appears only when the check passed: a failed one is checked again next time.
add_custom_command(
  OUTPUT ${core_object}
  COMMAND ${CMAKE_LINKER} -EL -m elf32ltsmip -r --force-group-allocation -T ${link_script} -o
          ${core_object}.unchecked $<TARGET_OBJECTS:t31_driver>
  COMMAND ${check_script} --prefix ${T31_CROSS_PREFIX} ${core_object}.unchecked
  COMMAND ${CMAKE_COMMAND} -E rename ${core_object}.unchecked ${core_object}
  COMMAND ${T31_CROSS_PREFIX}size ${core_object}
  DEPENDS t31_driver $<TARGET_OBJECTS:t31_driver> ${link_script} ${check_script}
  COMMAND_EXPAND_LISTS VERBATIM
  COMMENT "Linking and checking the driver core for the camera")
add_custom_target(t31_core ALL DEPENDS ${core_object})
