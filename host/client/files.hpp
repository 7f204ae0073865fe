// SPDX-License-Identifier: GPL-2.0-or-later
// files.hpp - what paths lead to (device nodes and proc files) and clients' descriptors.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "host/sched/thread.hpp"

namespace t31::host {

// Something a client can open. Operations are counted: removal waits until none runs.
class FileNode {
 public:
  // `section` (LockOrder) when removal may meet running operations; 0 when the home prevents that.
  FileNode(std::string path, uint64_t section) : path_(std::move(path)), section_(section) {}
  virtual ~FileNode() = default;

  const std::string& path() const { return path_; }
  // What the trace calls it: the file's own name.
  const char* name() const { return path_.c_str() + path_.rfind('/') + 1; }
  uint64_t section() const { return section_; }

  // Per descriptor state starts as null.
  virtual int open(void** state) = 0;
  // `removed`: the node's owner is gone, only the state is left.
  virtual void release(void* state, bool removed) = 0;
  virtual long ioctl(void* state, uint32_t command, uint32_t argument, uint32_t flags) = 0;
  virtual long read(void* state, void* buffer, size_t size, uint32_t flags) = 0;
  virtual long write(void* state, const void* buffer, size_t size) = 0;
  virtual int poll(void* state, uint32_t milliseconds) = 0;

  // ---- guarded by the scheduler's lock
  unsigned operations = 0;
  bool removed = false;
  WaitList idle;

 private:
  const std::string path_;
  const uint64_t section_;
};

// One open; shared by calls in progress, so that a close during a call releases after it.
struct OpenFile {
  std::shared_ptr<FileNode> node;
  void* state = nullptr;
  uint32_t flags = 0;
  unsigned references = 1;  // the descriptor and calls in progress; guarded by FileTable
};

class FileTable {
 public:
  // -EEXIST when the path is taken.
  int add(const std::shared_ptr<FileNode>& node);
  // Waits until no operation runs; open descriptors of it answer -ENODEV from then on.
  void remove(FileNode& node);
  std::shared_ptr<FileNode> find(const std::string& path);
  std::string list();
  // Descriptors of device nodes, whose code is the driver's.
  unsigned open_nodes();

  int insert(std::unique_ptr<OpenFile> file);
  // Null when there is no such descriptor; put it back with `drop`.
  OpenFile* acquire(int descriptor);
  // Takes the descriptor away; null when there is none.
  OpenFile* take(int descriptor);
  // Any descriptor, -1 when there is none.
  int any_descriptor();
  // True when it was the last reference: the caller releases and deletes.
  bool drop(OpenFile& file);

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<FileNode>> nodes_;
  std::map<int, OpenFile*> descriptors_;
};

}  // namespace t31::host
