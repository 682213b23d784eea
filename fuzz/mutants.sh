#!/usr/bin/env bash
# Whether the corpus and a short campaign notice a change of Ferrous: a random sample of the mutants that cargo-mutants makes of the compiler,
# the VM, the heap and the libraries, each judged by `lockstep replay` and a campaign of 20 seconds (tests/power.rs).
#
#     cargo install cargo-mutants --locked
#     bash fuzz/mutants.sh 100 7          # so many mutants, the seed of the sample
#     bash fuzz/mutants.sh 100 7 2/4      # the second of four parts of that sample
#
# The same numbers are the same sample as long as the sources do not change. Results are in mutants.out: caught.txt, missed.txt,
# timeout.txt (caught as well: the change never ended), unviable.txt (does not compile, and does not count), log/ for each.
# LOCKSTEP_POWER_TIME and LOCKSTEP_POWER_SEED are the campaign's. Exit code: that of cargo-mutants, 2 if some were missed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

count=${1:?how many mutants}
seed=${2:?the seed of the sample}
part=${3:-1/1}

# Tests, and what only the command lines of ferrous and ferrousc use, are no part of what campaigns run.
left_out='/tests?\.rs:|_tests\.rs:|^src/lua/embed/|^src/lua/bytecode/list|^src/lua/bytecode/sample'
random() {
    openssl enc -aes-256-ctr -pass "pass:$1" -nosalt -pbkdf2 </dev/zero 2>/dev/null
}
mapfile -t sample < <(
    cargo mutants --list --file 'src/lua/**/*.rs' | grep -Ev "$left_out" | LC_ALL=C sort \
        | shuf --head-count="$count" --random-source=<(random "$seed") \
        | awk -v k="${part%/*}" -v n="${part#*/}" 'NR % n == k % n'
)
if ((${#sample[@]} == 0)); then
    echo "there is no mutant to try" >&2
    exit 1
fi
echo "${#sample[@]} mutants of sample $count, seed $seed, part $part"

choices=()
for mutant in "${sample[@]}"; do
    # The name as a regular expression that means itself.
    choices+=(--re "^$(sed 's/[][\.|$(){}?+*^/-]/\\&/g' <<<"$mutant")\$")
done
cargo mutants --file 'src/lua/**/*.rs' "${choices[@]}" --no-shuffle --in-place --timeout 300 --colors never \
    -- --test power -- --ignored
