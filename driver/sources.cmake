# SPDX-License-Identifier: GPL-2.0-or-later
# One list for CMake and Kbuild; one file a line, in folder order of the architecture.
set(T31_DRIVER_SOURCES
  graph/links.cpp
  output/buffer_set.cpp
  output/channel.cpp
  output/channel_client.cpp
  output/controls.cpp
  output/formats.cpp
  output/geometry.cpp
  output/output_unit.cpp
  output/report.cpp
  output/scaler.cpp
  output/streaming.cpp
  device/framechan.cpp
)
