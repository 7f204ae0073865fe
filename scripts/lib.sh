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
stage_status=0

# stage NAME COMMAND [ARGUMENT]... runs a command under a heading and reports its time. A failure is
# counted, and the script goes on: the reader wants to see all that is wrong, not only the first.
# The command's status is in $stage_status afterwards. It isn't returned, for a function whose caller
# is a condition (if, ||) runs on after a command in it has failed.
stage() {
  local name=$1 start=$SECONDS
  shift
  heading "$name"
  set +e
  (
    set -e
    "$@"
  )
  stage_status=$?
  set -e
  end_stage "$name" $((SECONDS - start))
}

# stages_beside NAME COMMAND -- NAME COMMAND: two stages at once, for two that each leave part of the
# machine idle; a COMMAND is one word. What the first one prints follows when the second has ended.
stages_beside() {
  local start=$SECONDS log background
  log=$(mktemp)
  (
    set +e
    (
      set -e
      "$2"
    ) >"$log" 2>&1
    status=$?
    echo $((SECONDS - start)) >"$log.seconds"
    exit $status
  ) &
  background=$!
  stage "$4" "$5"
  heading "$1"
  set +e
  wait "$background"
  stage_status=$?
  set -e
  cat "$log"
  end_stage "$1" "$(cat "$log.seconds")"
  rm -f "$log" "$log.seconds"
}

heading() {
  echo
  echo "${bold}== $1${plain}"
}

# end_stage NAME SECONDS: reports how a stage has ended, and counts a failure.
end_stage() {
  local name=$1 elapsed
  elapsed=$(duration "$2")
  if ((stage_status == 0)); then
    echo "${green}ok${plain} - $name ($elapsed)"
    stage_summary+=("ok      $elapsed|$name")
  else
    echo "${red}FAILED${plain} - $name ($elapsed)"
    stage_summary+=("FAILED  $elapsed|$name")
    failed_stages=$((failed_stages + 1))
  fi
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
