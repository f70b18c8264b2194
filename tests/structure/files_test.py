# SPDX-License-Identifier: MIT
"""What no file of the repository may contain, and what each must begin with."""
import re
import sys
import unittest

from tree import ROOT, files

sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

LARGEST = 2_000_000  # bytes; the sample corpus is the largest thing that belongs here
SOURCES = {".cpp", ".hpp", ".lua", ".py", ".sh", ".cmake", ".toml", ".map", ".in"}
# Written in pieces, or this file would be found too.
HOSTS = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "debian" + ".org",
    "ubuntu" + ".com",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "download.pytorch" + ".org",
    "anaconda" + ".org",
    "crates" + ".io",
    "huggingface" + ".co/api",
]
PATHS = [
    "/" + "work/",
    "/" + "root/",
    "/" + "home/(?!someone/)",
    "/" + "opt/",
]  # `someone` is made up, by tests that no path comes out


def lines_with(pattern):
    """`file:line: text` for each line of a text file that matches."""
    found = []
    for path in files():
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    return found


class Files(unittest.TestCase):
    maxDiff = None

    def test_no_path_of_a_machine(self):
        starts = "|".join(PATHS)
        self.assertEqual(lines_with(re.compile(rf"(?<![\w.$}}-])({starts})[\w.-]")), [])

    def test_no_host_of_a_package_registry(self):
        self.assertEqual(lines_with(re.compile("|".join(map(re.escape, HOSTS)))), [])

    def test_sources_begin_with_the_licence(self):
        without = []
        for path in files():
            relative = path.relative_to(ROOT)
            if (
                relative.parts[:2] == ("tests", "cli")
                and len(relative.parts) > 3
                or relative.parts[0] == "reports"
            ):
                continue  # input of a case; a published report
            text = path.read_bytes()
            if path.suffix not in SOURCES and path.name != "CMakeLists.txt" and not text.startswith(b"#!"):
                continue
            head = text.split(b"\n")[:2]
            line = head[1] if text.startswith(b"#!") and len(head) > 1 else head[0]
            if b"SPDX-License-Identifier: MIT" not in line:
                without.append(str(relative))
        self.assertEqual(without, [])

    def test_no_large_file(self):
        large = [
            f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes"
            for path in files()
            if path.stat().st_size > LARGEST
        ]
        self.assertEqual(large, [])

    def test_no_weights_and_no_programs(self):
        unwanted = {".safetensors", ".bin", ".pt", ".so", ".a", ".o", ".whl", ".gz", ".zip", ".db", ".sqlite"}
        found = [
            str(path.relative_to(ROOT))
            for path in files()
            if path.suffix in unwanted and "cli" not in path.parts
        ]
        self.assertEqual(found, [])


if __name__ == "__main__":
    counted.main()
