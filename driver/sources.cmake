# SPDX-License-Identifier: GPL-2.0-or-later
# One list for CMake and Kbuild; one file a line, in folder order of the architecture.
set(T31_DRIVER_SOURCES
  graph/links.cpp
)
