#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Installs the Debian 12 packages that a build and the tests need. Does nothing when all are there.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

packages=(
  g++ cmake ninja-build ccache git python3
  # libraries of tools, host and model
  libhwy-dev libcli11-dev nlohmann-json3-dev libfmt-dev libspdlog-dev
  libpng-dev libjpeg62-turbo-dev zlib1g-dev libeigen3-dev libnlopt-cxx-dev
  # tests and benchmarks
  libgtest-dev libgmock-dev libbenchmark-dev
  # the driver core as the camera gets it
  g++-mipsel-linux-gnu gcc-mipsel-linux-gnu binutils-mipsel-linux-gnu
  # instructions executed on the camera's processor, counted
  qemu-user
  # the kernel module in a virtual machine
  qemu-system-mips make cpio bc debian-archive-keyring
  # checks
  clang-format clang-tidy
  # fuzzing
  clang libclang-rt-14-dev
)

usage() {
  cat <<USAGE
usage: scripts/setup.sh [--list]

Installs the packages needed to build and test on Debian 12 (bookworm), as root.
When all are installed it says so and needs neither root nor network.

  --list   print the package names, one a line, and stop
  --help   this text
USAGE
}

missing_packages() {
  local package status
  for package in "${packages[@]}"; do
    status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $status == installed ]] || echo "$package"
  done
}

case "${1-}" in
  '') ;;
  --list) printf '%s\n' "${packages[@]}"; exit 0 ;;
  -h | --help) usage; exit 0 ;;
  *) echo "setup.sh: unknown option '$1'" >&2; usage >&2; exit 2 ;;
esac

command -v dpkg-query >/dev/null || die "this is not a Debian system (no dpkg-query).
  Install the equivalents of: ${packages[*]}"

mapfile -t missing < <(missing_packages)
if ((${#missing[@]} == 0)); then
  echo "all ${#packages[@]} packages are installed"
  exit 0
fi

echo "to install: ${missing[*]}"
((EUID == 0)) || die "installing packages needs root. Run: sudo scripts/setup.sh"

export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
run_apt() {
  apt-get -q -o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1 || { tail -n 20 "$log" >&2; return 1; }
}
echo "reading package lists"
run_apt update || die "apt-get update failed (see above): is there a network and a Debian mirror?"
echo "installing ${#missing[@]} packages"
run_apt install -y --no-install-recommends "${missing[@]}" || die "apt-get install failed (see above)"

mapfile -t missing < <(missing_packages)
((${#missing[@]} == 0)) || die "still missing: ${missing[*]}"
echo "all ${#packages[@]} packages are installed"
