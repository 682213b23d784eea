#!/usr/bin/env bash
# Fuzzes one target for some minutes and goes on after findings: `bash fuzz/night.sh TARGET MINUTES`. Findings are no failure here: they
# lie in fuzz/artifacts/TARGET, for `lockstep triage`. What is a failure is that the fuzzer itself did not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target=$1
minutes=$2
dictionary=()
case $target in
    parse | bytecode | roundtrip) dictionary=(-dict=fuzz/dictionaries/lua.dict) ;;
    chunk) dictionary=(-dict=fuzz/dictionaries/chunk.dict) ;;
esac

# One child process for each processor. When a case kills one, its artifact is kept and another one starts.
code=0
cargo +nightly fuzz run "$target" -- -fork="$(nproc)" -ignore_crashes=1 -ignore_timeouts=1 -ignore_ooms=1 \
    -max_total_time=$((minutes * 60)) -max_len=8192 -timeout=60 -rss_limit_mb=4096 -detect_leaks=0 \
    "${dictionary[@]}" || code=$?
case $code in
    # 77: a crash, 70: a timeout, 71: out of memory; cargo-fuzz makes 1 of any of them.
    0) ;;
    *) compgen -G "fuzz/artifacts/$target/*" >/dev/null || { echo "the fuzzer failed with $code and found nothing" >&2; exit 1; } ;;
esac
