// SPDX-License-Identifier: GPL-2.0-or-later
// framechan.cpp - /dev/framechan0..2: ioctl numbers, user memory, error numbers
// (user-abi 4.2, 4.3).
#include "driver/device/framechan.hpp"

#include <cstdint>

namespace t31::device {

using output::Channel;
using output::File;

namespace {

// A failed copy is -ENOMEM on these nodes, as the vendor's driver has it.
template <typename T>
Status copy_in(T& to, u32 address) {
  return t31_port_copy_from_user(&to, address, sizeof(T)) == 0 ? kOk : Status::error(T31_ENOMEM);
}

template <typename T>
Status copy_out(u32 address, const T& from) {
  return t31_port_copy_to_user(address, &from, sizeof(T)) == 0 ? kOk : Status::error(T31_ENOMEM);
}

// The 96-byte format lacks four words in the middle.
t31_frame_format widen(const t31_frame_format_472& narrow) {
  t31_frame_format wide{};
  wide.type = narrow.type;
  wide.pix = narrow.pix;
  wide.crop = narrow.crop;
  return wide;
}

t31_frame_format_472 narrow(const t31_frame_format& wide) {
  return {wide.type, wide.pix, wide.crop};
}

const t31_frame_format& widen(const t31_frame_format& format) {
  return format;
}

template <typename T>
T shape(const t31_frame_format& format) {
  if constexpr (sizeof(T) == sizeof(t31_frame_format)) {
    return format;
  } else {
    return narrow(format);
  }
}

template <typename T>
Status set_format(const FramechanCall& call) {
  T client{};
  Status status = copy_in(client, call.argument);
  if (!status.ok()) return status;
  t31_frame_format format = widen(client);
  status = call.unit.set_format(call.channel, call.file, format);
  return status.ok() ? copy_out(call.argument, shape<T>(format)) : status;
}

template <typename T>
Status get_format(const FramechanCall& call) {
  t31_frame_format format{};
  const Status status = call.unit.get_format(call.channel, call.file, format);
  return status.ok() ? copy_out(call.argument, shape<T>(format)) : status;
}

Status request_buffers(const FramechanCall& call) {
  t31_request_buffers request{};
  Status status = copy_in(request, call.argument);
  if (!status.ok()) return status;
  status = call.unit.request_buffers(call.channel, call.file, request);
  if (!status.ok() || request.count == 0) return status;
  status = copy_out(call.argument, request);
  if (!status.ok()) {
    request.count = 0;
    (void)call.unit.request_buffers(call.channel, call.file, request).ok();
  }
  return status;
}

Status query(const FramechanCall& call) {
  t31_buffer buffer{};
  Status status = copy_in(buffer, call.argument);
  if (!status.ok()) return status;
  status = call.unit.channel(call.channel).query(call.file, buffer);
  return status.ok() ? copy_out(call.argument, buffer) : status;
}

// The answer goes out first: a copy that fails leaves nothing queued.
Status queue(const FramechanCall& call) {
  t31_buffer buffer{};
  Channel& channel = call.unit.channel(call.channel);
  Status status = copy_in(buffer, call.argument);
  if (status.ok()) status = channel.check_queue(call.file, buffer);
  if (status.ok()) status = copy_out(call.argument, buffer);
  return status.ok() ? channel.queue(call.file, buffer) : status;
}

Status dequeue(const FramechanCall& call) {
  t31_buffer buffer{};
  Channel& channel = call.unit.channel(call.channel);
  Status status = copy_in(buffer, call.argument);
  if (!status.ok()) return status;
  if (buffer.type != T31_BUF_TYPE_VIDEO_CAPTURE) return Status::error(T31_EINVAL);
  status = channel.dequeue(call.file, call.nonblock, buffer);
  if (!status.ok()) return status;
  status = copy_out(call.argument, buffer);
  if (!status.ok()) channel.undo_dequeue(call.file, buffer.index);
  return status;
}

Status stream(const FramechanCall& call, bool on) {
  u32 type = 0;
  const Status status = copy_in(type, call.argument);
  if (!status.ok()) return status;
  return on ? call.unit.stream_on(call.channel, call.file, type)
            : call.unit.stream_off(call.channel, call.file, type);
}

// Not woken by STREAMOFF: the vendor's library would spin on the error (user-abi 4.8).
Status wait_frame_done(const FramechanCall& call) {
  Channel& channel = call.unit.channel(call.channel);
  u32 finished = 0;
  Status status = channel.wait_finished(call.file, finished);
  if (!status.ok()) {
    const Status told = copy_out(call.argument, static_cast<s32>(status.code()));
    return told.ok() ? status : told;
  }
  status = copy_out(call.argument, finished);
  if (!status.ok()) channel.undo_wait_finished(call.file);
  return status;
}

// A hint of the vendor's library that its driver ignores.
Status set_banks(const FramechanCall& call) {
  u32 count = 0;
  return copy_in(count, call.argument);
}

// NULL, or one of the last addresses, which are error codes.
bool plausible(u32 address) {
  return address != 0 && address < 0xfffff001u;
}

}  // namespace

long framechan_ioctl(const FramechanCall& call, u32 command) {
  Status (*handler)(const FramechanCall&) = nullptr;
  switch (command) {
    case T31_FRAMECHAN_SET_FORMAT:
      handler = set_format<t31_frame_format>;
      break;
    case T31_FRAMECHAN_SET_FORMAT_472:
      handler = set_format<t31_frame_format_472>;
      break;
    case T31_FRAMECHAN_GET_FORMAT:
      handler = get_format<t31_frame_format>;
      break;
    case T31_FRAMECHAN_GET_FORMAT_472:
      handler = get_format<t31_frame_format_472>;
      break;
    case T31_FRAMECHAN_REQBUFS:
      handler = request_buffers;
      break;
    case T31_FRAMECHAN_QUERYBUF:
      handler = query;
      break;
    case T31_FRAMECHAN_QBUF:
      handler = queue;
      break;
    case T31_FRAMECHAN_DQBUF:
      handler = dequeue;
      break;
    case T31_FRAMECHAN_STREAMON:
      handler = [](const FramechanCall& c) { return stream(c, true); };
      break;
    case T31_FRAMECHAN_STREAMOFF:
      handler = [](const FramechanCall& c) { return stream(c, false); };
      break;
    case T31_FRAMECHAN_SET_BANKS:
      handler = set_banks;
      break;
    case T31_FRAMECHAN_WAIT_FRAME_DONE:
      handler = wait_frame_done;
      break;
    default:
      return -T31_ENOTTY;
  }
  if (!call.unit.channel(call.channel).held_by(call.file)) return -T31_EPERM;
  if (!plausible(call.argument)) return -T31_EINVAL;
  return handler(call).code();
}

}  // namespace t31::device

