#!/usr/bin/env bash
# Runs the fleets' build script outside of their image, in an environment like it: their variables, clang, folders for sources, work and
# output, a checkout of the last commit. Then each target in the output runs over its seeds, with its options and its dictionary.
#
#     bash fuzz/try-build.sh [FOLDER]
#
# FOLDER (a new one, if none is given) keeps what is built. What is not as in their image: the compilers are this machine's, the C++ library
# is GCC's, libFuzzer is the one that comes with clang, and its version is not that of the Rust compiler.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

root=${1:-$(mktemp -d)}
mkdir -p "$root"/{src,out,work}
root=$(cd "$root" && pwd)
for tool in clang clang++ zip unzip cargo-fuzz; do
    command -v "$tool" >/dev/null || { echo "$tool is needed" >&2; exit 2; }
done
engine=$(clang --print-file-name=libclang_rt.fuzzer-x86_64.a)
[[ -f $engine ]] || engine=$(clang --print-runtime-dir)/libclang_rt.fuzzer-x86_64.a
[[ -f $engine ]] || { echo "clang has no libFuzzer here" >&2; exit 2; }

rm -rf "$root/src/lua-lockstep"
mkdir -p "$root/src/lua-lockstep"
git archive HEAD | tar -x -C "$root/src/lua-lockstep"
cp "$root/src/lua-lockstep/.clusterfuzzlite/build.sh" "$root/src/build.sh"

sanitizer_flags="-fsanitize=address -fsanitize-address-use-after-scope"
flags="-O1 -fno-omit-frame-pointer -gline-tables-only -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION $sanitizer_flags -fsanitize=fuzzer-no-link"
# Nothing of this shell's own that Cargo would take.
env -u CARGO_TARGET_DIR \
    SRC="$root/src" OUT="$root/out" WORK="$root/work" \
    FUZZING_LANGUAGE=rust FUZZING_ENGINE=libfuzzer SANITIZER=address ARCHITECTURE=x86_64 \
    CC=clang CXX=clang++ CFLAGS="$flags" CXXFLAGS="$flags" \
    RUSTFLAGS="--cfg fuzzing -Zsanitizer=address -Cdebuginfo=1 -Cforce-frame-pointers" \
    RUSTUP_TOOLCHAIN="${RUSTUP_TOOLCHAIN:-nightly}" CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER=clang \
    LIB_FUZZING_ENGINE=-fsanitize=fuzzer CUSTOM_LIBFUZZER_PATH="$engine" CUSTOM_LIBFUZZER_STD_CXX=stdc++ \
    bash "$root/src/build.sh"

targets=0
for options in "$root"/out/*.options; do
    name=$(basename "$options" .options)
    binary=$root/out/$name
    seeds=$root/work/unpacked/$name
    rm -rf "$seeds" && mkdir -p "$seeds"
    unzip -q -o "$binary"_seed_corpus.zip -d "$seeds"
    count=$(find "$seeds" -type f | wc -l)
    mapfile -t arguments < <(sed -n 's/^\([a-z_]*\) = \(.*\)$/-\1=\2/p' "$options")
    [[ -f $binary.dict ]] && arguments+=("-dict=$binary.dict")
    # What their check of a build looks for: both kinds of instrumentation.
    for symbol in __asan_report __sanitizer_cov; do
        nm "$binary" | grep -q "$symbol" || { echo "$name has no $symbol" >&2; exit 1; }
    done
    # Beyond the seeds, so that mutations and the dictionary are used.
    log=$(cd "$root/work" && "$binary" "${arguments[@]}" -runs=$((count + 200)) -artifact_prefix="$root/work/$name-" "$seeds" 2>&1) || {
        tail -n 60 <<<"$log" >&2
        echo "$name failed" >&2
        exit 1
    }
    printf '%s: %s seeds, %s\n' "$name" "$count" "$(grep '^Done' <<<"$log")"
    ((targets += 1))
done
expected=$(grep -c '^\[\[bin\]\]$' fuzz/Cargo.toml)
((targets == expected)) || { echo "$targets targets of $expected" >&2; exit 1; }
