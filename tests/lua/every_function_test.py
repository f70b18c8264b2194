#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every function that a study script can reach is called with every kind of argument, each in a process of
its own.

The names come from the sandbox's sources, so that a function that is added there is called here. A call may
fail, but the script must come to its end: a crash, an endless loop or an exit code other than 2 is a failure.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent.parent
SPANLAB = os.environ.get("SPANLAB", str(CHECKOUT / "build/bin/spanlab"))

VALUES = r"""
local lab = require "spanlab"
local cyclic = { 1 }; cyclic.self = cyclic; cyclic[2] = cyclic
local deep = {}; for i = 1, 300 do deep = { deep } end
local function identity(...) return ... end
local function throw() error({}) end
local function yield() return coroutine.yield(1) end
local ended = coroutine.create(identity); coroutine.resume(ended)
local space = lab.grid { ["train.epochs"] = { 1, 2 } }
local powers = {}; for i = 0, 61 do powers[1 << i] = i end    -- any of them may be its length
local few = { nil, true, 0, -1, 2.5, "", "x", {}, { 3, 1, 2 }, cyclic, identity, space }
local most = { nil, true, false, 0, -1, 1, 2, 3.7, 0/0, "", "x", "%s%d%q%p", "a\0b", ("x"):rep(1000), "\xff",
{}, { 3, 1, 2 }, { x = 1 }, cyclic,
               deep, powers, { [true] = 1 }, { [identity] = 1 }, identity, throw, yield, pairs({ 1 }),
               ipairs({}), lab.encoder, lab.encoder "birnn", lab.encoder "birnn" {}, space,
               coroutine.create(yield), ended, coroutine.wrap(yield), lab, string, math }
local large = { 1/0, -1/0, math.maxinteger, math.mininteger, 2^53, 1 << 31 }
local count, few_count = 38, 12
"""

CALLS = r"""
if use_large then for i = 1, 6 do count = count + 1; most[count] = large[i] end end
local function call(f, ...) pcall(f, ...) end
call(f)
for i = 1, count do
  call(f, most[i])
  for j = 1, count do call(f, most[i], most[j]) end
end
for i = 1, few_count do
  for j = 1, few_count do
    for k = 1, few_count do call(f, few[i], few[j], few[k]); call(f, few[i], few[j], few[k], few[i]) end
  end
end
for i = 1, count do
  local thread = coroutine.create(function(...) return f(...) end)
  for j = 1, 3 do call(coroutine.resume, thread, most[i], most[j]) end
  call(coroutine.close, thread)
end
call(function() local list = {}; for i = 1, 200000 do list[i] = i end; return f(table.unpack(list)) end)
error("came to its end")
"""

# What is no function of a table: methods, metamethods, iterators, points of a space.
OTHERS = {
    "iterator of pairs": "local f = pairs({ a = 1, b = 2 })",
    "iterator of ipairs": "local f = ipairs({ 1, 2 })",
    "wrapped coroutine": "local f = coroutine.wrap(function(...) while true do coroutine.yield(...) end end)",
    "component": 'local f = lab.encoder "birnn" {}',
    "component without a table": 'local f = lab.encoder "birnn"',
    "where": "local f = space.where",
    "when": "local f = space.when",
    "sample": "local f = space.sample",
    "index": "local f = function(a, b) local _ = a[b]; return _ end",
    "assignment": "local f = function(a, b, c) a[b] = c end",
    "index of a node": "local f = function(a) local _ = space[a]; return _ end",
    "assignment to a node": "local f = function(a, b) space[a] = b end",
    "index of lab": "local f = function(a) local _ = lab[a]; return _ end",
    "index of a library": "local f = function(a) local _ = string[a]; return _ end",
    "global": "local f = function(a) undeclared = a end",
    "operators": "local f = function(a, b) pcall(function() return a .. b end);"
    " pcall(function() return a < b end);"
    " pcall(function() return #a end);"
    " pcall(function() return -a end); pcall(function() return a == b end);"
    " pcall(function() return a + b end);"
    " return a // b end",
    "closed variable": "local f = function(a) local x <close> = a end",
    "error": "local f = function(a, b) error(a, b) end",
    "loop": "local f = function(a, b, c) for i in a, b, c do break end end",
    "for": "local f = function(a, b, c) for i = a, b, c do break end end",
    "error within a sort": "local f = function(a, b) table.sort({ 3, 1, 2 }, function() return b(a) end) end",
    "nested pcall": "local f = function(a, b) return pcall(pcall, pcall, a, b) end",
}

def functions():
    """{name: Lua text that makes it `f`} of all that the sandbox shows."""
    sandbox = (CHECKOUT / "core/lua/sandbox.cpp").read_text()
    library = (CHECKOUT / "core/lua/library.cpp").read_text()
    found = {}
    kept = re.search(r"keep\(state, \{([^}]*)\}\)", sandbox.split("int install_sandbox")[1]).group(1)
    names = re.findall(r'"(\w+)"', kept) + re.findall(
        r'set\(state, "(\w+)"', sandbox.split("int install_sandbox")[1]
    )
    for library_name, functions_of in re.findall(
        r'open\(state, luaopen_\w+, "(\w+)",\s*\{([^}]*)\}', sandbox
    ):
        names += [f"{library_name}.{name}" for name in re.findall(r'"(\w+)"', functions_of)]
    names += ["table.sort"]
    names += [
        "lab." + name for name in re.findall(r'"(\w+)"', re.search(r"kNames\{([^}]*)\}", library).group(1))
    ] + ["lab.options"]
    for name in names:
        found[name] = f"local f = {name}"
    return found


def run(name, text):
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder) / "study.lua"
        script.write_text(text)
        limited = f"ulimit -v 8000000; exec {SPANLAB} plan study.lua"
        variables = {**os.environ, "OMP_NUM_THREADS": "1", "HOME": folder}
        done = subprocess.run(
            ["bash", "-c", limited],
            cwd=folder,
            env=variables,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        return name, done.returncode, done.stderr


def main():
    scripts = {}
    found = functions()
    assert len(found) > 70 and {"pairs", "lab.grid", "string.format", "table.sort", "coroutine.wrap"} <= set(
        found
    ), sorted(found)
    for name, makes in {**found, **OTHERS}.items():
        # With numbers that large these loop inside Lua's own C functions, which the watchdog ends; other
        # tests do that.
        use_large = "false" if name in ("string.rep", "table.move", "for") else "true"
        scripts[name] = VALUES + f"local use_large = {use_large}\n" + makes + "\n" + CALLS
    passed, failures = 0, []
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for name, code, errors in pool.map(lambda item: run(*item), scripts.items()):
            # Of thousands of problems the last is no longer told.
            ended = "came to its end" in errors or "more problems" in errors
            if code == 2 and ended and "endless loop" not in errors:
                passed += 1
            else:
                failures.append(f"{name}: exit {code}\n{errors[-600:]}")
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
