"""`python -m bot`, the same as `svodka`."""

import sys

if __name__ == "__main__":
    from bot.cli import main

    sys.exit(main())
