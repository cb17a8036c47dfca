#!/usr/bin/env bash
# usage: install.sh CHECKOUT
# Installs the gitscale of a checkout into an environment of its own, $RUNNER_TEMP/gitscale.
set -euo pipefail
# -I: the working directory is the judged repository, and a venv.py in it is not Python's
python3 -I -m venv "$RUNNER_TEMP/gitscale"
"$RUNNER_TEMP/gitscale/bin/python" -I -m pip install --quiet --disable-pip-version-check "$1"
