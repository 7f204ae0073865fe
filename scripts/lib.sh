# SPDX-License-Identifier: GPL-2.0-or-later
# Shared by demo.sh, test.sh and setup.sh: messages and timed stages. Sourced, not run.

if [[ -t 1 ]]; then
  bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  bold='' red='' green='' plain=''
fi

die() {
  echo "${red}error:${plain} $*" >&2
  exit 1
}

# 83 -> "1 min 23 s"
duration() {
  local seconds=$1
  if ((seconds >= 60)); then echo "$((seconds / 60)) min $((seconds % 60)) s"; else echo "$seconds s"; fi
}

stage_summary=()
failed_stages=0

# stage NAME COMMAND [ARGUMENT]... runs a command under a heading and reports its time. A failure is
# counted, and the script goes on: the reader wants to see all that is wrong, not only the first.
stage() {
  local name=$1 start=$SECONDS status=0
  shift
  echo
  echo "${bold}== $name${plain}"
  # A subshell with errexit of its own: a function called in a condition would lose it.
  set +e
  (
    set -e
    "$@"
  )
  status=$?
  set -e
  local elapsed
  elapsed=$(duration $((SECONDS - start)))
  if ((status == 0)); then
    echo "${green}ok${plain} - $name ($elapsed)"
    stage_summary+=("ok      $elapsed|$name")
  else
    echo "${red}FAILED${plain} - $name ($elapsed)"
    stage_summary+=("FAILED  $elapsed|$name")
    failed_stages=$((failed_stages + 1))
  fi
  return $status
}

print_summary() {
  echo
  echo "${bold}== Summary${plain}"
  local line
  for line in "${stage_summary[@]}"; do
    printf '%-24s %s\n' "${line%%|*}" "${line#*|}"
  done
  echo "total $(duration "$SECONDS")"
}
