// SPDX-License-Identifier: GPL-2.0-or-later
// nodes.cpp - device nodes of the port.
#include <algorithm>
#include <cstring>

#include "driver/port/port.h"
#include "host/client/files.hpp"
#include "host/machine.hpp"
#include "host/strict/report.hpp"

namespace t31::host {
namespace {

class DeviceNode final : public FileNode {
 public:
  DeviceNode(const char* name, const t31_node_ops& ops, void* node)
      : FileNode(std::string("/dev/") + name, 0), ops_(ops), node_(node) {}

  int open(void** state) override { return ops_.open != nullptr ? ops_.open(node_, state) : 0; }

  void release(void* state, bool removed) override {
    if (!removed && ops_.release != nullptr) ops_.release(node_, state);
  }

  long ioctl(void* state, uint32_t command, uint32_t argument, uint32_t flags) override {
    if (ops_.ioctl == nullptr) return -T31_ENOTTY;
    return ops_.ioctl(node_, state, command, argument, flags);
  }

  long read(void* state, void* buffer, size_t size, uint32_t flags) override {
    if (ops_.read == nullptr) return -T31_EINVAL;
    // The driver knows user addresses of 32 bits; the caller's buffer may lie anywhere.
    UserMemory& user = machine().user;
    const uint32_t wanted = static_cast<uint32_t>(std::min<size_t>(size, kMostRead));
    void* const bounce = user.allocate(wanted);
    if (bounce == nullptr) return -T31_ENOMEM;
    const long result = ops_.read(node_, state, t31_host_user_address(bounce), wanted, flags);
    if (result > 0) memcpy(buffer, bounce, std::min(static_cast<uint32_t>(result), wanted));
    user.release(bounce);
    return result;
  }

  long write(void*, const void*, size_t) override { return -T31_EINVAL; }

  int poll(void* state, uint32_t milliseconds) override {
    if (ops_.poll == nullptr) return 1;
    Poll poll = {this, state};
    t31_wait* wait = nullptr;
    if (ops_.poll(node_, state, &wait) > 0) return 1;
    if (wait == nullptr) {
      if (milliseconds != T31_WAIT_FOREVER) t31_port_msleep(milliseconds);
      return 0;
    }
    const int result = t31_port_wait(wait, is_readable, &poll, milliseconds, 1);
    return result == 0 ? 1 : result == -T31_ETIMEDOUT ? 0 : result;
  }

 private:
  static constexpr size_t kMostRead = size_t{16} << 20;
  struct Poll {
    const DeviceNode* node;
    void* state;
  };

  static int is_readable(void* context) {
    const Poll& poll = *static_cast<Poll*>(context);
    t31_wait* wait = nullptr;
    return poll.node->ops_.poll(poll.node->node_, poll.state, &wait) > 0 ? 1 : 0;
  }

  const t31_node_ops ops_;
  void* const node_;
};

}  // namespace
}  // namespace t31::host

using namespace t31::host;

struct t31_node {
  explicit t31_node(std::shared_ptr<DeviceNode> device) : node(std::move(device)) {}
  std::shared_ptr<DeviceNode> node;
};

int t31_port_node_create(const char* name, const struct t31_node_ops* ops, void* node,
                         struct t31_node** out) {
  auto& host = machine();
  might_sleep("t31_port_node_create");
  if (host.faults.hit("t31_port_node_create")) return -T31_ENOMEM;
  auto created = std::make_unique<t31_node>(std::make_shared<DeviceNode>(name, *ops, node));
  // Before it can be opened: the driver may look at it from its open operation.
  *out = created.get();
  if (const int error = host.files.add(created->node); error < 0) return error;
  host.objects.add(ObjectKind::kNode, created.get(), name, 0, __builtin_return_address(0));
  host.trace.mark("misc_register %s", name);
  static_cast<void>(created.release());
  return 0;
}

void t31_port_node_destroy(struct t31_node* node) {
  auto& host = machine();
  might_sleep("t31_port_node_destroy");
  if (!host.objects.remove(ObjectKind::kNode, node)) {
    return violation("t31_port_node_destroy of a node that isn't there");
  }
  host.trace.mark("misc_deregister %s", node->node->name());
  host.files.remove(*node->node);
  delete node;
}
