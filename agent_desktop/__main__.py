"""``python -m agent_desktop``: the command without its installed name."""

import sys

from agent_desktop.cli import main

sys.exit(main())
