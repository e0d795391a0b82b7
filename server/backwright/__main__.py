"""`python -m backwright` is the command line."""

import sys

from backwright.cli.main import main

sys.exit(main())
