// SPDX-License-Identifier: GPL-2.0-or-later
// hidden_mutex.hpp - locks of the host that the driver doesn't know of. They would order its
// threads at every register access and every spin lock, and so hide races that a camera has: the
// thread sanitizer shall not see them.
#pragma once

#include <mutex>

#if defined(__SANITIZE_THREAD__)
extern "C" {
void AnnotateIgnoreSyncBegin(const char* file, int line);
void AnnotateIgnoreSyncEnd(const char* file, int line);
void AnnotateIgnoreReadsBegin(const char* file, int line);
void AnnotateIgnoreReadsEnd(const char* file, int line);
void AnnotateIgnoreWritesBegin(const char* file, int line);
void AnnotateIgnoreWritesEnd(const char* file, int line);
}
#define T31_SANITIZER(annotation) annotation(__FILE__, __LINE__)
#else
#define T31_SANITIZER(annotation) static_cast<void>(0)
#endif

namespace t31::host {

class HiddenMutex {
 public:
  void lock() {
    T31_SANITIZER(AnnotateIgnoreSyncBegin);
    mutex_.lock();
    T31_SANITIZER(AnnotateIgnoreSyncEnd);
  }
  void unlock() {
    T31_SANITIZER(AnnotateIgnoreSyncBegin);
    mutex_.unlock();
    T31_SANITIZER(AnnotateIgnoreSyncEnd);
  }

 private:
  std::mutex mutex_;
};

// Holds a hidden mutex; accesses to what it guards are not looked at either, or they would all be
// races.
class HiddenGuard {
 public:
  explicit HiddenGuard(HiddenMutex& mutex) : mutex_(mutex) {
    mutex_.lock();
    T31_SANITIZER(AnnotateIgnoreReadsBegin);
    T31_SANITIZER(AnnotateIgnoreWritesBegin);
  }
  HiddenGuard(const HiddenGuard&) = delete;
  HiddenGuard& operator=(const HiddenGuard&) = delete;
  ~HiddenGuard() {
    T31_SANITIZER(AnnotateIgnoreWritesEnd);
    T31_SANITIZER(AnnotateIgnoreReadsEnd);
    mutex_.unlock();
  }

 private:
  HiddenMutex& mutex_;
};

}  // namespace t31::host
