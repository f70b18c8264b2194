# SPDX-License-Identifier: MIT
"""Headless Chromium by its DevTools protocol over a pipe, which needs no port and no library."""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

OPTIONS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--remote-debugging-pipe",
]


def program():
    return shutil.which("chromium") or shutil.which("google-chrome")


class Browser:
    """One page. `said`: what it wrote to its console, and what its code threw."""

    def __enter__(self):
        self.said, self.number = [], 0
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        # The browser reads commands from its descriptor 3 and answers on 4.
        command_read, self.commands = os.pipe()
        answers, answer_write = os.pipe()
        words = [program(), *OPTIONS, f"--user-data-dir={self.profile.name}", "about:blank"]
        shell = f'exec "$@" 3<&{command_read} 4>&{answer_write}'
        self.process = subprocess.Popen(
            ["bash", "-c", shell, "bash", *words],
            pass_fds=(command_read, answer_write), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )
        os.close(command_read)
        os.close(answer_write)
        self.answers = os.fdopen(answers, "rb")
        self.rest = b""
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_):
        self.session = None
        try:
            self.call("Browser.close")
        except EOFError:
            pass
        self.process.wait()
        self.answers.close()
        os.close(self.commands)
        self.profile.cleanup()

    def message(self):
        """The next message of the browser; what the page says is kept."""
        while b"\0" not in self.rest:
            more = self.answers.read1(65536)
            if not more:
                raise EOFError("the browser has ended")
            self.rest += more
        text, self.rest = self.rest.split(b"\0", 1)
        message = json.loads(text)
        event, given = message.get("method", ""), message.get("params", {})
        if event == "Runtime.consoleAPICalled":
            self.said.append(" ".join(str(each.get("value", each)) for each in given["args"]))
        elif event == "Runtime.exceptionThrown":
            self.said.append(given["exceptionDetails"].get("exception", {}).get("description", "threw"))
        elif event == "Log.entryAdded":
            self.said.append(given["entry"]["text"])
        return message

    def call(self, method, **given):
        self.number += 1
        command = {"id": self.number, "method": method, "params": given}
        if self.session:
            command["sessionId"] = self.session
        text = json.dumps(command).encode() + b"\0"
        while text:
            text = text[os.write(self.commands, text):]
        while (message := self.message()).get("id") != self.number:
            pass
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']['message']}")
        return message["result"]

    def device(self, width, height=900, dark=False):
        """Emulates a screen: a window of the program itself is never narrower than 500 px."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, screenWidth=width,
                  screenHeight=height, deviceScaleFactor=1, mobile=width < 600)
        scheme = "dark" if dark else "light"
        self.call("Emulation.setEmulatedMedia", media="",
                  features=[{"name": "prefers-color-scheme", "value": scheme}])

    def open(self, file):
        """Returns when the page has drawn its charts."""
        self.call("Page.navigate", url=pathlib.Path(file).resolve().as_uri())
        while self.message().get("method") != "Page.loadEventFired":
            pass

    def value(self, expression):
        """What an expression gives, a promise being awaited."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", expression))
        return answer["result"].get("value")

    def click(self, expression, times=1):
        """A real click in the middle of the element that the expression gives."""
        x, y = self.value(f"""(() => {{ const element = {expression};
            element.scrollIntoView({{block: "center", inline: "center"}});
            const box = element.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]; }})()""")
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=times)

    def point_at(self, expression):
        x, y = self.value(f"""(() => {{ const element = {expression};
            element.scrollIntoView({{block: "center"}});
            const box = element.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]; }})()""")
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def press(self, key, code):
        for kind in ("keyDown", "keyUp"):
            text = {"text": "\r"} if key == "Enter" and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                      **text)

    def picture(self, file):
        """The whole page as PNG; its bytes."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        picture = base64.b64decode(shot["data"])
        pathlib.Path(file).write_bytes(picture)
        return picture

    def paper(self, file):
        """The page as it is printed on A4."""
        data = self.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"]
        pathlib.Path(file).write_bytes(base64.b64decode(data))
