#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Checks that all C and C++ files are formatted as .clang-format says; --fix formats them.
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1-}" in
  '') arguments=(--dry-run -Werror) ;;
  --fix) arguments=(-i) ;;
  *)
    echo "usage: check_format.sh [--fix]"
    [[ $1 == --help || $1 == -h ]] && exit 0 || exit 2
    ;;
esac

list_files() {
  if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git ls-files -z --cached --others --exclude-standard '*.c' '*.h' '*.cpp' '*.hpp'
  else
    find . \( -path ./build -o -path ./out \) -prune -o -name '*.[ch]' -print0 -o -name '*.[ch]pp' -print0
  fi
}
list_files | while IFS= read -r -d '' file; do if [[ -f $file ]]; then printf '%s\0' "$file"; fi; done |
  xargs -0 -r -n 20 -P "$(nproc)" clang-format "${arguments[@]}"
