#!/usr/bin/env python3
"""Compares every #include below src/ and client/ with the layers that CMake wrote to layers.txt (cmake/queqiao.cmake).

usage: check_layers.py SOURCE_DIR LAYERS_FILE
A layer includes itself and what it depends on; a third-party header only where WRAPPED says, or anywhere when it is not named.
"""
import pathlib
import re
import sys

# Third-party headers that one folder wraps: the rest of the project sees that folder's own types.
WRAPPED = {
    "openssl/": {"base", "net"},
    "boost/": {"net", "net/http"},
    "unicode/": {"xmpp"},
    "sqlite3.h": {"storage/sqlite"},
    "spdlog/": {"base"},
    "qt6keychain/": {"client/core"},
    "toml++/": set(),
    "nlohmann/": set(),
    "CLI/": set(),
}
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.M)


def read_layers(path):
    layers = {}
    for line in path.read_text().splitlines():
        name, _, depends = line.partition(":")
        layers[name.removeprefix("src/")] = set(depends.split())
    return layers


def layer_of(path, layers):
    """The deepest layer whose folder holds `path` (relative to src/, or client/... itself)."""
    for parent in path.parents:
        if str(parent) in layers:
            return str(parent)
    return None


def check_file(path, source, layers):
    own = layer_of(path, layers)
    if own is None:
        yield f"{path}: belongs to no layer; add its folder with queqiao_layer()"
        return
    for kind, included in INCLUDE.findall((source / path).read_text()):
        if kind == "<":
            for prefix, folders in WRAPPED.items():
                if included.startswith(prefix) and own not in folders:
                    yield f"{path}: <{included}> is wrapped by {', '.join(sorted(folders)) or 'apps'}"
            continue
        target = layer_of(pathlib.Path(included), layers)
        if target is None:
            if not (source / path).parent.joinpath(included).exists():
                yield f'{path}: "{included}" is not in a layer'
        elif target != own and target not in layers[own]:
            yield f'{path}: {own} must not include {target} ("{included}")'


def find_files(folder, source):
    """(path relative to source, source) of each file of C++ below folder."""
    return sorted((p.relative_to(source), source) for p in folder.rglob("*") if p.suffix in (".h", ".cpp"))


def main():
    root = pathlib.Path(sys.argv[1])
    layers = read_layers(pathlib.Path(sys.argv[2]))
    files = find_files(root / "src", root / "src")
    if any(layer.startswith("client/") for layer in layers):  # a build without Qt has none of them
        files += find_files(root / "client", root)
    problems = [problem for path, source in files for problem in check_file(path, source, layers)]
    print("\n".join(problems) or f"{len(files)} files keep to {len(layers)} layers")
    return 1 if problems or not files else 0


if __name__ == "__main__":
    sys.exit(main())
