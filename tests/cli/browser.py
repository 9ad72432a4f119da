"""A headless Chromium, driven over a pipe (--remote-debugging-pipe): JSON texts, each ended by a NUL,
as https://chromedevtools.github.io/devtools-protocol/ describes them."""

import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
ANSWER_WITHIN_S = 60


def find_or_skip():
    """The program; ends the test as skipped where there is none, but not in CI."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        print("chromium is not installed: scripts/setup --dev")
        sys.exit(1 if os.environ.get("CI") else SKIPPED)
    return path


class Browser:
    """One browser with one page. Not for use by several threads."""

    def __init__(self, program):
        self.folder = tempfile.TemporaryDirectory()
        to_browser, self.writer = os.pipe()
        self.reader, from_browser = os.pipe()
        # The browser reads its file 3 and writes its file 4, whichever ours are.
        script = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
        self.process = subprocess.Popen(
            ["bash", "-c", script, "browser", program, "--headless=new", "--no-sandbox", "--disable-gpu",
             "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
             "--disable-extensions", "--hide-scrollbars", "--remote-debugging-pipe",
             f"--user-data-dir={self.folder.name}", "about:blank"],
            pass_fds=(to_browser, from_browser), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.buffer = b""
        self.next_id = 0
        self.events = []
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def close(self):
        self.session = None
        try:
            self.call("Browser.close")
        except (BrokenPipeError, EOFError):
            pass
        os.close(self.writer)
        os.close(self.reader)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()

    def _receive(self):
        until = time.monotonic() + ANSWER_WITHIN_S
        while b"\0" not in self.buffer:
            if not select.select([self.reader], [], [], max(0, until - time.monotonic()))[0]:
                raise TimeoutError("the browser does not answer")
            data = os.read(self.reader, 1 << 16)
            if not data:
                raise EOFError("the browser is gone")
            self.buffer += data
        text, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(text)

    def call(self, method, **parameters):
        """What the browser answers; events that come before are kept in `events`."""
        self.next_id += 1
        message = {"id": self.next_id, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.writer, data):]
        while True:
            answer = self._receive()
            if answer.get("id") != self.next_id:
                self.events.append(answer)
            elif "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']['message']}")
            else:
                return answer["result"]

    def _navigate(self, url):
        """Opens the page; returns when it has loaded, and has only its events in `events`."""
        self.events.clear()
        answer = self.call("Page.navigate", url=url)
        if "errorText" in answer:
            raise RuntimeError(f"{url}: {answer['errorText']}")
        while not any(event.get("method") == "Page.lifecycleEvent" and event["params"]["name"] == "load"
                      and event["params"]["loaderId"] == answer["loaderId"] for event in self.events):
            self.events.append(self._receive())

    def open(self, path, width=1280, height=900, dark=False, scripts=True):
        """Opens a file; the events of it alone are in `events` when it has loaded."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=width < 600)
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self._navigate("about:blank")
        self._navigate(pathlib.Path(path).resolve().as_uri())

    def evaluate(self, expression):
        """The value of a JavaScript expression; a promise is waited for."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True,
                           userGesture=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", expression))
        return answer["result"].get("value")

    def press(self, key, code=0, text=""):
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", key=key, code=key,
                  windowsVirtualKeyCode=code, text=text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, code=key, windowsVirtualKeyCode=code)

    def complaints(self):
        """What the page wrote to the console as errors, and what it asked for besides itself."""
        self.evaluate("1")  # what was written before is there when this is answered
        found, documents = [], 0
        for event in self.events:
            method, data = event.get("method"), event.get("params", {})
            if method == "Log.entryAdded" and data["entry"]["level"] in ("error", "warning"):
                found.append(data["entry"]["text"])
            elif method == "Runtime.consoleAPICalled" and data["type"] in ("error", "warning", "assert"):
                found.append(str(data["args"]))
            elif method == "Runtime.exceptionThrown":
                found.append(str(data["exceptionDetails"]))
            elif method == "Network.requestWillBeSent":
                url = data["request"]["url"]
                if data.get("type") == "Document":
                    documents += 1
                elif not url.startswith("data:"):
                    found.append("asked for " + url)
        return found + (["it went elsewhere"] if documents > 1 else [])

    def screenshot(self, path, whole=False):
        """A picture (PNG) of what is seen, or of the whole page."""
        more = {}
        if whole:
            size = self.call("Page.getLayoutMetrics")["cssContentSize"]
            more = {"clip": {**size, "scale": 1}, "captureBeyondViewport": True}
        data = self.call("Page.captureScreenshot", format="png", **more)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))
