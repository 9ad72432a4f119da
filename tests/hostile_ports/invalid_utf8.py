"""Answers one case with bytes that are not UTF-8."""

from honest import Port


class Hostile(Port):
    def guilty(self, case):
        self.write(b'{"type":"answer","id":"%s","output":{"text":"Zm9v\xff\xfe"}}\n'
                   % case["id"].encode())


Hostile().run()
