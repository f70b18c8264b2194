# SPDX-License-Identifier: MIT
"""The scripts of `spanlab completion` in the shells themselves: what a person's TAB makes of a line."""
import os
import pathlib
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

LIMIT = 60  # seconds for an answer that comes in well below one
# What is typed before TAB, and the line after it.
LINES = {
    "spanlab plu": "spanlab plugin ",
    "spanlab plugin inf": "spanlab plugin info ",
    "spanlab plugin info encoder/bi": "spanlab plugin info encoder/birnn ",
    "spanlab run quick": "spanlab run quickstart.lua ",
    "spanlab run quickstart.lua --prof": "spanlab run quickstart.lua --profile ",
    "spanlab run quickstart.lua --set train.ep": "spanlab run quickstart.lua --set train.epochs=",
    "spanlab run quickstart.lua --set train.epochs=": "spanlab run quickstart.lua --set train.epochs=4 ",
    "spanlab run quickstart.lua --set=train.schedule=li":
        "spanlab run quickstart.lua --set=train.schedule=linear ",
    "spanlab run quickstart.lua --set encoder=be": "spanlab run quickstart.lua --set encoder=bert ",
    "spanlab plan quickstart.lua --set entity.head.outputs=identify,":
        "spanlab plan quickstart.lua --set entity.head.outputs=identify,classify ",
    "spanlab data info sam": "spanlab data info sample ",
    "spanlab lua-stubs fol": "spanlab lua-stubs folder/",
    "spanlab run missing.lua --set train.": "spanlab run missing.lua --set train.",
}
SETUP = {
    "bash": """PS1=
set +o history
bind 'set enable-bracketed-paste off'
eval "$(spanlab completion bash)"
show() { printf '%s' "$READLINE_LINE" > "$LINE_FILE.new"; mv "$LINE_FILE.new" "$LINE_FILE"; READLINE_LINE=; }
bind -x '"\\C-g": show'
""",
    "zsh": """PS1=
unset zle_bracketed_paste
autoload -U compinit
compinit -u -D
eval "$(spanlab completion zsh)"
show() { print -rn -- "$BUFFER" > "$LINE_FILE.new"; mv "$LINE_FILE.new" "$LINE_FILE"; BUFFER=; }
zle -N show
bindkey '^I' expand-or-complete
bindkey '^G' show
""",
}
WORDS = {"bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"]}


class Shell:
    """An interactive shell at a terminal of its own."""

    def __init__(self, name, folder):
        self.file = pathlib.Path(folder, "line")
        variables = {**os.environ, "LINE_FILE": str(self.file), "TERM": "dumb", "HOME": folder}
        setup = pathlib.Path(folder, "setup")
        setup.write_text(SETUP[name], encoding="utf-8")
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(WORDS[name][0], WORDS[name], variables)
        self.line(f"source {setup}; show_ready() {{ : > {self.file}; }}; show_ready\n", "")

    def close(self):
        os.close(self.terminal)
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)

    def line(self, typed, keys="\t\a"):
        """What stands on the line after these keys."""
        self.file.unlink(missing_ok=True)
        os.write(self.terminal, (typed + keys).encode())
        end, screen = time.monotonic() + LIMIT, b""
        while not self.file.exists():
            if time.monotonic() > end:
                raise TimeoutError(f"no line after {typed!r}; the screen: {screen.decode(errors='replace')}")
            if select.select([self.terminal], [], [], 0.01)[0]:
                screen += os.read(self.terminal, 4096)
        return self.file.read_text(encoding="utf-8")


class Completion(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        shutil.copy(ROOT / "experiments/quickstart.lua", self.folder)
        pathlib.Path(self.folder, "folder").mkdir()
        pathlib.Path(self.folder, "runs/studies/an_old_study").mkdir(parents=True)
        pathlib.Path(self.folder, "runs/studies/an_old_study/plan").touch()

    def lines_of(self, name):
        shell = Shell(name, self.folder)
        self.addCleanup(shell.close)
        return {typed: shell.line(typed) for typed in LINES}

    def test_bash(self):
        self.assertEqual(self.lines_of("bash"), LINES)

    @unittest.skipUnless(shutil.which("zsh"), "no zsh")
    def test_zsh(self):
        self.assertEqual(self.lines_of("zsh"), LINES)

    @unittest.skipUnless(shutil.which("fish"), "no fish")
    def test_fish(self):
        """Its own completion of each line, asked for without a terminal: words and what they are."""
        for typed, line in LINES.items():
            asked = subprocess.run(
                ["fish", "--no-config", "-c", 'spanlab completion fish | source; complete -C "$argv"', typed],
                cwd=self.folder, capture_output=True, text=True, check=True,
                env={**os.environ, "HOME": self.folder},
            )
            words = [found.split("\t")[0] for found in asked.stdout.splitlines()]
            wanted = [] if line == typed else [line.rsplit(" ", 1)[-1] or line.split()[-1]]
            self.assertEqual(words, wanted, typed + asked.stderr)

    def test_several_candidates(self):
        """What a shell shows: whole lists, with what each word is."""
        def offered(*words):
            done = subprocess.run(["spanlab", "complete", "--", *words], cwd=self.folder, capture_output=True,
                                  text=True, check=True)
            self.assertEqual(done.stderr, "")
            return dict((line + "\t").split("\t")[:2] for line in done.stdout.splitlines())

        commands = offered("")
        self.assertLessEqual({"run", "plugin", "data", "lua-stubs", "completion", "--version"}, set(commands))
        self.assertNotIn("trial", commands)
        self.assertEqual(commands["status"], "where the trials of a study stand")
        self.assertEqual(set(offered("status", "")), {"an_old_study", ":files.lua"})
        self.assertEqual(set(offered("run", "x.lua", "--runs", "")), {":folders"})
        paths = offered("run", "quickstart.lua", "--set", "")
        self.assertIn("train.lr=", paths)
        self.assertNotIn("entity.sampler.negatives=", paths, "the study varies it")
        self.assertEqual(paths["train.lr="], "highest learning rate")
        given = offered("run", "quickstart.lua", "--set", "encoder=bert", "--set", "encoder.f")
        self.assertEqual(set(given), {"encoder.frozen="})
        self.assertEqual(offered("run", "quickstart.lua", "--quiet", "--q"), {})
        study = ("plan", "quickstart.lua", "--set")
        for path, values in {
            "data.test": {"train", "dev", "test"},
            "data.noise.views": {"default"},
            "relation.spans": {"entity", "relation"},
            "encoder.context": {"bert", "birnn"},
            "encoder.train_vectors": {"true", "false"},
        }.items():
            self.assertEqual(set(offered(*study, path + "=")), {f"{path}={value}" for value in values})
        self.assertIn("encoder.model=minilm", offered(*study, "encoder.model="))
        self.assertEqual(offered("nothing", "of", "this"), {})
        self.assertIn("--help", offered("run", "--he"))


if __name__ == "__main__":
    counted.main()
