#!/usr/bin/env bash
# Builds the fuzz targets for ClusterFuzzLite and OSS-Fuzz, with their seeds, dictionaries and options, into $OUT.
# It runs in their image, which sets $SRC, $OUT, $WORK, the compilers and all flags; `bash fuzz/try-build.sh` does as it does.
set -euo pipefail
cd "$SRC/lua-lockstep"

# Their flags say which sanitizer the Rust code gets; cargo-fuzz is told not to add one by itself where there is none.
sanitizer=none
[[ ${SANITIZER:-address} == address ]] && sanitizer=address
cargo fuzz build -O --debug-assertions --sanitizer "$sanitizer"
built=fuzz/target/x86_64-unknown-linux-gnu/release

# The seeds are written by the package's own command, which runs here and needs no instrumentation.
env -u RUSTFLAGS -u CFLAGS -u CXXFLAGS cargo run --locked --target-dir "$WORK/lockstep" --bin lockstep -- \
    fuzz-seeds --out "$WORK/seeds"

for target in $(cargo fuzz list); do
    cp "$built/$target" "$OUT/"
    rm -f "$OUT/${target}_seed_corpus.zip"
    zip --quiet --junk-paths -r "$OUT/${target}_seed_corpus.zip" "$WORK/seeds/$target"
    cp fuzz/libfuzzer.options "$OUT/$target.options"
    case $target in
        parse | bytecode | roundtrip) cp fuzz/dictionaries/lua.dict "$OUT/$target.dict" ;;
        chunk) cp fuzz/dictionaries/chunk.dict "$OUT/$target.dict" ;;
    esac
done
