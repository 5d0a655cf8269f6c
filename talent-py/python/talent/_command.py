"""The command `talent`: the same program as the one built from Rust."""

from __future__ import annotations

import signal
import sys

from talent import _native


def main() -> int:
    """Runs the command on the arguments of the process and returns its exit status."""
    # The command runs outside the interpreter, which would keep an interrupt waiting until the end.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _native.run_command(["talent", *sys.argv[1:]])
