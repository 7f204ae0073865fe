// SPDX-License-Identifier: GPL-2.0-or-later
// c_api.cpp - the model's C interface over Chip.
#include <algorithm>
#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <thread>

#include "model/core/chip.hpp"
#include "model/core/pipeline_path.hpp"
#include "model/include/t31_model.h"

struct t31_model {
  t31::model::Chip chip;
};

namespace {

using namespace t31::model;

constexpr unsigned kMostThreads = 4;
constexpr int kInvalid = -22;  // EINVAL

unsigned thread_count(unsigned asked) {
  return asked ? asked : std::clamp(std::thread::hardware_concurrency(), 1u, kMostThreads);
}

void copy_message(const char* message, char* error, std::uint32_t error_size) {
  if (!error || error_size == 0) return;
  std::strncpy(error, message, error_size - 1);
  error[error_size - 1] = '\0';
}

}  // namespace

t31_model* t31_model_create(const t31_model_callbacks* callbacks,
                            const t31_model_options* options) {
  const t31_model_options chosen = options ? *options : t31_model_options{};
  const t31_model_callbacks given = callbacks ? *callbacks : t31_model_callbacks{};
  const unsigned threads = thread_count(chosen.threads);
  try {
    auto pixels = std::make_unique<PipelinePath>(
        chosen.reference_pixels ? Pipeline::Path::kReference : Pipeline::Path::kFast, threads);
    return new t31_model{Chip(given, std::move(pixels), threads, chosen.rewrite_last_address != 0)};
  } catch (const std::exception&) {
    return nullptr;  // no memory, no threads
  }
}

void t31_model_destroy(t31_model* model) {
  delete model;
}

std::uint32_t t31_model_read(t31_model* model, std::uint32_t address) {
  return model->chip.read(address);
}

void t31_model_write(t31_model* model, std::uint32_t address, std::uint32_t value) {
  model->chip.write(address, value);
}

std::uint64_t t31_model_now(const t31_model* model) {
  return model->chip.now();
}
std::uint64_t t31_model_next_event(const t31_model* model) {
  return model->chip.next_event();
}
void t31_model_advance(t31_model* model, std::uint64_t time) {
  model->chip.advance(time);
}

int t31_model_i2c_transfer(t31_model* model, unsigned bus, t31_model_i2c_msg* messages, int count) {
  if (count < 0 || (count > 0 && !messages)) return kInvalid;
  return model->chip.i2c_transfer(bus, {messages, static_cast<std::size_t>(count)});
}

int t31_model_attach_sensor(t31_model* model, unsigned bus, const char* json, char* error,
                            std::uint32_t error_size) {
  try {
    model->chip.attach(make_sensor(json ? json : ""), bus);
    return 0;
  } catch (const std::exception& problem) {
    copy_message(problem.what(), error, error_size);
    return kInvalid;
  }
}

void t31_model_detach_sensor(t31_model* model) {
  model->chip.detach();
}

std::uint64_t t31_model_counter(const t31_model* model, enum t31_model_counter counter) {
  return counter < T31_MODEL_COUNTERS ? model->chip.counter(counter) : 0;
}
