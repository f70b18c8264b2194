# SPDX-License-Identifier: MIT
"""What `spanlab lua-stubs` writes is Lua, its annotations have the shapes that language servers know, and
every component and path of the shipped studies is in it."""
import concurrent.futures
import ctypes
import ctypes.util
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

NAME = r"[A-Za-z_][\w.]*"
LITERAL = r'"(?:[^"\\]|\\.)*"'
TYPE = rf"(?:{NAME}|{LITERAL}|fun\(|table<string, |[()\[\]|>?, :]|\s)+"
ANNOTATIONS = re.compile(
    rf"---@(?:meta {NAME}|class {NAME}(?:: {NAME})?|field (?:{NAME}|\[{LITERAL}\]|\[string\])\?? {TYPE}"
    rf"|param {NAME}\?? {TYPE}|return {TYPE}|overload fun\(\w+: {LITERAL}\): {TYPE}|alias {NAME})"
)


def studies():
    return sorted((ROOT / "experiments").rglob("*.lua"))


def answers(commands):
    """What the program answers to each of them, as JSON."""
    def ask(words):
        done = subprocess.run(["spanlab", *words, "--json"], capture_output=True, cwd=ROOT, check=True)
        return json.loads(done.stdout)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(ask, commands))


def compiled(text):
    """What Lua's own compiler says of a text; empty if it takes it."""
    lua = ctypes.CDLL(ctypes.util.find_library("lua5.4"))
    lua.luaL_newstate.restype = ctypes.c_void_p
    lua.lua_tolstring.restype = ctypes.c_char_p
    state = ctypes.c_void_p(lua.luaL_newstate())
    try:
        status = lua.luaL_loadbufferx(state, text, ctypes.c_size_t(len(text)), b"stub", b"t")
        return lua.lua_tolstring(state, -1, None).decode() if status else ""
    finally:
        lua.lua_close(state)


class Stubs(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["spanlab", "lua-stubs", folder], check=True, capture_output=True)
            cls.files = {path.name: path.read_text(encoding="utf-8")
                         for path in pathlib.Path(folder).iterdir()}
        cls.whole = "\n\n".join(cls.files.values())

    def fields(self, name):
        """The names of a class's fields."""
        text = re.split(r"^(?!---)", self.whole.split(f"---@class {name}\n")[1], 1, re.MULTILINE)[0]
        return set(re.findall(r'^---@field (?:\[")?([^\s"\]?]+)', text, re.MULTILINE))

    def test_files_lie_directly_in_the_folder(self):
        self.assertLessEqual({"spanlab.lua", "spanlab_components.lua", "spanlab_paths.lua",
                              "spanlab_settings.lua", "recipes_spert.lua"}, set(self.files))
        self.assertTrue(all(text.startswith("---@meta ") for text in self.files.values()))

    def test_lua_takes_them(self):
        self.assertEqual({name: compiled(text.encode()) for name, text in self.files.items()},
                         dict.fromkeys(self.files, ""))
        self.assertIn("expected", compiled(b"function x("))

    def test_annotations_have_known_shapes(self):
        lines = [line for line in self.whole.splitlines() if line.startswith("---@")]
        self.assertGreater(len(lines), 1000)
        self.assertEqual([line for line in lines if not ANNOTATIONS.fullmatch(line)], [])

    def test_classes_that_are_named_exist(self):
        made = set(re.findall(r"^---@(?:class|alias) ([\w.]+)", self.whole, re.MULTILINE))
        named = set(re.findall(r"\bspanlab\.[\w.]*\w", "".join(
            line for line in self.whole.splitlines() if re.match("---@(param|return|overload|field)", line)
        )))
        self.assertEqual(named - made, set())

    def test_every_component_of_the_studies_is_there(self):
        used = set()
        for study in [*studies(), *(ROOT / "scripts/recipes").glob("*.lua")]:
            used |= set(re.findall(r'lab\.(encoder|head|loss|sampler|labeler) "(\w+)"',
                                   study.read_text(encoding="utf-8")))
        self.assertGreater(len(used), 12)
        for kind, component in used:
            self.assertIn(f"---@class spanlab.{kind}.{component}\n", self.whole)
            self.assertIn(f'fun(id: "{component}"): fun(parameters: spanlab.{kind}.{component})', self.whole)

    def test_every_parameter_of_every_component_is_there(self):
        (listed,) = answers([("plugin", "list")])
        names = [f"{one['kind']}/{one['id']}" for one in listed["components"] if one["kind"] != "reader"]
        for (info,) in answers([("plugin", "info", name) for name in names]):
            self.assertEqual(self.fields(f"spanlab.{info['kind']}.{info['id']}"),
                             {parameter["name"] for parameter in info["parameters"]})

    def test_every_path_of_the_studies_is_there(self):
        texts = {study: study.read_text(encoding="utf-8") for study in studies()}
        written = {path for text in texts.values()
                   for path in re.findall(r'\["([a-z_]+(?:\.[a-z_]+)+)"\]', text)}
        shown = {value["path"] for values in answers([("show", study) for study in texts])
                 for value in values}
        self.assertGreater(len(written), 25)
        self.assertGreater(len(shown), 300)
        for name in ("Changes", "Axes", "Point"):
            self.assertEqual((written | shown) - self.fields(f"spanlab.{name}"), set(), name)


if __name__ == "__main__":
    counted.main()
