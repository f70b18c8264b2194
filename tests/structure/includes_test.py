# SPDX-License-Identifier: MIT
"""Which way the include lines go: levels of core, the SDK, plugins, and the fences around third parties."""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

LEVELS = [
    "sdk",
    "files",
    "statistics",
    "text",
    "plugin",
    "data",
    "label_variation",
    "settings",
    "tasks",
    "model",
    "contract",
    "evaluate",
    "records",
    "train",
    "store",
    "results",
    "study",
    "run",
    "report",
    "lua",
    "editor",
    "app",
    "cli",
]
WITHOUT_TENSORS = {
    "files", "statistics", "text", "data", "label_variation", "settings", "evaluate", "records", "store",
    "results", "study", "run", "report",
    "lua", "editor", "app", "cli"}
# A study goes one way through core/report: its plan, the results of its trials, what there is to say of
# them, the files.
REPORT = [
    "lines", "published", "rows", "folds", "evaluation_text",
    "results",
    "effects", "system_counts", "difference",
    "names", "parameters", "parameter_counts", "setup", "provenance", "commands", "tables", "warnings",
    "answers", "errors", "content", "chart_parts", "chart", "curves", "charts",
    "cell_text", "writers", "page", "html_parts", "html_tables", "error_pages",
    "html_charts", "markdown", "html", "latex_parts", "latex", "latex_charts", "versions", "references",
    "methods", "checklist", "terminal", "data_files", "vega",
    "staged_report", "report",
]
# Headers of a library → the only folders of core that may include them.
FENCES = {
    r"lua\.h|lauxlib\.h|lualib\.h|lua\.hpp": {"lua"},
    r"toml\+\+/.*": {"data"},
    r"pugixml\.hpp|archive(_entry)?\.h": set(),
    r"SQLiteCpp/.*|sqlite3\.h": {"store"},
    r"boost/program_options.*": {"cli"},
}
WITH_TENSORS = re.compile(r"(ATen|torch|c10)/")
SDK_LIBRARIES = re.compile(r"(ATen|torch|c10)/|[a-z_]+$")  # LibTorch and the standard library


def includes(path):
    """(line number, header, in quotes or not) of every include line."""
    pattern = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if match := pattern.match(line):
            yield number, match[2], match[1] == '"'


def sources(folder):
    return sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in {".cpp", ".hpp"})


def core_files():
    """(file, level) of core's sources; main.cpp is above all levels."""
    for path in sources("core"):
        parts = path.relative_to(ROOT / "core").parts
        if len(parts) > 1 and parts[0] != "include":
            yield path, parts[0]


def place(path, number):
    return f"{path.relative_to(ROOT)}:{number}"


def circle(arrows):
    """Folders that reach themselves: what is left when those without arrows are taken away repeatedly."""
    left = dict(arrows)
    while ends := [name for name, targets in left.items() if not targets & left.keys()]:
        for name in ends:
            del left[name]
    while starts := [name for name in left if not any(name in targets for targets in left.values())]:
        for name in starts:
            del left[name]
    return sorted(left)


