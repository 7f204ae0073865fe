/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sensor_bus.h"

static unsigned address_bytes = 2;

void sensor_set_address_bytes(unsigned bytes) {
  address_bytes = bytes;
}

static int transfer(struct i2c_client* client, struct i2c_msg* messages, int count) {
  int done = private_i2c_transfer(client->adapter, messages, count);

  if (done < 0) return done;
  return done == count ? 0 : -EIO;
}

int sensor_read(struct i2c_client* client, u16 address, u8* value) {
  u8 where[2] = {address >> 8, address & 0xff};
  u8* first = where + sizeof(where) - address_bytes;
  struct i2c_msg messages[2] = {
      {.addr = client->addr, .flags = 0, .len = address_bytes, .buf = first},
      {.addr = client->addr, .flags = I2C_M_RD, .len = 1, .buf = value},
  };

  *value = 0;
  return transfer(client, messages, 2);
}

int sensor_write(struct i2c_client* client, u16 address, u8 value) {
  u8 bytes[3] = {address >> 8, address & 0xff, value};
  struct i2c_msg message = {
      .addr = client->addr, .flags = 0, .len = address_bytes + 1, .buf = bytes + 2 - address_bytes};

  return transfer(client, &message, 1);
}

int sensor_write_list(struct i2c_client* client, const struct sensor_reg* list, size_t count) {
  int error = 0;
  size_t i;

  for (i = 0; i < count && !error; i++)
    error = sensor_write(client, list[i].address, list[i].value);
  return error;
}

int sensor_read_number(struct i2c_client* client, u16 address, unsigned bytes, u32* value) {
  unsigned i;
  u8 byte;

  *value = 0;
  for (i = 0; i < bytes; i++) {
    int error = sensor_read(client, address + i, &byte);

    if (error) return error;
    *value = *value << 8 | byte;
  }
  return 0;
}
