#!/usr/bin/env bash
# What the virtual car answers, asked of Eclipse's own databroker: KUKSA_DATABROKER names its program (`databroker` otherwise).
# It listens on loopback only, without TLS and tokens, with the virtual car's own tree.
set -euo pipefail
cd "$(dirname "$0")/../../.."
program=${KUKSA_DATABROKER:-databroker}
if ! command -v "$program" >/dev/null; then
  echo "SKIPPED: the conformance suite of kuksa.val.v2 was not run: there is no $program here." >&2
  exit 0
fi
KUKSA_DATABROKER=$(command -v "$program")
export KUKSA_DATABROKER
exec npx vitest run --config test/conformance/vitest.config.ts test/conformance/kuksa "$@"
