// SPDX-License-Identifier: GPL-2.0-or-later
// device.hpp - between the files of the client's home on a camera: t31_host.h by system calls, so
// that t31cam and tests of whole cameras run against the kernel module. The camera is on and has
// its own time; what only the PC's virtual machine has (schedulers, traces, statistics) does
// nothing.
#pragma once

#include <string>

namespace t31::device {

// First line of a file, without its end; empty when it can't be read.
std::string first_line(const std::string& path);
// `what` is written on stderr with errno's text.
void complain(const std::string& what);
// Negative errno of a failed system call, else its result.
long result_of(long result);

}  // namespace t31::device
