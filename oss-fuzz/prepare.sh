#!/usr/bin/env bash
# Writes the folder that a project has in OSS-Fuzz: `bash oss-fuzz/prepare.sh REPOSITORY CONTACT FOLDER`, where REPOSITORY is the address
# to clone from and CONTACT the address of who gets the reports. What is built, and how, is said in .clusterfuzzlite alone.
set -euo pipefail

if (($# != 3)); then
    echo "usage: bash oss-fuzz/prepare.sh REPOSITORY CONTACT FOLDER" >&2
    exit 2
fi
repository=$1
contact=$2
folder=$3
ours=$(dirname "${BASH_SOURCE[0]}")/../.clusterfuzzlite

mkdir -p "$folder"
cp "$ours/build.sh" "$folder/build.sh"
# Theirs clones what ours copies; the build script lies beside the Dockerfile.
sed -e "s|^COPY \. \(.*\)|RUN git clone --depth 1 $repository \1|" -e 's|^COPY .clusterfuzzlite/build.sh|COPY build.sh|' \
    "$ours/Dockerfile" >"$folder/Dockerfile"
cat >"$folder/project.yaml" <<END
homepage: "$repository"
language: rust
primary_contact: "$contact"
main_repo: "$repository"
sanitizers:
  - address
fuzzing_engines:
  - libfuzzer
END
if ! grep -q '^RUN git clone' "$folder/Dockerfile" || grep -q clusterfuzzlite "$folder/Dockerfile"; then
    echo "$ours/Dockerfile is not what this script was written for" >&2
    exit 1
fi