class Includes(unittest.TestCase):
    maxDiff = None

    def test_every_folder_has_a_level(self):
        self.assertEqual({level for _, level in core_files()} - set(LEVELS), set())

    def test_arrows_go_down(self):
        wrong = []
        for path, level in core_files():
            for number, header, _ in includes(path):
                target = header.split("/")[0]
                if (
                    target in LEVELS
                    and (ROOT / "core" / header).exists()
                    and LEVELS.index(target) > LEVELS.index(level)
                ):
                    wrong.append(f"{place(path, number)}: {level}/ must not include {header}")
        self.assertEqual(wrong, [])

    def test_no_circle(self):
        arrows = {level: set() for level in LEVELS}
        for path, level in core_files():
            arrows[level] |= {header.split("/")[0] for _, header, _ in includes(path)} & set(LEVELS) - {level}
        self.assertEqual(circle(arrows), [])
        self.assertEqual(circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}), ["a", "b", "c"])

    def test_a_study_goes_one_way_through_the_report(self):
        wrong = []
        for path in sources("core/report"):
            for number, header, _ in includes(path):
                folder, _, name = header.removesuffix(".hpp").partition("/")
                if folder == "report" and REPORT.index(name) > REPORT.index(path.stem):
                    wrong.append(f"{place(path, number)}: {name} comes after {path.stem}")
        self.assertEqual(wrong, [])

    def test_included_headers_exist(self):
        wrong = []
        for path in [path for path, _ in core_files()] + sources("plugins") + sources("core/include"):
            for number, header, quoted in includes(path):
                roots = [path.parent, ROOT / "core", ROOT / "core/include", ROOT / "plugins"]
                if (
                    quoted
                    and header != "spanlab/sdk_hash.hpp"
                    and not any((root / header).exists() for root in roots)
                ):
                    wrong.append(f"{place(path, number)}: {header} is none of ours; write <{header}>")
        self.assertEqual(wrong, [])

    def test_third_parties_stay_inside_their_fence(self):
        wrong = []
        for path, level in core_files():
            for number, header, _ in includes(path):
                for pattern, allowed in FENCES.items():
                    if re.fullmatch(pattern, header) and level not in allowed:
                        wrong.append(
                            f"{place(path, number)}: {header} is for {', '.join(sorted(allowed))} only"
                        )
                if level in WITHOUT_TENSORS and WITH_TENSORS.match(header):
                    wrong.append(f"{place(path, number)}: {level}/ does not see tensors")
        self.assertEqual(wrong, [])

    def test_libraries_are_loaded_in_one_place(self):
        calls = [str(path.relative_to(ROOT)) for path, level in core_files()
                 if level != "plugin" and re.search(r"\bdlopen\s*\(", path.read_text(encoding="utf-8"))]
        self.assertEqual(calls, [])

    def test_json_is_parsed_in_one_place(self):
        """The library's own parser throws several kinds of exception and names no file: core has
        core/sdk/json_value.hpp, plugins have spanlab/json_text.hpp, which checks a text before they parse
        it."""
        call = re.compile(
            r"\b(?:json|Json)::(?:parse|accept|sax_parse|from_cbor|from_msgpack|from_bson|from_ubjson)\b"
            r"|\bjson_sax\b|>>\s*\w*json\w*\s*;"
        )
        wrong = []
        for path in sources("core") + sources("plugins"):
            text = path.read_text(encoding="utf-8")
            if path == ROOT / "core/sdk/json_text.cpp" or (
                path.is_relative_to(ROOT / "plugins") and '#include "spanlab/json_text.hpp"' in text
            ):
                continue
            wrong += [
                f"{place(path, number)}: {line.strip()}"
                for number, line in enumerate(text.splitlines(), 1)
                if call.search(line)
            ]
        self.assertEqual(wrong, [])

    def test_json_stands_in_few_signatures(self):
        """Values are typed inside. docs/decisions.md, "Configuration", says which signatures these are."""
        signature = r"\bnlohmann::(ordered_)?json&? \w+\(|\(const nlohmann::(ordered_)?json&"
        found = []
        for path, level in core_files():
            if path.suffix != ".hpp" or level in {"store", "report"}:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if re.search(signature, line):
                    found.append(f"{place(path, number)}: {line.strip()}")
        self.assertGreater(len(found), 5)
        self.assertLessEqual(len(found), 11, "\n".join(found))

    def test_the_sdk_stands_alone(self):
        wrong = []
        for path in sources("core/include"):
            for number, header, _ in includes(path):
                if not header.startswith("spanlab/") and not SDK_LIBRARIES.match(header):
                    wrong.append(f"{place(path, number)}: an SDK header must not include {header}")
        self.assertEqual(wrong, [])

    def test_the_sdk_is_implemented_in_its_own_room(self):
        """What an SDK header declares is defined in core/sdk, in a source of its name, which sees SDK headers
        and core/sdk alone: no plugin needs a room above. The contract suite is for tests of plugins alone."""
        wrong = []
        for path in sources("core/sdk"):
            for number, header, quoted in includes(path):
                if quoted and not header.startswith(("spanlab/", "sdk/")):
                    wrong.append(f"{place(path, number)}: core/sdk must not include {header}")
        defined = {path.stem for path in sources("core/sdk") if path.suffix == ".cpp"}
        for path in sources("core/include"):
            exported = re.search(r"\bSPANLAB_API\b", path.read_text(encoding="utf-8"))
            if exported and path.stem not in {"export", "plugin", "contract"} | defined:
                wrong.append(f"{path.relative_to(ROOT)}: core/sdk/{path.stem}.cpp should define it")
        self.assertEqual(wrong, [])

    def test_plugins_know_the_sdk_and_themselves(self):
        wrong = []
        for path in sources("plugins") + sources("examples"):
            own = path.relative_to(ROOT).parts[1]
            for number, header, quoted in includes(path):
                if (
                    quoted
                    and not header.startswith(("spanlab/", own + "/"))
                    and not (path.parent / header).exists()
                ):
                    wrong.append(f"{place(path, number)}: plugins/{own} must not include {header}")
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    counted.main()
