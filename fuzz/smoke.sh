#!/usr/bin/env bash
# Builds every fuzz target as stable Rust does it, without instrumentation, and has each judge what it begins with.
# Run from anywhere: `bash fuzz/smoke.sh`. The first argument is the `lockstep` that writes the seeds, if it is not to be built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

choices=24
# Where the main build puts its things, so that both can share what they compile.
target_dir=${CARGO_TARGET_DIR:-$PWD/target}
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT

cargo build --locked --manifest-path fuzz/Cargo.toml --target-dir "$target_dir"
lockstep=(cargo run --quiet --locked --bin lockstep --)
(($#)) && lockstep=("$1")
"${lockstep[@]}" fuzz-seeds --out "$seeds" --choices "$choices" --source corpus/seeds

mapfile -t targets < <(sed -n 's/^path = "targets\/\(.*\)\.rs"$/\1/p' fuzz/Cargo.toml)
folders=("$seeds"/*)
if ((${#targets[@]} == 0 || ${#targets[@]} != ${#folders[@]})); then
    echo "fuzz/Cargo.toml has ${#targets[@]} targets, lockstep ${#folders[@]}" >&2
    exit 1
fi
for name in "${targets[@]}"; do
    count=$(find "$seeds/$name" -type f | wc -l)
    ((count >= choices)) || { echo "$name has only $count inputs" >&2; exit 1; }
    # -runs=0: what is there, and nothing else. The counters of coverage are missing, which it says.
    log=$("$target_dir/debug/$name" -runs=0 -timeout=60 -rss_limit_mb=4096 -artifact_prefix="$seeds/" "$seeds/$name" 2>&1) || {
        printf '%s\n%s: failed\n' "$log" "$name" >&2
        exit 1
    }
    # It runs the empty input as well, and counts it.
    runs=$(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' <<<"$log")
    ((runs >= count)) || { printf '%s\n%s ran %s of %s inputs\n' "$log" "$name" "${runs:-none}" "$count" >&2; exit 1; }
    printf '%s: %s inputs hold or say nothing\n' "$name" "$count"
done
