"""The normal form of a name: what all spellings of one name have in common, per type of thing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from kg.resolve import tables

SIZES = {
    "tiny": "t", "ti": "t", "small": "s", "base": "b", "medium": "m", "large": "l", "huge": "h", "giant": "g", "nano": "n", "pico": "p",
    "xlarge": "xl", "extra large": "xl",
}  # fmt: skip
GREEK = {unicodedata.lookup(f"GREEK SMALL LETTER {n}"): n.lower().replace("lamda", "lambda") for n in (
    "ALPHA", "BETA", "GAMMA", "DELTA", "EPSILON", "ZETA", "ETA", "THETA", "KAPPA", "LAMDA", "MU", "NU", "XI", "PI", "RHO", "SIGMA", "TAU",
    "PHI", "CHI", "PSI", "OMEGA",
)}  # fmt: skip
_DASHES = re.compile("[\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d]")
_TEX_FONT = re.compile(r"\\(?:text|math)?(?:bf|it|tt|rm|sf|sc|cal|bb|normal|emph|text|operatorname|mathrm|mathbf|mathcal)\b\s*")
_TEX_WORD = re.compile(r"\\([A-Za-z]+)\s*")
_TEX_SIGNS = {"times": "x", "rightarrow": " to ", "to": " to ", "sim": "~", "pm": "±", "uparrow": "↑", "downarrow": "↓", "cdot": " "}
_ARROWS = re.compile(r"\s*(?:→|⟶|⇒|->|=>)\s*")
_BRITISH = {"isation": "ization", "odelling": "odeling", "abelling": "abeling", "abelled": "abeled", "olour": "olor",
            "ehaviour": "ehavior", "tumour": "tumor", "eighbour": "eighbor"}  # fmt: skip
_PIECE = re.compile(r"\d+(?:\.\d+)+|\d+|[^\W\d_]+|[+*#%]+")
_UNPLURAL = re.compile(r"(?:ss|us|is|as|os|[^aeiou]ous)$")


@lru_cache(maxsize=1 << 16)
def clean(name: str) -> str:
    """A name as a reader sees it: TeX marks, odd dashes and spaces, quotes and a leading article gone; case kept.

    >>> clean("$\\\\text{BERT}_{large}$"), clean("the “Swin‑Transformer”"), clean("top-1 acc.")
    ('BERT large', 'Swin-Transformer', 'top-1 acc')
    """
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", name))
    if "\\" in text or "$" in text or "{" in text:
        text = _TEX_FONT.sub("", text)
        text = _TEX_WORD.sub(lambda m: _TEX_SIGNS.get(m[1], m[1]), text)
        text = re.sub(r"(?<=\w)\}?_\{?(?=\w)", " ", text)
        text = re.sub(r"[$\\{}^]", "", text)
    text = re.sub(r"['‘’`´]s\b|[\"“”'‘’`´]", "", text.replace("×", "x"))
    text = re.sub(r"^(?:the|a|an)\s+(?=\S)", "", " ".join(text.split()), flags=re.IGNORECASE)
    return text.strip(" .,;:~") or " ".join(name.split())


def unmarked(name: str, type: str) -> str:
    """A name without the type that a record adds to it where two of its entities have one name.

    >>> unmarked("quantization (task)", "Task"), unmarked("mAP (box)", "Metric")
    ('quantization', 'mAP (box)')
    """
    return re.sub(rf"(?<=\S) \({type.lower()}(?: \d+)?\)$", "", name) if name.endswith(")") else name


def singular(word: str) -> str:
    """A word without a plural `s`: `Transformers`, `CNNs`, but neither `MARS` nor `loss`.

    >>> [singular(w) for w in ("Transformers", "CNNs", "MARS", "loss", "accuracies", "corpus", "analysis")]
    ['Transformer', 'CNN', 'MARS', 'loss', 'accuracy', 'corpus', 'analysis']
    """
    if not word.endswith("s") or len(word) < 3 or (len(word) < 4 and word.islower()) or _UNPLURAL.search(word):
        return word
    if word.endswith("ies") and len(word) > 4 and (word.islower() or word[:-3].casefold() + "y" in tables.words("common_words.txt")):
        return word[:-3] + "y"
    return word[:-1]


@cache
def _heads(type: str) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    rows = sorted((row for row in tables.table("heads.tsv") if row["type"] == type), key=lambda row: -len(row["head"]))
    return tuple(
        (re.compile(rf"(?<=\S)(?:[\s_-]+|(?<=[a-z])(?=[A-Z]))(?i:{re.escape(r['head'])}s?)$"), r["when"], r["unless"]) for r in rows
    )


@cache
def suffixes(type: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """The grammar of what may follow a name: (kind, pattern at the name's end, how the normal form writes it)."""
    return tuple(
        (row["kind"], re.compile(rf"(?:{row['pattern']})$", re.IGNORECASE), row["normal"])
        for row in tables.table("suffixes.tsv")
        if type in row["types"].split(",")
    )


def distinctive(text: str) -> bool:
    """Whether a text holds a word that names rather than describes: `Swin`, `U-Net`, `word2vec`, but not `vision` or `Sparse Vision`.

    >>> [distinctive(t) for t in ("Swin", "swin", "U-Net", "Vision", "sparse graph", "CNN", "A")]
    [True, True, True, False, False, True, False]
    """
    common = tables.words("common_words.txt")
    for word in text.split():
        if re.search(r"[^\W\d_]\d|\d[^\W\d_]|[a-z][A-Z]|^[A-Z]-[A-Z]|^[A-Z]{2,5}s?$", word):
            return True
        for piece in re.findall(r"[^\W\d_]{2,}", word):
            low = piece.casefold()
            if low not in common and singular(low) not in common:
                return True
    return False


def coined(text: str) -> bool:
    """Whether a text is one word that is written as names and acronyms are: capitals within, or a digit.

    >>> [coined(t) for t in ("BERT", "AdamW", "T5", "ResNet-50", "Bayesian", "Swin", "3D convolutional")]
    [True, True, True, True, False, False, False]
    """
    return " " not in text and re.search(r"[A-Z].*[A-Z]|[a-z].*[A-Z]|[A-Za-z].*\d", text) is not None


def _may_drop(rest: str, when: str, unless: str) -> bool:
    if unless and tables.wording(unless).fullmatch(rest.replace("-", " ")):
        return False
    if when in ("coined", "distinctive"):
        return coined(rest) if when == "coined" else distinctive(rest)
    return when == "always" or tables.wording(when).fullmatch(rest) is not None


def split_suffix(name: str, type: str) -> tuple[str, str, str] | None:
    """The last suffix of a cleaned name: (what it follows, its kind, its normal form); None where there is none.

    A name is never cut down to a single letter, nor to common words alone, unless it is a dataset called by a capitalised one.

    >>> split_suffix("Swin-T", "Model"), split_suffix("ResNet-50", "Model"), split_suffix("Swin-UNet", "Model"), split_suffix("T5", "Model")
    (('Swin', 'size', '-t'), ('ResNet', 'depth', '50'), None, None)
    """
    for kind, pattern, form in suffixes(type):
        if found := pattern.search(name):
            base = name[: found.start()].rstrip(" -_/")
            is_name = distinctive(base) or (type == "Dataset" and base[:1].isupper() and " " not in base)
            if not is_name or not re.search(r"[^\W\d_].*\w", base):
                continue
            value = found[1].casefold()
            return base, kind, form.replace(r"\1", SIZES.get(value, value))
    return None


def without_heads(name: str, type: str) -> str:
    """A cleaned name without head words that add nothing: `Swin Transformers` -> `Swin`, `COCO dataset` -> `COCO`."""
    for _ in range(3):
        for pattern, when, unless in _heads(type):
            if (found := pattern.search(name)) and _may_drop(name[: found.start()], when, unless):
                name = name[: found.start()].rstrip(" -_")
                break
        else:
            return name
    return name


def spells_out(name: str, type: str) -> bool:
    """Whether a name's normal form keeps all its words: not so for `Inception Transformer`, whose form is that of `Inception`."""
    return without_heads(text := clean(name), type) == text


def squash(text: str) -> str:
    """Letters and digits in lower case, without what stands between them, except between two digits.

    >>> squash("Mask R-CNN"), squash("WRN-28-10"), squash("R@1"), squash("PointNet++"), squash("SYNTHIA→Cityscapes")
    ('maskrcnn', 'wrn28-10', 'r1', 'pointnet++', 'synthiatocityscapes')
    """
    text = _ARROWS.sub(" to ", text).replace("&", " and ").casefold()
    for british, american in _BRITISH.items():
        text = text.replace(british, american)
    pieces = _PIECE.findall("".join(GREEK.get(c, c) for c in text))
    out = ""
    for piece in pieces:
        out += "-" + piece if out and out[-1].isdigit() and piece[0].isdigit() else piece
    return out or " ".join(text.split())


def parts(name: str, type: str) -> tuple[str, str]:
    """A name's spelling in two: the core in normal form, and its suffixes (sizes, versions, years) in theirs.

    >>> parts("Swin Transformer V2-Base", "Model"), parts("MS-COCO 2017", "Dataset"), parts("F1-score", "Metric")
    (('swin', 'v2-b'), ('mscoco', '2017'), ('f1', ''))
    """
    text, tail = without_heads(clean(name), type), ""
    while cut := split_suffix(text, type):
        text, tail = without_heads(cut[0], type), cut[2] + tail
    words = re.split(r"([\s_-]+)", text)
    if not tail or type == "Model":  # `MobileNets-v2`, but `Kinetics-400`
        words[-1] = singular(words[-1])
    return squash("".join(words)), tail


def _joined(core: str, tail: str) -> str:
    return f"{core}-{tail}" if tail[:1].isdigit() and core[-1:].isdigit() else core + tail


@cache
def synonyms(type: str) -> dict[str, str]:
    """Spelling of every listed synonym -> spelling of the name that stands for it."""
    known: dict[str, str] = {}
    for first, *others in tables.rows("synonyms", f"{type.lower()}.tsv"):
        target = _joined(*parts(first, type))
        known[target] = target
        for other in others:
            known[_joined(*parts(other, type))] = target
    return known


@cache
def synonym_names(type: str) -> dict[str, tuple[str, ...]]:
    """Normal form -> the names of it that the table of synonyms lists."""
    return {_joined(*parts(names[0], type)): names for names in tables.rows("synonyms", f"{type.lower()}.tsv")}


@cache
def listed(type: str) -> frozenset[str]:
    """The normal forms that stand for several names in the table of synonyms."""
    return frozenset(synonyms(type).values())


@lru_cache(maxsize=1 << 20)
def normal(name: str, type: str) -> str:
    """The normal form of a name: equal for all spellings and known synonyms of one name of a type.

    >>> {normal(n, "Model") for n in ("Swin", "Swin Transformer", "Swin Transformers", "Swin-Transformer", "SwinTransformer", "SWIN")}
    {'swin'}
    >>> normal("ViT-Base/16", "Model"), normal("Sparse Transformers", "Model")
    ('vit-b/16', 'sparsetransformer')
    >>> normal("ILSVRC-2012", "Dataset"), normal("top-1 acc.", "Metric")
    ('imagenet1k', 'top1accuracy')
    """
    name = unmarked(name, type)
    if type not in ("Model", "Dataset", "Metric", "Task"):
        return " ".join(clean(name).casefold().split())
    core, tail = parts(name, type)
    known = synonyms(type)
    whole = _joined(core, tail)
    if whole in known:
        return known[whole]
    whole = _joined(known.get(core, core), tail)
    return known.get(whole, whole)
