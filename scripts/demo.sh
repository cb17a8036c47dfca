#!/usr/bin/env bash
# The main job on a fresh config repository, with real output. Everything happens in a temporary folder.
set -uo pipefail
folder=$(mktemp -d)
project=$(cd "$(dirname "$0")/.." && pwd)
trap 'kill "${exchange:-}" 2>/dev/null; rm -rf "$folder"' EXIT
export GIT_AUTHOR_NAME=${GIT_AUTHOR_NAME:-Demo} GIT_AUTHOR_EMAIL=${GIT_AUTHOR_EMAIL:-demo@example.org}
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL

say() { printf '\n\033[1m# %s\033[0m\n' "$*"; }
run() {
  printf '\n$ %s\n' "$*"
  "$@"
  code=$?
  [ "$code" -eq "$expected" ] || { printf 'demo: exit code %s, expected %s\n' "$code" "$expected" >&2; exit 1; }
  [ "$code" -eq 0 ] || printf '(exit code %s)\n' "$code"
  expected=0
}
expected=0

say 'A config repository: YAML in git, one example bot'
cd "$folder" || exit 1
run gitscale init fleet
cd fleet || exit 1
run gitscale status

say 'A slash command becomes a commit, then the JSON the bot reads and a database row'
run gitscale agent '/scale moderate'
run gitscale agent '/set base_spread_bps 18'
run git log -1 --stat
run cat build/bots/blofin-main.json
run python -c '
import sqlite3
row = sqlite3.connect("build/gitscale.db").execute("select name, exchange, enabled, sha256, revision from bots").fetchone()
print(*row, sep=" | ")'

say 'What cannot be right is refused; what can cost the account waits'
expected=1
run gitscale agent '/set leverage 500'
expected=5
run gitscale agent '/scale degen'

say 'git is the backup: undo is a revert, history stays'
run gitscale agent '/undo'
run gitscale history
run gitscale lint
run git status --short --branch

say 'Which symbols are worth quoting: asked of a stand-in exchange that this project brings along'
PYTHONPATH=$project python -m standin > "$folder/exchange" & exchange=$!
for _ in $(seq 100); do [ -s "$folder/exchange" ] && break; sleep 0.1; done
GITSCALE_MARKET_URL=$(cat "$folder/exchange")
export GITSCALE_MARKET_URL
run gitscale symbols bybit
run gitscale symbols bybit --explain SOL
