#!/usr/bin/env bash
# Install the Debian packages named as arguments that are not there yet. Asks nothing; says what it would need where it
# may not install. Does nothing, quickly, when all are there.
set -eu

missing=()
if command -v dpkg-query >/dev/null; then
    for package in "$@"; do
        status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$status" = installed ] || missing+=("$package")
    done
    python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
else
    echo "This is not a Debian system; make sure that it has the equivalents of: $*" >&2
fi
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id --user)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Missing Debian packages, and neither root nor sudo is at hand. As root: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "Installing Debian packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update --quiet --quiet
"${as_root[@]}" apt-get install --yes --quiet --quiet --no-install-recommends "${missing[@]}" </dev/null >/dev/null
