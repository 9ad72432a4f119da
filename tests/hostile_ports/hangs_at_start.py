"""Never says that it is ready."""

from hang import hang
from honest import Port


class Hostile(Port):
    def greet(self):
        hang()


Hostile().run()
