#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A plugin is built again against an installation whose headers were edited, and with code of its own that
was edited: which of its trials are known afterwards."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import counted  # noqa: E402

BUILD = pathlib.Path(shutil.which("spanlab")).resolve().parents[1]


def call(*command, **options):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Installation:
    def __init__(self, folder):
        self.prefix = folder / "prefix"
        call("cmake", "--install", BUILD, "--prefix", self.prefix)
        self.example = folder / "example"
        call(self.prefix / "bin/spanlab", "plugin", "new", "loss", "mine", self.example)
        self.build = folder / "build"
        call("cmake", "-S", self.example, "-B", self.build, f"-DCMAKE_PREFIX_PATH={self.prefix}")

    def edit(self, file, old, new):
        text = file.read_text()
        assert old in text, file
        file.write_text(text.replace(old, new, 1))

    def header_hash(self):
        text = (self.build / "spanlab_sdk/spanlab/sdk_hash.hpp").read_text()
        return re.search('HASH "(.*)"', text)[1]

    def make(self):
        """Builds the plugin; the SDK's hash that it was built with."""
        call("cmake", "--build", self.build, "--target", "mine")
        return self.header_hash()

    def become_host_of(self, old, new):
        """The installed program and its plugins get the records that they would have after a build with these
        headers."""
        plugins = sorted((self.prefix / "lib/spanlab/plugins").glob("*.so"))
        for library in [(self.prefix / "lib/libspanlab.so").resolve(), *plugins]:
            code = library.read_bytes()
            assert code.count(old.encode()) == 1, (library, code.count(old.encode()))
            library.write_bytes(code.replace(old.encode(), new.encode()))
        for plugin in plugins:
            call(self.prefix / "bin/spanlab", "plugin", "seal", plugin)

    def trials(self):
        plan = call(self.prefix / "bin/spanlab", "plan", self.example / "study.lua", "--json",
                    "--plugin-path", self.build / "mine.so", cwd=self.prefix)
        hashes = re.findall(r'"(?:trial|hash)": "([0-9a-f]{64})"', plan)
        assert hashes, plan
        return sorted(set(hashes))


class RebuiltPlugin(unittest.TestCase):
    def test_which_trials_are_known(self):
        with tempfile.TemporaryDirectory() as folder:
            made = Installation(pathlib.Path(folder))
            first = made.make()
            trials = made.trials()

            header = made.prefix / "include/spanlab/loss.hpp"
            made.edit(header, "\nnamespace spanlab {",
                      "\nnamespace spanlab {\ninline int new_in_the_sdk(int x) { return x + 1; }")
            second = made.make()
            self.assertNotEqual(second, first)
            made.become_host_of(first, second)
            self.assertEqual(made.trials(), trials)

            source = made.example / "mine.cpp"
            made.edit(source, "1 - log_p.exp()", "1.5 - log_p.exp()")
            self.assertEqual(made.make(), second)
            self.assertNotEqual(made.trials(), trials)


if __name__ == "__main__":
    counted.main()
