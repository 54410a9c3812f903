#!/usr/bin/env bash
# Composes a sample of the training data and has the product check every pair; arguments go to tentacle_training.data.
set -euo pipefail
cd "$(dirname "$0")/.."
npm run -s build
PYTHONPATH=training:training/work/site python3 -m tentacle_training.data --out training/work/pairs.jsonl "$@"
node scripts/verify-pairs.mjs training/work/pairs.jsonl
