#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What libraries show to each other: a plugin its door, libspanlab of its own names those that are marked."""

import pathlib
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import counted  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(shutil.which("spanlab")).resolve().parents[1]


def exported(library):
    """Names as they stand in C++, without arguments of functions and templates."""
    listed = subprocess.run(["nm", "-D", "--defined-only", "--format=posix", library], capture_output=True,
                            text=True, check=True).stdout
    mangled = [line.split()[0].partition("@")[0] for line in listed.splitlines()]
    names = subprocess.run(["c++filt"], input="\n".join(mangled), capture_output=True, text=True,
                           check=True).stdout
    return names.splitlines()


def own_path(name):
    """The parts of a name of ours; nothing for another one."""
    name = re.sub(r"^(typeinfo( name)?|vtable|VTT|guard variable|construction vtable) for ", "", name)
    name = name.replace("(anonymous namespace)", "unnamed").replace("[abi:cxx11]", "")
    name = re.split(r"[(<]|operator", name, maxsplit=1)[0]
    found = re.findall(r"(?:^|\s)(spanlab::[^\s&*]+)", name)  # the last one: others are what it returns
    return found[-1].strip(":").split("::") if found else None


def marked():
    """Classes and functions that headers mark."""
    names = set()
    for header in (ROOT / "core").rglob("*.hpp"):
        for after in re.findall(r"SPANLAB_API\s+([^;{(]*)", header.read_text()):
            after = re.sub(r"(?<!:):(?!:).*", "", after, flags=re.S)  # bases
            after = re.sub(r"operator\W*$|\bfinal\b", "", after).strip()
            names.add(re.findall(r"\w+", after)[-1])
    return names


class Exports(unittest.TestCase):
    def test_a_plugin_shows_its_door(self):
        plugins = sorted((BUILD / "lib/spanlab/plugins").glob("*.so"))
        self.assertGreater(len(plugins), 5)
        for plugin in [*plugins, BUILD / "tests/plugins/twin_1.so"]:
            self.assertEqual(exported(plugin), ["spanlab_plugin"], plugin)

    def test_the_library_shows_what_is_marked(self):
        names = exported(BUILD / "lib/libspanlab.so")
        # The compiler shows what it makes in several variants for different processors, asked or not.
        kernels = {name.removesuffix(" [clone .resolver]") for name in names if "[clone .resolver]" in name}
        known = marked()
        own = [(name, own_path(name)) for name in names
               if own_path(name) and name.removesuffix(" [clone .resolver]") not in kernels]
        self.assertGreater(len(own), 300)
        unmarked = [name for name, path in own if not known & set(path[1:])]
        self.assertEqual(unmarked, [])
        linked_in = ("SQLite::", "nlohmann::", "fmt::", "lua_")
        self.assertEqual([name for name in names if name.startswith(linked_in)], [])


if __name__ == "__main__":
    counted.main()
