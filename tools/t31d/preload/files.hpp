// SPDX-License-Identifier: GPL-2.0-or-later
// files.hpp - which of the program's descriptors are the camera's.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace t31::preload {

struct CameraFile {
  uint32_t kind = 0;  // t31d_kind; 0: not ours
  uint32_t handle = 0;
  uint32_t base = 0;  // T31D_KIND_MEMORY
  uint32_t size = 0;
  uint64_t offset = 0;
  bool waits = false;  // its descriptor says when there is something to read
};

// Null: an ordinary file. Stays valid until the descriptor is closed.
const CameraFile* find(int descriptor);

bool is_camera_path(const char* path);
// As open() of such a path.
int open_camera(const char* path, int flags);
// As read() and write() of one that find() knows as a node.
long read_camera(int descriptor, const CameraFile& file, void* buffer, size_t size);
long write_camera(const CameraFile& file, const void* buffer, size_t size);
// Before the descriptor itself is closed; `file` becomes an ordinary one.
void close_camera(int descriptor);

}  // namespace t31::preload
