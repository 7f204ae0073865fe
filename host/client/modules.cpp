// SPDX-License-Identifier: GPL-2.0-or-later
// modules.cpp - insmod and rmmod of the driver.
#include <cerrno>
#include <charconv>
#include <sstream>
#include <string_view>

#include "driver/driver.h"
#include "host/client/modules.hpp"
#include "host/machine.hpp"
#include "host/strict/report.hpp"
#include "t31_host_kernel.h"

namespace t31::host {
namespace {

struct Parameter {
  std::string_view name;
  s32 t31_parameters::*member;
};

constexpr Parameter kParameters[] = {
    {"print_level", &t31_parameters::print_level},
    {"isp_clk", &t31_parameters::isp_clk},
    {"isp_ch0_pre_dequeue_time", &t31_parameters::isp_ch0_pre_dequeue_time},
    {"isp_ch0_pre_dequeue_interrupt_process",
     &t31_parameters::isp_ch0_pre_dequeue_interrupt_process},
    {"isp_ch0_pre_dequeue_valid_lines", &t31_parameters::isp_ch0_pre_dequeue_valid_lines},
    {"isp_ch1_dequeue_delay_time", &t31_parameters::isp_ch1_dequeue_delay_time},
    {"isp_day_night_switch_drop_frame_num", &t31_parameters::isp_day_night_switch_drop_frame_num},
    {"isp_memopt", &t31_parameters::isp_memopt},
};

// A whole decimal or 0x hexadecimal number, as the kernel reads an int parameter.
bool parse_number(std::string_view text, s32* value) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const bool hexadecimal = text.starts_with("0x");
  if (hexadecimal) text.remove_prefix(2);
  s64 number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, hexadecimal ? 16 : 10);
  if (text.empty() || text.front() == '-' || error != std::errc() || stop != end) return false;
  if (negative) number = -number;
  if (number < INT32_MIN || number > INT32_MAX) return false;
  *value = static_cast<s32>(number);
  return true;
}

int parse_one(Machine& host, std::string_view word, t31_parameters* parameters) {
  const size_t equals = word.find('=');
  const std::string_view name = word.substr(0, equals);
  for (const Parameter& parameter : kParameters) {
    if (parameter.name != name) continue;
    if (equals != std::string_view::npos &&
        parse_number(word.substr(equals + 1), &(parameters->*parameter.member))) {
      return 0;
    }
    host.log.add("tx_isp_t31: `" + std::string(word) + "' is no valid parameter value");
    return -EINVAL;
  }
  host.log.add("tx_isp_t31: unknown parameter `" + std::string(name) + "'");
  return -ENOENT;
}

int parse(Machine& host, const char* text, t31_parameters* parameters) {
  std::istringstream words(text != nullptr ? text : "");
  for (std::string word; words >> word;) {
    if (const int error = parse_one(host, word, parameters); error < 0) return error;
  }
  return 0;
}

void check_leftovers(Machine& host, const char* after) {
  const std::string left = host.objects.report(host.objects_before_driver);
  if (!left.empty()) violation("left behind after %s:\n%s", after, left.c_str());
}

std::atomic<void (*)()> shutdown_hook{nullptr};

}  // namespace

void remove_modules(Machine& host) {
  for (int descriptor; (descriptor = host.files.any_descriptor()) >= 0;) {
    t31_host_close(descriptor);
  }
  if (const auto hook = shutdown_hook.load()) hook();
  if (!host.driver_loaded) return;
  if (const int error = t31_host_unload_driver(); error < 0) {
    violation("the driver can't be unloaded at shutdown: error %d, %d modules use it", error,
              host.driver_users.load());
  }
}

}  // namespace t31::host

using namespace t31::host;

int t31_host_load_driver(const char* parameters) {
  auto& host = machine();
  might_sleep("t31_host_load_driver");
  if (host.driver_loaded) return -EEXIST;
  t31_parameters parsed = T31_PARAMETERS_DEFAULT;
  if (const int error = parse(host, parameters, &parsed); error < 0) return error;
  host.objects_before_driver = host.objects.mark();
  host.trace.mark("module load");
  const int result = t31_driver_load(&parsed);
  check_nothing_held("t31_driver_load");
  if (result < 0) {
    check_leftovers(host, "t31_driver_load failed");
  } else {
    host.driver_loaded = true;
  }
  return result;
}

int t31_host_unload_driver(void) {
  auto& host = machine();
  might_sleep("t31_host_unload_driver");
  if (!host.driver_loaded) return -ENOENT;
  if (host.files.open_nodes() > 0 || host.driver_users > 0) return -EBUSY;
  host.trace.mark("module unload");
  t31_driver_unload();
  check_nothing_held("t31_driver_unload");
  host.driver_loaded = false;
  check_leftovers(host, "t31_driver_unload");
  return 0;
}

int t31_host_driver_get(void) {
  auto& host = machine();
  if (!host.driver_loaded) return -ENOENT;
  ++host.driver_users;
  return 0;
}

void t31_host_driver_put(void) {
  if (machine().driver_users-- <= 0) violation("t31_host_driver_put without t31_host_driver_get");
}

void t31_host_set_shutdown_hook(void (*hook)(void)) {
  shutdown_hook = hook;
}
