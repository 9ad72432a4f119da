"""Dies at one case of the signal, or with the exit code, that it is given."""

import os
import signal
import sys

from honest import Port


class Hostile(Port):
    def guilty(self, case):
        print("about to die, says the port", file=sys.stderr, flush=True)
        how = sys.argv[1]
        if how.startswith("SIG"):
            signal.signal(signal.Signals[how], signal.SIG_DFL) if how != "SIGKILL" else None
            os.kill(os.getpid(), signal.Signals[how])
        os._exit(int(how))


Hostile().run()
