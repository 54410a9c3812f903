#!/usr/bin/env bash
# The bridge's contract against AOSP's own adbd, with the virtual phone's state behind it. Needs root on Debian: adbd listens on
# all addresses, so it runs in a network namespace of its own.
set -euo pipefail
cd "$(dirname "$0")/../../.."
skip() {
  echo "SKIPPED: the conformance suite on AOSP's adbd was not run: $1" >&2
  exit 0
}
[ "$(uname -s)" = Linux ] || skip 'it needs Linux.'
[ "$(id -u)" -eq 0 ] || skip 'it needs root, for a network namespace and a changed root.'
for tool in apt-get dpkg-deb unshare chroot ip; do command -v "$tool" >/dev/null || skip "$tool is not installed."; done
unshare --net true 2>/dev/null || skip 'network namespaces are not allowed here.'

folder=${TENTACLE_CONFORMANCE:-${XDG_CACHE_HOME:-$HOME/.cache}/tentacle/adbd-trixie}
mkdir -p "$folder"
bash test/conformance/adbd/prepare.sh "$folder"
export TENTACLE_CONFORMANCE=$folder
# The mounts end with the namespace.
exec unshare --net --mount bash -c '
  set -e
  ip link set lo up
  mount --rbind /dev "$TENTACLE_CONFORMANCE/root/dev"
  mount -t proc proc "$TENTACLE_CONFORMANCE/root/proc"
  exec npx vitest run --config test/conformance/vitest.config.ts test/conformance/adbd "$@"
' conformance "$@"
