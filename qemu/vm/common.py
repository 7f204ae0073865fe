# SPDX-License-Identifier: GPL-2.0-or-later
"""What all parts of t31vm share."""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CROSS = "mipsel-linux-gnu-"
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_NO_PACKAGES = 3


def say(text):
    print(f"t31vm: {text}", file=sys.stderr, flush=True)


def die(text, status=EXIT_FAILED):
    say(text)
    sys.exit(status)


def run(command, status=EXIT_FAILED, **options):
    """Runs a command and returns what it printed; ends the program with all of that when it fails."""
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    if result.returncode != 0:
        sys.stderr.write(result.stdout)
        die(f"failed: {' '.join(command)[:200]}", status)
    return result.stdout
