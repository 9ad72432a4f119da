"""Believes that there is one case alone: exits with 0 once it has answered."""

import os

from honest import Port


class Hostile(Port):
    def innocent(self, case):
        super().innocent(case)
        os._exit(0)


Hostile().run()
