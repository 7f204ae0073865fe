// SPDX-License-Identifier: GPL-2.0-or-later
// report.hpp - the host is stricter than any kernel: what a kernel would let pass until it hurts,
// or warn about, ends the test here, with a paragraph that says who did what.
#pragma once

#include <string>

#include "host/sched/thread.hpp"

namespace t31::host {

// A broken rule: prints the report with thread, context and held locks; then the abort hook
// (t31_host_set_abort_hook) or abort(). Returns only when a hook does.
void violation(const char* format, ...) __attribute__((format(printf, 1, 2)));
// Same, and aborts in any case: there is no way to go on.
[[noreturn]] void fatal(const char* format, ...) __attribute__((format(printf, 1, 2)));

// Rules of context. `call` is the port call's name.
void might_sleep(const char* call);      // process context, no spin lock held
void process_context(const char* call);  // a thread of the machine, not an interrupt
Thread& attached(const char* call);      // a thread of the machine
// Nothing may be held when a system call, a work function or a handler returns.
void check_nothing_held(const char* where);

// " holding mutex 'a', spin lock 'b'", or "".
std::string held_locks_text(const Thread& thread);

void set_abort_hook(void (*hook)(const char* report));

}  // namespace t31::host