namespace t31::output {
namespace {

// A descriptor is a number, not memory: nothing to allocate, nothing to leak.
File file_of(void* file) {
  return static_cast<File>(reinterpret_cast<uintptr_t>(file));
}

}  // namespace

Status OutputUnit::create_nodes() {
  static constexpr t31_node_ops kOps = {
      .open = [](void* context, void** file) -> int {
        const Node& node = *static_cast<Node*>(context);
        const Result<File> opened = node.unit->open(node.channel);
        if (opened.ok()) *file = reinterpret_cast<void*>(static_cast<uintptr_t>(opened.value()));
        return opened.code();
      },
      .release =
          [](void* context, void* file) {
            const Node& node = *static_cast<Node*>(context);
            node.unit->release(node.channel, file_of(file));
          },
      .ioctl = [](void* context, void* file, u32 command, u32 argument, u32 flags) -> long {
        const Node& node = *static_cast<Node*>(context);
        return device::framechan_ioctl(
            {*node.unit, node.channel, file_of(file), argument, (flags & T31_OPEN_NONBLOCK) != 0},
            command);
      },
      .read = nullptr,
      .poll = nullptr,
  };
  static constexpr const char* kNames[kChannelCount] = {"framechan0", "framechan1", "framechan2"};
  for (unsigned i = 0; i < kChannelCount; ++i) {
    nodes_[i].unit = this;
    nodes_[i].channel = i;
    const Status status =
        Status::from(t31_port_node_create(kNames[i], &kOps, &nodes_[i], &nodes_[i].node));
    if (!status.ok()) {
      destroy_nodes();
      return status;
    }
  }
  return kOk;
}

void OutputUnit::destroy_nodes() {
  for (unsigned i = kChannelCount; i-- > 0;) {
    if (nodes_[i].node != nullptr) t31_port_node_destroy(nodes_[i].node);
    nodes_[i].node = nullptr;
  }
}

}  // namespace t31::output
