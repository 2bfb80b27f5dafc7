#!/bin/sh
# Reads the Dockerfile and docker-compose.yml with the programs that know them. No container runs.
# Usage: container_files_test.sh REPOSITORY
set -eu

root=$1
linter="$root/contract-tests/oracles/node_modules/.bin/dockerfile-utils"
checked=0
failures=0

if [ -x "$linter" ]; then
  checked=$((checked + 1))
  "$linter" lint "$root/Dockerfile" || failures=$((failures + 1))
  # The linter must be able to say no.
  wrong=$(mktemp)
  echo 'FORM debian' > "$wrong"
  if "$linter" lint "$wrong" > /dev/null; then
    echo "the linter accepts everything" >&2
    failures=$((failures + 1))
  fi
  rm -f "$wrong"
fi
if command -v docker-compose > /dev/null; then
  checked=$((checked + 1))
  docker-compose -f "$root/docker-compose.yml" config --quiet || failures=$((failures + 1))
fi
# What the image copies must be what the build makes.
grep -q 'COPY --from=build /src/build/release/bin/pcsim ' "$root/Dockerfile" ||
  failures=$((failures + 1))

[ "$failures" -eq 0 ] || exit 1
[ "$checked" -gt 0 ] || exit 77
