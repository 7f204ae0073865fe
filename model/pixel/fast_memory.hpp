// SPDX-License-Identifier: GPL-2.0-or-later
// fast_memory.hpp - memory of the fast path: rows with room around them, and the image it makes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>

#include "model/pixel/fast_rows.hpp"

namespace t31::model::pixel {

inline constexpr std::size_t round_up(std::size_t x, std::size_t multiple) {
  return (x + multiple - 1) / multiple * multiple;
}

// A zeroed array on a cache line of its own.
template <typename T>
class AlignedArray {
 public:
  AlignedArray() = default;
  explicit AlignedArray(std::size_t size)
      : data_(static_cast<T*>(::operator new(size * sizeof(T), kAlignment))) {
    std::memset(data_.get(), 0, size * sizeof(T));
  }
  T* get() const { return data_.get(); }

 private:
  static constexpr std::align_val_t kAlignment{64};
  struct Delete {
    void operator()(T* p) const { ::operator delete(p, kAlignment); }
  };
  std::unique_ptr<T, Delete> data_;
};

// Hands out rows of `samples` samples with kPadding before and behind each.
template <typename T>
class RowStore {
 public:
  RowStore() = default;
  RowStore(std::size_t rows, std::size_t samples)
      : stride_(round_up(samples, kPadding) + 2 * kPadding), memory_(rows * stride_) {}
  T* next() { return memory_.get() + stride_ * taken_++ + kPadding; }

 private:
  std::size_t stride_ = 0, taken_ = 0;
  AlignedArray<T> memory_;
};

// The NV12 image between the bands and the scaler. Rows have room for whole vectors.
class FastImage {
 public:
  FastImage() = default;
  FastImage(std::int32_t width, std::int32_t height)
      : width_(width),
        height_(height),
        stride_(round_up(static_cast<std::size_t>(width), 2 * kPadding) + 2 * kPadding),
        luma_(stride_ * (static_cast<std::size_t>(height) + 1)),
        chroma_(stride_ * (static_cast<std::size_t>(height + 1) / 2 + 1)) {}
  std::int32_t width() const { return width_; }
  std::int32_t height() const { return height_; }
  std::uint8_t* luma(std::int32_t y) const { return luma_.get() + offset(y); }
  std::uint8_t* chroma(std::int32_t y) const { return chroma_.get() + offset(y); }

 private:
  std::size_t offset(std::int32_t y) const { return static_cast<std::size_t>(y) * stride_; }
  std::int32_t width_ = 0, height_ = 0;
  std::size_t stride_ = 0;
  AlignedArray<std::uint8_t> luma_, chroma_;
};

}  // namespace t31::model::pixel
