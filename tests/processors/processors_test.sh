#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The tests of numbers with the kernels of other processors: LibTorch, oneDNN and MKL are held to one family
# of instructions after the other. What this processor lacks is named and passed over. The suites themselves
# run with the best that there is.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
passed=0 failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
flags=" $(grep -m1 '^flags' /proc/cpuinfo | cut -d: -f2) "

# run PROGRAM [TESTS]: a program of tests, whole or those tests alone; counts it as one.
run() {
  local status=0
  "build/bin/test_$1" ${2:+--run_test="$2"} --report_level=no > "$scratch/output" 2>&1 < /dev/null ||
    status=$?
  if [ $status = 0 ]; then passed=$((passed + 1)); return; fi
  failed=$((failed + 1))
  local kernels="ATEN_CPU_CAPABILITY=$ATEN_CPU_CAPABILITY ONEDNN_MAX_CPU_ISA=$ONEDNN_MAX_CPU_ISA"
  echo "test_$1 ${2:-} with $kernels: exit code $status"
  grep -aE 'error|fatal' "$scratch/output" | head -n 10
}

# with LIBTORCH ONEDNN MKL FLAG…: the chosen tests, if the processor has all the flags.
with() {
  local flag
  export ATEN_CPU_CAPABILITY=$1 ONEDNN_MAX_CPU_ISA=$2 MKL_ENABLE_INSTRUCTIONS=$3
  shift 3
  for flag in "$@"; do
    if [[ $flags != *" $flag "* ]]; then
      echo "passed over: $ONEDNN_MAX_CPU_ISA, this processor has no $flag"
      return
    fi
  done
  run sdk
  run model
  run plugins
  run train \
    'optimizer:sum_of_losses:resumed_training_equals_uninterrupted:a_stored_model_predicts_what_its_trial_did'
  run parity 'encoder:parity_spert_mt:parity_spert_mt_predictions'
}

with avx2 AVX2 AVX2 avx2 fma
with avx512 AVX512_CORE AVX512 avx512f avx512bw avx512dq avx512vl
with avx512 AVX512_CORE_BF16 AVX512 avx512f avx512bw avx512dq avx512vl avx512_bf16

echo "$passed passed, $failed failed"
[ $failed = 0 ]
