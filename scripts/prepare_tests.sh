#!/usr/bin/env bash
# Installs what some tests need beside Python: Debian's PostgreSQL, where it is missing and this
# user may install it (root, or sudo without a password). Says what will be skipped otherwise.
set -euo pipefail

if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; then
    echo "PostgreSQL is installed"
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "no apt-get here: install PostgreSQL yourself, or the tests that need it are skipped" >&2
    exit 0
fi
if [ "$(id -u)" -eq 0 ]; then
    sudo=()
elif sudo -n true 2>/dev/null; then
    sudo=(sudo -n)
else
    echo "neither root nor sudo: the tests that need PostgreSQL are skipped" >&2
    exit 0
fi
"${sudo[@]}" apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends postgresql ||
    echo "apt-get could not install postgresql: the tests that need it are skipped" >&2
