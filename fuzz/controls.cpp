// SPDX-License-Identifier: GPL-2.0-or-later
// Controls and parameter arrays of a camera with a sensor selected: any command on /dev/isp-m0 and
// /dev/tisp, any id, any contents, good and bad addresses; what is set acts on the registers at
// once.
//
// Input: commands, one behind the other: u8 kind, u8 table index or u32 id, then what the kind
// takes. Frames run after a byte asks for them.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "t31_host.h"
#include "uapi/t31/isp_tuning.h"
#include "uapi/t31/tisp.h"
#include "uapi/t31/tx_isp.h"

namespace {

constexpr std::uint32_t kKnown[] = {
    0x980900,  0x980901,  0x980902,  0x98091b,  0x980914,  0x980915,  0x980918,  0x98091f,
    0x8000004, 0x8000005, 0x8000008, 0x8000009, 0x800000a, 0x800000b, 0x800000c, 0x800000d,
    0x800000e, 0x800000f, 0x8000023, 0x8000024, 0x8000025, 0x8000026, 0x8000027, 0x8000028,
    0x8000029, 0x800002a, 0x800002b, 0x800002c, 0x800002d, 0x800002e, 0x800002f, 0x8000030,
    0x8000031, 0x8000032, 0x8000033, 0x8000034, 0x8000035, 0x8000036, 0x8000037, 0x8000038,
    0x8000039, 0x8000042, 0x8000043, 0x8000044, 0x8000045, 0x8000062, 0x8000084, 0x8000085,
    0x8000086, 0x80000a2, 0x80000a3, 0x80000a4, 0x80000a5, 0x80000a6, 0x80000e0, 0x80000e1,
    0x80000e2, 0x80000e3, 0x80000e4, 0x80000e5, 0x80000e6, 0x80000e7, 0x80000e8, 0x80000e9,
    0x80000ea, 0x8000100, 0x8000101, 0x8000102, 0x8000164};
constexpr std::uint32_t kTisp[] = {T31_TISP_GET_GROUP, T31_TISP_SET_GROUP,    T31_TISP_GET_AE,
                                   T31_TISP_SET_AE,    T31_TISP_GET_WB,       T31_TISP_SET_WB,
                                   T31_TISP_VERSION,   T31_TISP_LONG_VERSION, T31_TISP_GET_ARRAY,
                                   T31_TISP_SET_ARRAY, T31_TISP_FIND_ARRAY};
constexpr std::uint32_t kArgumentBytes = 512;
constexpr unsigned kMostCommands = 40;

struct Arena {
  std::uint8_t argument[kArgumentBytes];
  t31_tool_exchange exchange;
  t31_extended_control control;
};

struct Machine {
  int tx = -1, tuning = -1, tisp = -1;
  Arena* memory = nullptr;
};
Machine machine;

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "fuzz: %s\n", what);
  std::abort();
}

void start() {
  t31_host_config config{};
  if (t31_host_reset(&config) != 0) give_up("no machine");
  char error[200] = "";
  if (t31_host_attach_sensor(R"({"sensor":"sc2336","scene":{"type":"flat","level":0.18}})", error,
                             sizeof(error)) != 0) {
    give_up(error);
  }
  if (t31_host_load_driver("") != 0) give_up("driver not loaded");
  const std::string module = std::string(T31_BINARY_DIR) + "/sensors/sensor_sc2336_t31.so";
  if (t31_host_insmod(module.c_str(), "") != 0) give_up("sensor not loaded");
  machine.memory = static_cast<Arena*>(t31_host_user_alloc(sizeof(Arena)));
  machine.tx = t31_host_open("/dev/tx-isp", 0);
  auto* sensor = reinterpret_cast<struct t31_sensor_register*>(machine.memory->argument);
  std::memset(sensor, 0, sizeof(*sensor));
  std::strcpy(sensor->name, "sc2336");
  std::strcpy(sensor->i2c.type, "sc2336");
  sensor->cbus_type = 1;
  sensor->i2c.addr = 0x30;
  if (t31_host_ioctl(machine.tx, T31_TX_ISP_REGISTER_SENSOR, t31_host_user_address(sensor)) != 0) {
    give_up("sensor not registered");
  }
  auto* input = reinterpret_cast<t31_input*>(machine.memory->argument);
  std::memset(input, 0, sizeof(*input));
  t31_host_ioctl(machine.tx, T31_TX_ISP_ENUM_INPUT, t31_host_user_address(input));
  auto* index = reinterpret_cast<std::int32_t*>(machine.memory->argument);
  *index = 0;
  if (t31_host_ioctl(machine.tx, T31_TX_ISP_S_INPUT, t31_host_user_address(index)) != 0) {
    give_up("sensor not selected");
  }
  machine.tuning = t31_host_open("/dev/isp-m0", 0);
  machine.tisp = t31_host_open("/dev/tisp", 0);
  if (machine.tuning < 0 || machine.tisp < 0) give_up("nodes not opened");
}

// The rest of the input, byte by byte; zeros behind its end.
struct Reader {
  const std::uint8_t* at;
  std::size_t left;
  std::uint8_t byte() {
    if (left == 0) return 0;
    --left;
    return *at++;
  }
  std::uint32_t word() {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value |= static_cast<std::uint32_t>(byte()) << 8 * i;
    return value;
  }
  void fill(std::uint8_t* to, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) to[i] = byte();
  }
};

// kind bits: 0 get, 1 pointer, 2 bad pointer, 3 unknown id, 4 /dev/tisp, 5 whole array of data.
void command(Reader& input) {
  const std::uint8_t kind = input.byte();
  Arena& memory = *machine.memory;
  if ((kind & 16) != 0) {
    const std::uint32_t number = kTisp[input.byte() % (sizeof(kTisp) / sizeof(kTisp[0]))];
    memory.exchange.id = (kind & 8) != 0 ? input.word() : input.word() % (T31_TISP_ARRAYS + 8);
    memory.exchange.size = (kind & 1) != 0 ? memory.exchange.size : input.word() % 0x6000;
    memory.exchange.aux = input.byte();
    const std::uint8_t count = input.byte();
    if ((kind & 32) != 0) {
      std::memset(memory.exchange.data, count, T31_TISP_DATA);
    } else {
      input.fill(memory.exchange.data, count);
    }
    const std::uint32_t address = t31_host_user_address(&memory.exchange);
    t31_host_ioctl(machine.tisp, number, (kind & 4) != 0 ? input.word() % 4096 : address);
    return;
  }
  const std::uint32_t id =
      (kind & 8) != 0 ? input.word() : kKnown[input.byte() % (sizeof(kKnown) / sizeof(kKnown[0]))];
  if (id == T31_CONTROL_WAIT_FRAME) return;  // waits as long as it is told
  memory.control.dir = kind & 1;
  memory.control.id = id;
  if ((kind & 2) == 0) {
    memory.control.value = input.word();
  } else {
    input.fill(memory.argument, input.byte());
    memory.control.value =
        (kind & 4) != 0 ? input.word() % 4096 : t31_host_user_address(memory.argument);
  }
  t31_host_ioctl(machine.tuning, T31_ISP_CTRL, t31_host_user_address(&memory.control));
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  start();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Reader input{data, size};
  for (unsigned i = 0; i < kMostCommands && input.left != 0; ++i) command(input);
  return 0;
}
