#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the command-line cases: tests/cli/<area>/<case>/.

    run_cases.py [--program build/bin/spanlab] [NAME…]     cases whose <area>/<case> contains a NAME, or all

A case is a folder with a file `case`, whose parts begin with lines such as `-- cmd --`; what stands before
the first one says what the case is about. The parts:

    inputs files or folders of tests/cli/shared that the case needs, one a line: `NAME: SHARED`; where a
    shared folder holds a
            file `inputs`, its lines name what belongs into that folder besides
    cmd     bash, run in a temporary folder with `spanlab` on PATH
    exit    the status expected, else 0
    stdout, stderr
            each line must occur in the output, in that order, as a fragment; a line that begins with `!` must
            not occur
    left    names or patterns of what may be new in the folder afterwards; nothing else may be

All other files of the folder are its input as well and replace shared ones. `$SPANLAB_CHECKOUT` is the
checkout's root, `$SPANLAB_SHARED` the shared folder beside it; home and temporary folder are private to the
case. The last line printed is `N passed, N failed`.
"""

import argparse
import concurrent.futures
import difflib
import fnmatch
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

CASES = pathlib.Path(__file__).resolve().parent
CHECKOUT = CASES.parent.parent
SHARED = CASES / "shared"
PARTS = {"inputs", "cmd", "exit", "stdout", "stderr", "left"}
HEADING = re.compile(r"-- (\w+) --")
LIMIT = 300  # seconds; a case that takes longer has failed


def environment(program, home):
    """What a case may see: nothing of the user's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SPANLAB_", "XDG_"))}
    for name in ("SPANLAB_DATA", "SPANLAB_SHARED", "SPANLAB_FIXTURES"):
        if name in os.environ:
            kept[name] = os.environ[name]
    kept.setdefault("SPANLAB_SHARED", str(CHECKOUT.parent / "shared"))
    kept.setdefault("SPANLAB_DATA", str(CHECKOUT / ".cache" / "models"))
    kept.update(
        SPANLAB_CHECKOUT=str(CHECKOUT),
        PATH=f"{program.parent}:{kept['PATH']}",
        HOME=str(home / "home"),
        TMPDIR=str(home / "tmp"),
        LC_ALL="C.UTF-8",
        TERM="dumb",
        COLUMNS="80",
    )
    return kept


def files_below(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def run(command, folder, variables):
    """Exit status, stdout, stderr; the status is None if the time ran out. Whatever the case started ends
    with it."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            ["bash", str(command)],
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        try:
            status = process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            status = None
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode("utf-8", "replace"))
    return status, *texts


def differences(name, expected, text):
    """What is wrong with one output, as lines to print."""
    found, place = [], 0
    for line in expected.splitlines():
        if line.startswith("!"):
            if line[1:] in text:
                found.append(f"{name} must not contain: {line[1:]}")
            continue
        at = text.find(line, place)
        if at >= 0:
            place = at + len(line)
            continue
        found.append(f"{name} lacks:  {line}")
        near = difflib.get_close_matches(line, text.splitlines(), 1, 0.4)
        if line in text:
            found.append("  it stands there, but earlier: the order differs")
        elif near:
            found.append(f"  nearest is:  {near[0]}")
    if found:
        shown = text.splitlines() or ["(nothing)"]
        found.append(f"{name} was:")
        found += ["  | " + line for line in shown[:40]] + (["  | …"] if len(shown) > 40 else [])
    return found


def parts_of(case):
    """Name → text of the parts of a case; what it is about under the empty name."""
    parts, name = {"": ""}, ""
    for line in (case / "case").read_text(encoding="utf-8").splitlines(keepends=True):
        match = HEADING.fullmatch(line.rstrip())
        if match and match[1] in PARTS:
            name = match[1]
            if name in parts:
                raise ValueError(f"two parts `{name}`")
            parts[name] = ""
        else:
            parts[name] += line
    if "cmd" not in parts:
        raise ValueError("no part `-- cmd --`")
    return parts


def place(lines, folder):
    """Copies what the lines `NAME: SHARED` name into a folder."""
    for line in lines.splitlines():
        name, source = line.split(": ")
        source, target = SHARED / source, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(
                source, target, ignore=lambda at, names, top=str(source): {"inputs"} if at == top else set()
            )
            if (source / "inputs").exists():
                place((source / "inputs").read_text(encoding="utf-8"), target)
        else:
            shutil.copy(source, target)


def lay_out(case, folder):
    """Makes the folder in which a case runs, with all of its inputs; returns the parts of the case."""
    parts = parts_of(case)
    folder.mkdir()
    place(parts.get("inputs", ""), folder)
    shutil.copytree(case, folder, symlinks=True, dirs_exist_ok=True,
                    ignore=lambda at, names: {"case"} if at == str(case) else set())
    return parts


def check(case, program):
    """Runs one case; returns the list of what is wrong with it."""
    with tempfile.TemporaryDirectory(prefix="spanlab-case-") as scratch:
        home = pathlib.Path(scratch)
        folder = home / "case"
        parts = lay_out(case, folder)
        (home / "cmd").write_text(parts["cmd"], encoding="utf-8")
        for name in ("home", "tmp"):
            (home / name).mkdir()
        before = files_below(folder)
        status, out, err = run(home / "cmd", folder, environment(program, home))
        new = files_below(folder) - before
        wrong = []
        expected = int(parts.get("exit", "0"))
        if status is None:
            wrong.append(f"not finished after {LIMIT} s")
        elif status != expected:
            wrong.append(f"exit status {status}, expected {expected}")
            if "stderr" not in parts and err:
                wrong += ["stderr was:"] + ["  | " + line for line in err.splitlines()[-40:]]
        wrong += differences("stdout", parts.get("stdout", ""), out) + differences(
            "stderr", parts.get("stderr", ""), err
        )
        allowed = [line.strip().rstrip("/") for line in parts.get("left", "").splitlines() if line.strip()]
        for path in sorted(new):
            steps = [path, *map(str, pathlib.PurePath(path).parents)]
            if not any(fnmatch.fnmatch(step, pattern) for step in steps for pattern in allowed):
                wrong.append(f"left behind: {path}")
        for path in sorted(files_below(home / "tmp")):
            wrong.append(f"left behind in the temporary folder: {path}")
        for path in folder.rglob("*"):  # a case may have made folders unwritable
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
        return wrong


def main():
    parser = argparse.ArgumentParser(description="Runs the command-line cases.")
    parser.add_argument("--program", type=pathlib.Path, default=CHECKOUT / "build" / "bin" / "spanlab")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    program = options.program.resolve()
    if not os.access(program, os.X_OK):
        sys.exit(f"run_cases.py: no program at {program}")
    cases = {
        f"{path.parent.parent.name}/{path.parent.name}": path.parent
        for path in sorted(CASES.glob("*/*/case"))
    }
    chosen = {
        name: path
        for name, path in cases.items()
        if not options.names or any(part in name for part in options.names)
    }

    def timed(item):
        start = time.monotonic()
        try:
            wrong = check(item[1], program)
        except Exception as error:  # a case that cannot be run has failed, the others go on
            wrong = [f"cannot be run: {error!r}"]
        return item[0], wrong, time.monotonic() - start

    # In the background this script itself may have been started with SIGINT ignored; its cases must hear it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(max(1, options.jobs)) as pool:
        for name, wrong, seconds in pool.map(timed, chosen.items()):
            if wrong:
                failed += 1
                print(
                    f"FAILED {name} ({seconds:.1f} s)",
                    *("    " + line for line in wrong),
                    sep="\n",
                    flush=True,
                )
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
