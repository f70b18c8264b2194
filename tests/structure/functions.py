#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lines and tokens of the functions in C++ sources, counted without a compiler.

    functions.py [--longest N] [FOLDER…]     medians of the folders (core and plugins if none is named)

A function is what stands in braces behind parameters, outside of any other function: a lambda belongs to
the function that it is written in. Its lines are those from its first word to its closing brace; its tokens
are the identifiers and keywords, the literals and the operators in them. Brackets, commas, semicolons and
colons count as nothing, and so do comments.
"""
import argparse
import dataclasses
import pathlib
import re
import statistics

from tree import ROOT

TOKEN = re.compile(
    r"""
    (?P<space> \s+ | //[^\n]* | /\*.*?\*/ | ^[ \t]*\#(?:\\\n|[^\n])* )
  | (?P<literal> (?:u8|[uUL])?R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)" | (?:u8|[uUL])?"(?:[^"\\\n]|\\.)*"
               | '(?:[^'\\\n]|\\.)+' | \.?\d(?:[eEpP][+-]|[\w.']\b|[\w.])* )
  | (?P<word> [A-Za-z_]\w* )
  | (?P<operator> <=>|<<=|>>=|\.\.\.|->|\+\+|--|<<|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|[-+*/%&|^~!<>=?.] )
  | (?P<bracket> ::|. )
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
TYPES = {"namespace", "class", "struct", "union", "enum", "extern"}


@dataclasses.dataclass
class Token:
    kind: str
    text: str
    line: int


@dataclasses.dataclass
class Function:
    path: pathlib.Path
    name: str
    line: int
    lines: int
    tokens: int


def tokens_of(text):
    """The tokens of a source without white space, comments and the lines of the preprocessor."""
    line, found = 1, []
    for match in TOKEN.finditer(text):
        kind = next(kind for kind in ("space", "literal", "word", "operator", "bracket") if match[kind])
        if kind != "space":
            found.append(Token(kind, match[0], line))
        line += match[0].count("\n")
    return found


def closing(tokens, start):
    """The place of the bracket that closes the one at `start`."""
    depth = 0
    for place in range(start, len(tokens)):
        if tokens[place].kind == "bracket":
            depth += (tokens[place].text in "([{") - (tokens[place].text in ")]}")
            if depth == 0:
                return place
    return len(tokens) - 1


def after_template(tokens, start):
    """The place behind `template <…>`, if that is how a declaration begins."""
    while tokens[start].text == "template" and tokens[start + 1].text == "<":
        depth, start = 0, start + 1
        while True:
            depth += (tokens[start].text == "<") - (tokens[start].text == ">")
            start += 1
            if depth == 0:
                break
    return start


def declaration(tokens, start):
    """(name or None, place behind it) of what begins at `start`: the name of a function with a body, which
    ends at the place; else the place at which the next declaration, or the inside of a type, begins."""
    name, value, initialisers, place = None, False, False, after_template(tokens, start)
    is_type = tokens[place].text in TYPES
    while place < len(tokens):
        token, before = tokens[place], tokens[place - 1]
        if token.text in (";", "}") and token.kind == "bracket":
            return None, place + 1
        if token.text == "=" and before.text != "operator":
            value = True
        elif token.text in ("(", "[") and token.kind == "bracket":
            if token.text == "(" and name is None and not value and place > start:
                name = before.text
            place = closing(tokens, place)
        elif token.text == ":" and name:
            initialisers = True
        elif token.text == "{" and token.kind == "bracket":
            if is_type and not name or place == start:
                return None, place + 1
            if value or not name or initialisers and before.kind in ("word", "operator"):
                place = closing(tokens, place)  # a value in braces
            else:
                return name, closing(tokens, place) + 1
        place += 1
    return None, place


def functions_of(path, text):
    tokens, place, found = tokens_of(text), 0, []
    while place < len(tokens):
        name, end = declaration(tokens, place)
        if name:
            own = tokens[place:end]
            lines = own[-1].line - own[0].line + 1
            count = sum(token.kind != "bracket" for token in own)
            found.append(Function(path, name, own[0].line, lines, count))
        place = end
    return found


def functions_in(folders):
    paths = [path for folder in folders for path in sorted(folder.rglob("*.[ch]pp"))]
    return [function for path in paths for function in functions_of(path, path.read_text(encoding="utf-8"))]


def medians(functions):
    """(lines, tokens) in the median."""
    return statistics.median(f.lines for f in functions), statistics.median(f.tokens for f in functions)


def main():
    parser = argparse.ArgumentParser(description="Counts lines and tokens of functions.")
    parser.add_argument("--longest", type=int, default=0, metavar="N")
    parser.add_argument("folders", nargs="*", type=pathlib.Path, default=[ROOT / "core", ROOT / "plugins"])
    options = parser.parse_args()
    functions = functions_in(options.folders)
    lines, tokens = medians(functions)
    print(f"{len(functions)} functions; in the median {lines:g} lines and {tokens:g} tokens")
    for function in sorted(functions, key=lambda f: -f.tokens)[: options.longest]:
        where = f"{function.path}:{function.line}: {function.name}"
        print(f"{where}: {function.lines} lines, {function.tokens} tokens")


if __name__ == "__main__":
    main()
