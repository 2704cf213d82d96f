# shellcheck shell=bash
# What the scripts share: where things are kept, how they speak, and how they fail. Sourced, never run.
set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"

# Everything that can be made again lives outside the checkout.
export CENTRALE_CACHE=${CENTRALE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/centrale}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CENTRALE_CACHE/target}
tools=$CENTRALE_CACHE/tools
export PATH="$tools/bin:$top/end2end/node_modules/.bin:$PATH"
mkdir -p "$CENTRALE_CACHE"

say() { printf '\n== %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# need COMMAND HOW-TO-GET-IT
need() { have "$1" || die "\`$1\` is missing: $2"; }

# Runs a noisy command quietly; its output is shown only when it fails.
quietly() {
  local log
  log=$(mktemp)
  if "$@" >"$log" 2>&1 </dev/null; then rm -f "$log"; return 0; fi
  cat "$log" >&2
  rm -f "$log"
  return 1
}

# A stamp remembers for which input a step was last done.
stamped() { [[ -f $1 && $(cat "$1") == "$2" ]]; }
stamp() { mkdir -p "$(dirname "$1")" && printf '%s\n' "$2" >"$1"; }

# One checksum over the content and the names of all files under the given paths.
content_of() {
  local path existing=()
  for path in "$@"; do [[ ! -e $path ]] || existing+=("$path"); done
  find "${existing[@]}" -type f ! -name '.*' -exec cksum {} + | LC_ALL=C sort | cksum | tr ' ' -
}

# Version of a package in Cargo.lock.
locked_version() { awk -v name="\"$1\"" '$1 == "name" { found = $3 == name } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock; }

free_port() { node -e "const s = require('net').createServer(); s.listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close(); })"; }

is_root() { [[ $(id -u) == 0 ]]; }

# debian_packages WHAT-FOR PACKAGE…: installs as root on Debian, else says what to install.
debian_packages() {
  local purpose=$1
  shift
  have apt-get || die "$purpose is missing: install it with your package manager (Debian: $*)"
  is_root || die "$purpose is missing: sudo apt-get install -y $*"
  say "installing $*"
  export DEBIAN_FRONTEND=noninteractive
  quietly apt-get install -y --no-install-recommends "$@" ||
    { quietly apt-get update && quietly apt-get install -y --no-install-recommends "$@"; } ||
    die "$purpose could not be installed: apt-get install -y $*"
}

# Prints the browser for the tests: $CHROMIUM or the first one found.
find_chromium() {
  local candidate
  for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    '/Applications/Chromium.app/Contents/MacOS/Chromium' \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
    if [[ -n $candidate ]] && have "$candidate"; then command -v "$candidate"; return 0; fi
  done
  return 1
}

# Prints the folder that holds initdb and pg_ctl.
find_postgres() {
  local candidate
  for candidate in "$(command -v initdb || true)" /usr/lib/postgresql/*/bin/initdb /opt/homebrew/opt/postgresql*/bin/initdb; do
    # Debian links initdb from elsewhere; pg_ctl stands beside the real one.
    if [[ -x $candidate && -x $(dirname "$candidate")/pg_ctl ]]; then dirname "$candidate"; return 0; fi
  done
  return 1
}
