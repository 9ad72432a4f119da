"""Ends its lines with CR LF, which it may."""

from honest import Port


class Hostile(Port):
    line_end = b"\r\n"


Hostile().run()
