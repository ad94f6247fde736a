"""A headless Chromium without a network, driven over the DevTools protocol."""

import json
import os
import shutil
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self
from urllib.request import urlopen

from websockets.sync.client import connect

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-proxy-server",
    # Every other host is unknown, so a page that needs one fails.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--window-size=1500,1000",
    "--remote-debugging-port=0",
)
PATIENCE = 30.0


def executable() -> str:
    """The browser's path: `CHROMIUM`, else the first of its usual names that is installed."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise FileNotFoundError(
            "The browser tests need Chromium: apt-get install chromium, or set CHROMIUM to the path of one"
        )
    return found


def stop(browser: subprocess.Popen[bytes]) -> None:
    """End a browser that this test started."""
    browser.terminate()
    try:
        browser.wait(10)
    except subprocess.TimeoutExpired:
        browser.kill()
        browser.wait()


class Page:
    """One page of a fresh browser, and all that it asked for and complained of."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile
        self._owned = ExitStack()
        self._sent = 0
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def __enter__(self) -> Self:
        with ExitStack() as owned:
            browser = self._start()
            owned.callback(stop, browser)
            self._socket = owned.enter_context(connect(self._address(browser), max_size=None, proxy=None))
            self._watch(None)
            self._owned = owned.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._owned.close()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [executable(), *FLAGS, f"--user-data-dir={self._profile}", "about:blank"]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _address(self, browser: subprocess.Popen[bytes]) -> str:
        """Where the page's DevTools listen, as soon as they do."""
        port_file = self._profile / "DevToolsActivePort"
        deadline = time.monotonic() + PATIENCE
        while not (port_file.exists() and "\n" in port_file.read_text()):
            if browser.poll() is not None:
                raise RuntimeError(f"Chromium ended at once with exit code {browser.returncode}")
            if time.monotonic() > deadline:
                raise TimeoutError(f"Chromium opened no debugging port in {PATIENCE:.0f} s")
            time.sleep(0.05)
        port = port_file.read_text().split()[0]
        with urlopen(f"http://127.0.0.1:{port}/json/list", timeout=PATIENCE) as answer:
            return next(target["webSocketDebuggerUrl"] for target in json.load(answer) if target["type"] == "page")

    def _watch(self, session: str | None) -> None:
        """Listen to a page or a worker; workers are attached as they start."""
        for domain in ("Network", "Runtime", "Log") if session is None else ("Network", "Runtime"):
            self._post(f"{domain}.enable", {}, session)
        attach = {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": True}
        self._post("Target.setAutoAttach", attach, session)

    def _post(self, method: str, parameters: dict[str, Any], session: str | None = None) -> int:
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": parameters}
        self._socket.send(json.dumps(message | ({"sessionId": session} if session else {})))
        return self._sent

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The result of one DevTools command on the page."""
        number = self._post(method, parameters)
        while True:
            message = json.loads(self._socket.recv(PATIENCE))
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            self._note(message)

    def _note(self, message: dict[str, Any]) -> None:
        details = message.get("params", {})
        match message.get("method"):
            case "Target.attachedToTarget":
                self._watch(details["sessionId"])
            case "Network.requestWillBeSent":
                self.requests.append(details["request"]["url"])
            case "Network.webSocketCreated":
                self.requests.append(details["url"])
            case "Network.loadingFailed" if not details.get("canceled"):
                self.complaints.append(f"loading failed: {details['errorText']}")
            case "Runtime.exceptionThrown":
                thrown = details["exceptionDetails"]
                self.complaints.append(thrown.get("exception", {}).get("description", thrown["text"]))
            case "Runtime.consoleAPICalled" if details["type"] in ("error", "warning", "assert"):
                self.complaints.append(" ".join(str(each.get("value", each)) for each in details["args"]))
            case "Log.entryAdded" if details["entry"]["level"] in ("error", "warning"):
                self.complaints.append(details["entry"]["text"])

    def open(self, address: str) -> None:
        """Go to an address, and wait until all of the page is there: what is still laid out moves away from a click."""
        self.call("Page.navigate", url=address)
        self.wait_for("document.readyState === 'complete'")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']['exception']['description']}")
        return answer["result"].get("value")

    def wait_for(self, expression: str) -> Any:
        """The first true value of a JavaScript expression; an error that names it and the complaints otherwise."""
        deadline = time.monotonic() + PATIENCE
        # An element arrives as an empty dictionary, so Python's own truth would not do.
        while (value := self.evaluate(expression)) in (None, False, 0, ""):
            if time.monotonic() > deadline:
                raise TimeoutError(f"never true in {PATIENCE:.0f} s: {expression}\ncomplaints: {self.complaints}")
            time.sleep(0.05)
        return value

    def click(self, selector: str) -> None:
        """Press the left mouse button in the middle of the element, as a reader does."""
        element = f"document.querySelector({json.dumps(selector)})"
        self.wait_for(f"{element} && !{element}.disabled")
        box = self.evaluate(
            f"(({{x, y, width, height}}) => [x + width / 2, y + height / 2])({element}.getBoundingClientRect())"
        )
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            button = "none" if kind == "mouseMoved" else "left"
            self.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button=button, clickCount=1)
