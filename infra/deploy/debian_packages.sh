#!/usr/bin/env bash
# Debian packages that the project needs and that pip and Maven cannot bring. Root gets them installed; everybody else
# is shown the one command. Asks for what is missing, not for packages: a Java or Python from elsewhere is fine.
# Usage: debian_packages.sh [--tests]
set -euo pipefail

missing=()

has_java() {
    local java
    for java in /usr/lib/jvm/*/bin/java "$(command -v java || true)"; do
        if [[ -x "$java" ]] && "$java" -version 2>&1 | grep -qE 'version "(17|21)\.'; then
            return 0
        fi
    done
    return 1
}

python="${PYTHON:-python3}"
if ! "$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
    missing+=(python3 python3-venv)
fi
if ! has_java; then
    # Debian 12 has 17, Debian 13 has 21.
    if grep -q '^VERSION_ID="12"' /etc/os-release 2>/dev/null; then
        missing+=(openjdk-17-jre-headless)
    else
        missing+=(openjdk-21-jre-headless)
    fi
fi
command -v mvn >/dev/null || missing+=(maven)
[[ -e /usr/share/zoneinfo/Asia/Ho_Chi_Minh ]] || missing+=(tzdata)
if [[ "${1:-}" == "--tests" ]]; then
    command -v chromium >/dev/null || missing+=(chromium)
    command -v curl >/dev/null || missing+=(curl) # runs the examples of docs/sources.md
fi

[[ ${#missing[@]} -eq 0 ]] && exit 0

if ! command -v apt-get >/dev/null; then
    echo "Missing: ${missing[*]} (by their Debian names). Supported are Debian 12 and 13." >&2
    exit 1
fi
if [[ $EUID -ne 0 ]]; then
    echo "Missing Debian packages. Install them, then run make again:" >&2
    echo >&2
    echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
    echo >&2
    exit 1
fi
echo "Installing Debian packages: ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
apt-get -q update
apt-get -q install -y --no-install-recommends "${missing[@]}"
