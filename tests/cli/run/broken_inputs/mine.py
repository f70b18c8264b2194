"""mine.py KIND: writes the data set `mine` and its card, in the state that KIND names."""
import hashlib
import json
import pathlib
import sys

kind = sys.argv[1]
types = {"entities": {"Who": {"short": "W", "verbose": "Who"}}, "relations": {}}
sentence = {
    "tokens": ["Ada", "lives", "."],
    "entities": [{"type": "Who", "start": 0, "end": 1}],
    "relations": [],
}
train = [dict(sentence, orig_id=i) for i in range(4)]
test = [dict(sentence)]
if kind == "wrong":
    train[1] = dict(sentence, entities=[{"type": "Who", "start": 0, "end": 9}])
    train[3] = dict(sentence, entities=[{"type": "Whom", "start": 0, "end": 1}])
if kind == "types":
    types["entities"] = ["Who"]
if kind == "long":
    test[0] = dict(sentence, tokens=["Ada"] * 700)
folder = pathlib.Path("mine")
folder.mkdir(exist_ok=True)
for name, content in (("types", types), ("train", train), ("test", test)):
    (folder / f"{name}.json").write_text(json.dumps(content))
part = '[{0}]\npath = "{1}.json"\nsha256 = "{2}"\n'
card = (
    'title = "Mine"\nlicence = "none"\nsource = "by hand"\nreader = "spert"\n'
    '[evaluation]\nprimary = "strict"\n'
)
for section, name in (("types", "types"), ("splits.train", "train"), ("splits.test", "test")):
    card += part.format(section, name, hashlib.sha256((folder / f"{name}.json").read_bytes()).hexdigest())
pathlib.Path("mine.toml").write_text(card)
