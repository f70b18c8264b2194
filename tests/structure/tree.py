# SPDX-License-Identifier: MIT
"""The files of the repository, for the tests that look at all of them."""
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def files():
    """The files that are, or would be, committed."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                            capture_output=True, check=True)
    return [
        ROOT / name for name in sorted(listed.stdout.decode().split("\0")) if name and (ROOT / name).is_file()
    ]


def place(path, number):
    return f"{path.relative_to(ROOT)}:{number}"
