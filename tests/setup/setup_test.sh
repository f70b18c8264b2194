#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What scripts/setup says when it cannot go on, and what a second start costs. Nothing is installed.
set -u
root=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0

# A checkout of its own, with programs of ours in front of the system's.
fresh() {
  rm -rf "$scratch/checkout" "$scratch/bin"
  mkdir -p "$scratch/checkout" "$scratch/bin"
  cp -r "$root/scripts" "$scratch/checkout/"
  cp -r "$root/datasets" "$scratch/checkout/"
}

program() {
  printf '#!/bin/sh\n%s\n' "$2" > "$scratch/bin/$1"
  chmod +x "$scratch/bin/$1"
}

# expect NAME STATUS LINE… -- COMMAND…: the status, and each line as a fragment of the output.
expect() {
  local name=$1 status=$2 lines=() output got line good=1
  shift 2
  while [ "$1" != -- ]; do lines+=("$1"); shift; done
  shift
  output=$(PATH=$scratch/bin:$PATH "$@" 2>&1 < /dev/null)
  got=$?
  [ "$got" = "$status" ] || { good=0; echo "FAILED $name: exit status $got, expected $status"; }
  for line in "${lines[@]}"; do
    [[ $output == *"$line"* ]] || { good=0; echo "FAILED $name: lacks: $line"; }
  done
  if [ $good = 1 ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    sed 's/^/    | /' <<< "$output"
  fi
}

setup=$scratch/checkout/scripts/setup
real_query=$(command -v dpkg-query)

fresh
program id 'echo 1000'
program sudo 'exit 1'
program dpkg-query "$real_query \"\$@\" | grep -v -e libfmt-dev -e liblua5.4-dev"
expect 'without root the packages are named' 5 'neither root nor sudo' \
  'apt-get install liblua5.4-dev libfmt-dev' -- "$setup"

fresh
program dpkg-query "$real_query \"\$@\" | grep -v libfmt-dev"
program apt-get 'echo "E: Could not resolve host"; exit 100'
expect 'a failing apt is shown' 5 'Could not resolve host' 'could not be installed' \
  'apt-get install libfmt-dev' 'network' -- "$setup"

fresh
program python3 \
  'case "$*" in *venv*) echo "No module named venv"; exit 1;; esac; exec /usr/bin/env -u PATH /bin/false'
program apt-get 'exit 100'
expect 'a Python without venv is named' 5 'python3-venv' -- "$setup"

torch=$scratch/torch
mkdir -p "$torch/lib" "$torch/include/torch/csrc/api/include/torch"
touch "$torch/lib/libtorch_cpu.so" "$torch/lib/libc10.so"
header=$torch/include/torch/csrc/api/include/torch/version.h
printf '#define TORCH_VERSION_%s\n' 'MAJOR 2' 'MINOR 1' 'PATCH 0' > "$header"
fresh
mkdir -p "$scratch/checkout/.venv/bin"
program venv 'exit 0'
mv "$scratch/bin/venv" "$scratch/checkout/.venv/bin/python"
expect 'an old LibTorch is refused by name' 5 "$torch is LibTorch 2.1.0; 2.7 or newer is needed" \
  'unset Torch_DIR' -- env Torch_DIR="$torch" "$setup"
printf '#define TORCH_VERSION_%s\n' 'MAJOR 2' 'MINOR 8' 'PATCH 1' > "$header"
expect 'the old C++ ABI is refused' 5 "$torch is LibTorch 2.8.1 with the old C++ ABI" \
  -- env Torch_DIR="$torch/share/cmake/Torch" "$setup"
expect 'a Torch_DIR without LibTorch is refused' 5 "$scratch/nothing has no headers or no libraries" \
  -- env Torch_DIR="$scratch/nothing" "$setup"
expect 'CMake refuses them as well' 1 'is LibTorch 2.8.1' 'is needed' -- \
  cmake "-DTorch_DIR=$torch" -P "$root/cmake/spanlab_torch.cmake"

program mkdir 'echo "Read-only file system" >&2; exit 1'
fresh_state=$scratch/checkout/.cache
rm -rf "$fresh_state"
expect 'a checkout that cannot be written is named' 5 '.cache cannot be written' 'check the owner' -- "$setup"
rm "$scratch/bin/mkdir"

fresh
program python3 'case "$*" in *venv*) exit 0;; *) echo "No matching distribution found"; exit 1;; esac'
mkdir -p "$scratch/checkout/.venv/bin"
program pip \
  'case "$*" in *--version*) exit 0;; *) echo "ERROR: Temporary failure in name resolution"; exit 1;; esac'
mv "$scratch/bin/pip" "$scratch/checkout/.venv/bin/python"
expect 'without network the wheel is named' 5 'Temporary failure in name resolution' \
  'torch==2.13.0 could not be installed' 'Torch_DIR=' -- \
  env -u Torch_DIR "$setup"

# The checkout that runs this is set up: a second start must be quick, silent, and ask nobody.
fresh
for name in apt-get sudo; do program "$name" 'echo "$0 was called"; exit 1'; done
start=${EPOCHREALTIME/./}
expect 'a second start is silent' 0 -- env PIP_NO_INDEX=1 bash -c "[ -z \"\$('$root/scripts/setup' 2>&1)\" ]"
took=$(((${EPOCHREALTIME/./} - start) / 1000))
if [ $took -lt 300 ]; then
  passed=$((passed + 1))
else
  failed=$((failed + 1))
  echo "FAILED a second start took $took ms, at most 300"
fi

echo "$passed passed, $failed failed"
[ $failed = 0 ]
