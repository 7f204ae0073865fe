// SPDX-License-Identifier: GPL-2.0-or-later
#include "sdk/traffic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "sdk/call_site.hpp"

namespace t31::sdk {
namespace {

constexpr std::uint16_t kRead = 1;

void append(std::string& text, const std::string& word) {
  if (!text.empty()) text += ' ';
  text += word;
}

std::uint16_t address_in(const t31_model_i2c_msg& message, unsigned bytes) {
  std::uint16_t address = 0;
  for (unsigned i = 0; i < bytes && i < message.length; ++i) {
    address = static_cast<std::uint16_t>(address << 8 | message.data[i]);
  }
  return address;
}

}  // namespace

Listener::Listener() {
  t31_host_set_i2c_listener(heard, this);
}

Listener::~Listener() {
  t31_host_set_i2c_listener(nullptr, nullptr);
}

void Listener::clear() {
  text_.clear();
  reads_.clear();
  writes_ = failures_ = 0;
}

void Listener::heard(void* context, const t31_model_i2c_msg* messages, int count, int result) {
  static_cast<Listener*>(context)->hear(messages, count, result);
}

void Listener::hear(const t31_model_i2c_msg* messages, int count, int result) {
  if (result < count) {
    ++failures_;
    if (count == 2 && address_bytes_ == 0) address_bytes_ = messages[0].length;
    return;
  }
  for (int i = 0; i < count; ++i) {
    const bool selects = i + 1 < count && (messages[i + 1].flags & kRead) != 0;
    if ((messages[i].flags & kRead) == 0) {
      if (!selects) note_write(messages[i]);
      continue;
    }
    const unsigned bytes = i > 0 ? messages[i - 1].length : 0;
    const std::uint16_t address = i > 0 ? address_in(messages[i - 1], bytes) : 0;
    address_bytes_ = bytes;
    if (!object_.empty()) last_read_ = calls_through(object_);
    if (std::find(reads_.begin(), reads_.end(), address) == reads_.end()) reads_.push_back(address);
    append(text_, fmt::format("r{:0{}x}({:02x})", address, 2 * bytes, messages[i].data[0]));
  }
}

void Listener::note_write(const t31_model_i2c_msg& message) {
  ++writes_;
  const unsigned bytes = address_bytes_ == 0 ? 2 : address_bytes_;
  std::string word = fmt::format("{:0{}x}=", address_in(message, bytes), 2 * bytes);
  for (unsigned i = bytes; i < message.length; ++i) word += fmt::format("{:02x}", message.data[i]);
  append(text_, word);
}

std::map<std::string, std::vector<Reference>> read_references(const std::filesystem::path& file) {
  std::map<std::string, std::vector<Reference>> references;
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);  // names of the columns
  while (std::getline(stream, line)) {
    std::istringstream cells(line);
    std::string name, argument, result, syncs;
    Reference reference;
    std::getline(cells, name, ',');
    std::getline(cells, reference.event, ',');
    std::getline(cells, argument, ',');
    std::getline(cells, result, ',');
    std::getline(cells, syncs, ',');
    std::getline(cells, reference.traffic, ',');
    reference.argument = static_cast<std::uint32_t>(std::stoul(argument, nullptr, 0));
    reference.result = std::stoi(result);
    reference.syncs = syncs.empty() ? 0 : static_cast<unsigned>(std::stoul(syncs));
    if (!reference.traffic.empty() && reference.traffic.back() == '\r')
      reference.traffic.pop_back();
    references[name].push_back(std::move(reference));
  }
  return references;
}

}  // namespace t31::sdk
