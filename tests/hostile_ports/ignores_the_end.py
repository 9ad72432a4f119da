"""Goes on once standard input is closed; `ignores-term`: and does not end when it is asked to."""

import sys

from hang import hang, ignore_being_asked
from honest import Port


class Hostile(Port):
    def end(self):
        if "ignores-term" in sys.argv:
            ignore_being_asked()
        hang()


Hostile().run()
