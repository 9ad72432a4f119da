"""Leaves a process behind that holds its streams. `session`: in a session of its own, where it
ignores SIGTERM. `dies`: and the port is killed before it answers."""

import os
import signal
import sys

from hang import spawn
from honest import Port


class Hostile(Port):
    def guilty(self, case):
        spawn(new_session="session" in sys.argv)
        if "dies" in sys.argv:
            os.kill(os.getpid(), signal.SIGKILL)
        self.innocent(case)


Hostile().run()
