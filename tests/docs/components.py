#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes docs/components.md: what the installed components and the settings of a study are, by their schemas.

    tests/docs/components.py        with `spanlab` on PATH, or the one in build/bin
"""
import json
import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/components.md"
SETTINGS = (
    ("data", "Data"),
    ("data.noise", "Noise in the labels"),
    ("train", "Training"),
    ("entity", "A task"),
)
HEAD = """# Components and settings

This page is written by `tests/docs/components.py` from what the program itself says: `spanlab plugin info
KIND/ID` and `spanlab help PATH` show the same in a terminal, with the plugins of your own.
[language.md](language.md) shows where each of them stands in a study. """


def ask(*words):
    """The answer of the program alone: without plugins that the user has elsewhere."""
    program = shutil.which("spanlab") or str(ROOT / "build/bin/spanlab")
    variables = {
        name: value for name, value in os.environ.items() if not name.startswith(("SPANLAB_", "XDG_"))
    }
    return subprocess.run([program, *words], cwd=ROOT, capture_output=True, text=True, check=True,
                          env={**variables, "HOME": "/nonexistent"}).stdout


def table(path):
    """The settings at a path, without what stands above their table."""
    answer = ask("help", path, "--format", "markdown")
    return answer[answer.index("| name |"):]


def page():
    parts = [HEAD, "## Settings of a study\n"]
    for path, title in SETTINGS:
        parts.append(f"### {title}\n\n" + table(path))
    kind = None
    for listed in json.loads(ask("plugin", "list", "--json"))["components"]:
        if listed["kind"] != kind:
            kind = listed["kind"]
            parts.append(f"## The kind `{kind}`\n")
        parts.append(ask("plugin", "info", f"{kind}/{listed['id']}", "--format", "markdown"))
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
