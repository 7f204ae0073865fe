// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/client/files.hpp"

#include "driver/port/port_errno.h"
#include "host/machine.hpp"
#include "host/strict/report.hpp"

namespace t31::host {
namespace {

constexpr int kFirstDescriptor = 3;

}  // namespace

int FileTable::add(const std::shared_ptr<FileNode>& node) {
  const std::scoped_lock lock(mutex_);
  return nodes_.try_emplace(node->path(), node).second ? 0 : -T31_EEXIST;
}

void FileTable::remove(FileNode& node) {
  if (node.section() != 0) machine().lock_order.awaiting(node.name(), node.section());
  std::shared_ptr<FileNode> keep;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = nodes_.find(node.path());
    keep = std::move(found->second);
    nodes_.erase(found);
  }
  Scheduler& scheduler = *machine().scheduler;
  CoreLock core = scheduler.lock();
  node.removed = true;
  while (node.operations > 0) {
    scheduler.wait(core, node.idle,
                   {.what = "end of operations on", .object = node.path().c_str()});
  }
}

std::shared_ptr<FileNode> FileTable::find(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  const auto found = nodes_.find(path);
  return found != nodes_.end() ? found->second : nullptr;
}

std::string FileTable::list() {
  const std::scoped_lock lock(mutex_);
  std::string text;
  for (const auto& [path, node] : nodes_) text += path + "\n";
  return text;
}

unsigned FileTable::open_nodes() {
  const std::scoped_lock lock(mutex_);
  unsigned count = 0;
  for (const auto& [number, file] : descriptors_) {
    if (file->node->path().starts_with("/dev/")) ++count;
  }
  return count;
}

int FileTable::insert(std::unique_ptr<OpenFile> file) {
  const std::scoped_lock lock(mutex_);
  int number = kFirstDescriptor;
  for (const auto& [used, other] : descriptors_) {
    if (used != number) break;
    ++number;
  }
  descriptors_.emplace(number, file.release());
  return number;
}

OpenFile* FileTable::acquire(int descriptor) {
  const std::scoped_lock lock(mutex_);
  const auto found = descriptors_.find(descriptor);
  if (found == descriptors_.end()) return nullptr;
  ++found->second->references;
  return found->second;
}

OpenFile* FileTable::take(int descriptor) {
  const std::scoped_lock lock(mutex_);
  const auto found = descriptors_.find(descriptor);
  if (found == descriptors_.end()) return nullptr;
  OpenFile* const file = found->second;
  descriptors_.erase(found);
  return file;
}

int FileTable::any_descriptor() {
  const std::scoped_lock lock(mutex_);
  return descriptors_.empty() ? -1 : descriptors_.begin()->first;
}

bool FileTable::drop(OpenFile& file) {
  const std::scoped_lock lock(mutex_);
  return --file.references == 0;
}

}  // namespace t31::host
