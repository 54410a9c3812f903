#!/usr/bin/env bash
# All checks of Matter against virtual devices in a second network, also the slow ones: a device that is switched off in a call, one that
# vanishes and returns, wrong codes. Needs Linux, root and "ip" (for network namespaces); takes some minutes.
set -euo pipefail
cd "$(dirname "$0")/../../.."
npm run -s build
TENTACLE_MATTER_CHECKS=all exec npx vitest run test/lan/matter/in-two-networks.test.ts "$@"
