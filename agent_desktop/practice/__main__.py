"""``python -m agent_desktop.practice``."""

import sys

from agent_desktop.practice.switch import main

sys.exit(main())
