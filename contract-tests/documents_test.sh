#!/bin/sh
# Does what the documents say: runs the ```sh blocks of README.md and docs/*.md, one shell for each
# document as for a reader with one terminal, and parses their ```json blocks. `./dev run` and
# `pcsim serve` stand for the program that is built already, in the background and on free ports.
# Usage: documents_test.sh PCSIM_BINARY REPOSITORY
set -eu

binary=$1
root=$2
work=$(mktemp -d)
stop_simulator() {
  [ ! -f "$work/pid" ] || kill "$(cat "$work/pid")" 2> /dev/null || true
  rm -f "$work/pid"
}
trap 'stop_simulator; rm -rf "$work"' EXIT
failures=0
fail() {
  echo "FAILED: $*" >&2
  failures=$((failures + 1))
}

# blocks LANGUAGE DOCUMENT DIRECTORY: each block of the language in a file of its own.
blocks() {
  mkdir -p "$3"
  awk -v open="\`\`\`$1" -v folder="$3" '
    !inside && $0 == open { inside = 1; count += 1; file = sprintf("%s/%03d", folder, count); next }
    inside && $0 == "```" { inside = 0; close(file); next }
    inside { print > file }' "$2"
}

# A reader's checkout: everything but the commands that take long.
checkout="$work/checkout"
mkdir -p "$checkout/build/release/bin" "$work/home"
for entry in "$root"/*; do
  case ${entry##*/} in
    build | dev) ;;
    *) ln -s "$entry" "$checkout/" ;;
  esac
done
cat > "$checkout/build/release/bin/pcsim" << SCRIPT
#!/bin/sh
[ "\${1:-}" = serve ] || exec "$binary" "\$@"
case " \$* " in *" --help "*) exec "$binary" "\$@" ;; esac
if [ -f "$work/pid" ]; then
  kill "\$(cat "$work/pid")"
  while [ -e "$work/block" ] && kill -0 "\$(cat "$work/pid")" 2> /dev/null; do sleep 0.05; done
fi
rm -f "$work/block"
"$binary" "\$@" --listen localhost:0 --control 127.0.0.1:0 > "$work/block" 2> "$work/log" &
echo \$! > "$work/pid"
while [ ! -s "$work/block" ]; do
  if ! kill -0 "\$(cat "$work/pid")" 2> /dev/null; then
    cat "$work/log" >&2
    exit 1
  fi
  sleep 0.05
done
SCRIPT
cat > "$checkout/dev" << SCRIPT
#!/bin/sh
"$root/dev" help | grep -q "^  \${1:-help} " || { echo "./dev has no command '\$1'" >&2; exit 2; }
# The other commands are run by the verification itself.
[ "\$1" != run ] || { shift; exec ./build/release/bin/pcsim serve "\$@"; }
SCRIPT
chmod +x "$checkout/dev" "$checkout/build/release/bin/pcsim"

for document in "$root/README.md" "$root"/docs/*.md; do
  name=${document##*/}
  [ $(($(grep -c '^```' "$document") % 2)) -eq 0 ] || fail "$name has a block without an end"
  blocks json "$document" "$work/json/$name"
  for block in "$work/json/$name"/*; do
    [ ! -f "$block" ] || jq -e . "$block" > /dev/null || fail "$name has JSON that cannot be read"
  done
  blocks sh "$document" "$work/sh/$name"
  [ -f "$work/sh/$name/001" ] || continue
  echo "== $name"
  cat "$work/sh/$name"/* > "$work/script"
  if ! (cd "$checkout" && env -i PATH="$PATH" HOME="$work/home" sh -eux "$work/script") \
    > "$work/out" 2>&1; then
    cat "$work/out" >&2
    fail "$name cannot be followed"
  fi
  stop_simulator
done

# Every package that is installed has its reason.
packages=$(sed -n 's/^[a-z]*_packages="\(.*\)"$/\1/p' "$root/dev")
npm=$(jq -r '.dependencies + .devDependencies | keys[]' \
  "$root/contract-tests/oracles/package.json" "$root/contract-tests/clients/node/package.json")
pypi=$(sed -n 's/==.*//p' "$root/contract-tests/clients/python/requirements.in")
maven=$(sed -n 's/^ \{4,\}<artifactId>\(.*\)<.*/\1/p' "$root/contract-tests/clients/java/pom.xml")
for package in $packages $npm $pypi $maven; do
  grep -qF "\`$package\`" "$root/docs/dependencies.md" ||
    fail "docs/dependencies.md does not say why $package is here"
done

if [ "$failures" -ne 0 ]; then
  echo "$failures expectations failed" >&2
  exit 1
fi
echo "the documents hold"
