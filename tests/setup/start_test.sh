#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# From where and by whom the start script can be called. The program and the set-up are stand-ins.
set -u
script=$(readlink -f -- "${BASH_SOURCE[0]}")
root=${script%/tests/*}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0
checkout="$scratch/a checkout"

mkdir -p "$checkout/scripts" "$checkout/core" "$checkout/plugins" "$checkout/build/bin" \
  "$checkout/.cache/setup"
cp "$root/scripts/spanlab" "$root/scripts/build" "$checkout/scripts/"
printf '#!/bin/sh\nexit 9\n' > "$checkout/scripts/setup"  # reached where the checkout may be written to
printf '#!/bin/sh\necho "program: $*"\n' > "$checkout/build/bin/spanlab"
touch "$checkout/build/.ninja_log"
chmod -R a+rX "$scratch"
chmod a+x "$checkout/scripts/setup" "$checkout/build/bin/spanlab"

# expect NAME STATUS LINE… -- COMMAND…: the status, and each line as a fragment of the output; `!` begins what
# must not be in it.
expect() {
  local name=$1 status=$2 lines=() output got line good=1
  shift 2
  while [ "$1" != -- ]; do lines+=("$1"); shift; done
  shift
  output=$("$@" 2>&1 < /dev/null)
  got=$?
  [ "$got" = "$status" ] || { good=0; echo "FAILED $name: exit status $got, expected $status"; }
  for line in "${lines[@]}"; do
    case $line in
      '!'*) [[ $output != *"${line#!}"* ]] || { good=0; echo "FAILED $name: must not contain: ${line#!}"; } ;;
      *) [[ $output == *"$line"* ]] || { good=0; echo "FAILED $name: lacks: $line"; } ;;
    esac
  done
  if [ $good = 1 ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    sed 's/^/    | /' <<< "$output"
  fi
}

ln -s "$checkout/scripts/spanlab" "$scratch/link"
ln -s link "$scratch/link to the link"
mkdir "$scratch/bin" && ln -s "../a checkout/scripts/spanlab" "$scratch/bin/spanlab"
expect 'its owner sets up first' 9 '!program' -- "$checkout/scripts/spanlab" ls
expect 'a link leads to the checkout' 9 '!No such file' -- "$scratch/link" ls
expect 'a link to a link as well' 9 '!No such file' -- "$scratch/link to the link" ls
expect 'and a relative one' 9 '!No such file' -- "$scratch/bin/spanlab" ls
expect 'by bash in its folder' 9 '!cannot access' '!No such file' \
  -- bash -c 'cd "$1/scripts" && bash spanlab ls' _ "$checkout"

# Others may only read: another user where this one is root, else the owner of a checkout that was made
# read-only.
if [ "$(id -u)" = 0 ]; then
  as=(setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent)
else
  as=(env)
  chmod -R a-w "$checkout"
fi
chmod a+x "$scratch"
expect 'others use what is built' 0 'program: ls --json' '!denied' '!newer' \
  -- "${as[@]}" "$checkout/scripts/spanlab" ls --json
expect 'also through a link' 0 'program: ls' -- "${as[@]}" "$scratch/link" ls
if unshare -m true 2> /dev/null; then
  expect 'a checkout that may only be read' 0 'program: ls' -- \
    unshare -m bash -c \
      'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && exec "$1/scripts/spanlab" ls' _ "$checkout"
fi
chmod -R u+w "$checkout"
touch -d '1 minute' "$checkout/core/changed.cpp"
[ "$(id -u)" = 0 ] || chmod -R a-w "$checkout"
expect 'a newer source is told' 0 'core/changed.cpp is newer than the build' 'program: ls' \
  -- "${as[@]}" "$checkout/scripts/spanlab" ls
chmod -R u+w "$checkout"
rm "$checkout/build/bin/spanlab"
[ "$(id -u)" = 0 ] || chmod -R a-w "$checkout"
expect 'without a build the way on is told' 5 'it is not built' 'clone it' \
  -- "${as[@]}" "$checkout/scripts/spanlab" ls
chmod -R u+w "$checkout"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
