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
    done = subprocess.run([program, *words, "--json"], cwd=ROOT, capture_output=True, text=True, check=True,
                          env={**variables, "HOME": "/nonexistent"})
    return json.loads(done.stdout)


def shown(value):
    return f"`{json.dumps(value, ensure_ascii=False)}`" if value is not None else "not set"


def bound(value):
    return f"{int(value):,}" if value == int(value) else f"{value:g}"


def values(parameter):
    """What a parameter may be, in words."""
    text = parameter["type"]
    if parameter.get("choices"):
        text += ": " + ", ".join(f"`{choice}`" for choice in parameter["choices"])
    least, most = parameter.get("range") or (None, None)
    if least is not None and most is not None:
        text += f", {bound(least)} to {bound(most)}"
    elif least is not None:
        text += f", at least {bound(least)}"
    elif most is not None:
        text += f", at most {bound(most)}"
    return text + (f" ({parameter['unit']})" if parameter.get("unit") else "")


def meaning(parameter):
    text = " ".join(parameter["doc"].split()).replace("|", "\\|")
    return text + ("" if parameter["identity"] else "; no part of a trial's identity")


def table(parameters):
    if not parameters:
        return "It has no parameters.\n"
    rows = [f"| `{p['name']}` | {values(p)} | {shown(p['default'])} | {meaning(p)} |" for p in parameters]
    return "\n".join(["| name | value | default | meaning |", "| --- | --- | --- | --- |", *rows]) + "\n"


def page():
    parts = [HEAD, "## Settings of a study\n"]
    for path, title in SETTINGS:
        parts.append(f"### {title}\n\n" + table(ask("help", path)["parameters"]))
    kind = None
    for listed in ask("plugin", "list")["components"]:
        (component,) = ask("plugin", "info", f"{listed['kind']}/{listed['id']}")
        if component["kind"] != kind:
            kind = component["kind"]
            parts.append(f"## The kind `{kind}`\n")
        summary = component["summary"][:1].upper() + component["summary"][1:]
        parts.append(f"### `{kind}/{component['id']}`\n\n{summary}. Plugin `{component['plugin']}`.\n\n"
                     + table(component["parameters"]))
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
