#!/usr/bin/env bash
# The transport against Home Assistant itself (PyPI) with its own demo platform, on loopback. Needs Python 3.13 (PYTHON names it)
# and about 1 GB of disk; installing takes minutes.
set -euo pipefail
cd "$(dirname "$0")/../../.."
skip() {
  echo "SKIPPED: the conformance suite on Home Assistant was not run: $1" >&2
  exit 0
}
python=${PYTHON:-$(command -v python3.14 || command -v python3.13 || true)}
[ -n "$python" ] || skip 'it needs Python 3.13 or newer; name one in PYTHON.'
"$python" -c 'import sys, venv; sys.exit(sys.version_info < (3, 13))' || skip "$python is older than 3.13, or has no venv."

folder=${TENTACLE_CONFORMANCE:-${XDG_CACHE_HOME:-$HOME/.cache}/tentacle/homeassistant}
mkdir -p "$folder"
if [ ! -x "$folder/venv/bin/hass" ]; then
  "$python" -m venv "$folder/venv"
  nice -n 19 "$folder/venv/bin/pip" install --quiet --prefer-binary homeassistant || skip 'Home Assistant does not install here.'
  # Without its interface's files it starts in recovery mode, and then has no demo platform; the version that fits is in its manifest.
  frontend=$("$folder/venv/bin/python" -c 'import json, pathlib, homeassistant as h
print(*json.loads((pathlib.Path(h.__file__).parent / "components/frontend/manifest.json").read_text())["requirements"])')
  nice -n 19 "$folder/venv/bin/pip" install --quiet --no-deps $frontend || skip "$frontend does not install here."
fi
config=$(mktemp -d)
cp test/conformance/homeassistant/configuration.yaml "$config/"
TENTACLE_HOMEASSISTANT_TOKEN=$("$folder/venv/bin/python" test/conformance/homeassistant/make_token.py "$config" | tail -n 1)
export TENTACLE_HOMEASSISTANT_TOKEN TENTACLE_HOMEASSISTANT_URL=http://127.0.0.1:18123
"$folder/venv/bin/hass" --config "$config" --skip-pip >"$config/output.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$config"' EXIT
for _ in $(seq 300); do
  kill -0 "$server" 2>/dev/null || { cat "$config/output.log" >&2; exit 1; }
  if (exec 3<>/dev/tcp/127.0.0.1/18123) 2>/dev/null; then break; fi
  sleep 1
done
npx vitest run --config test/conformance/vitest.config.ts test/conformance/homeassistant "$@"
