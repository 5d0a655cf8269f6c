"""`python -m talent` is the command `talent`."""

import sys

from talent._command import main

if __name__ == "__main__":
    sys.exit(main())
