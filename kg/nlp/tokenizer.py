"""The tokenizer `kg.Tokenizer.v1`: English words, and the names, figures and TeX of machine-learning abstracts.

A spaCy `Tokenizer`, hence non-destructive: tokens and the spaces between them give back the text. What it decides:

- A name is one token with its hyphens, slashes, digits, plus signs and indices: `Swin-T`, `ViT-B/16`, `top-1`, `F1-score`,
  `Kinetics-400/600`, `GTA-to-Cityscapes`, `L_{EC}`, `SE(3)`. Endings that make an adjective of a name are cut off
  (`ViT-based` is `ViT`, `-`, `based`), and so is the other name after a slash (`LRS2/LRS3`).
- A figure is one token with its sign and the unit glued to it: `83.3%`, `83.3\\%`, `+2.6`, `4.25x`, `2-3%`, `26ms`. A unit behind a
  space is a token of its own. A metric glued to its figure is cut off (`49.2AP`).
- Dollars of TeX are tokens of their own: `$10^5$` is `$`, `10^5`, `$`.
- Abbreviations keep their full stop (`e.g.`, `w.r.t.`, `al.`, `Fig.`). A sentence's full stop is a token even where the space
  after it was lost (`frames.Additionally`).
- Citations are cut off from what they are glued to: `ViT[12]`, `ViT~\\cite{x}`, and keys that repeat the
  name (`Fnetlee2021fnet`).
- English contractions are not taken apart, but for the possessive `'s`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from kg.nlp.sentences import BEFORE_A_NAME, BEFORE_A_NUMBER, BEGINNINGS, NEVER_LAST, TITLES

_TEX = r"\\?(?!math(?!bf|it|rm)|frac|sqrt|tilde|widetilde|hat|bar|left|right|operatorname)[a-z]{3,12}\{"
_RUN = r"(?P<sign>[^\w\s])(?P=sign){3,}"  # one token, or a long run would be cut sign by sign in quadratic time

PREFIXES = (
    # a beginning that is cut off, as regular expressions
    _RUN,
    _TEX,
    r"\\[cC]ite[a-z]*\{",
    r"\\(?=\d)",
    r"\*+",
    r"`+",
    r"''?",
    r"\.{2,}",
    r"[\"“”‘’«»„(\[{<>≥≤≈|…—,;:!?。，]",
    r"\$(?![^$\s]{1,30}\$-\w)",  # but `$k$-means` is a name
    r"[–-](?=[A-Za-z]{3})",
    r"--+",
    r"~(?=[A-Za-z\\])",
    r"=(?=\S)",
    r"(?P<name>[A-Za-z][\w-]{1,24})(?=[a-z]{2,20}(?:19|20)\d\d(?i:(?P=name)))",
)

SUFFIXES = (
    # an ending that is cut off
    _RUN,
    r"\*+",
    r"''?",
    r"`+",
    r"['’][sS]",
    r"\.{2,}",
    r"[\"“”‘’«»„)\]}$<>|…—,;:!?。，]",
    r"--+",
    r"(?<=[\w%)\]}\"”’'$*+~!?-])\.",
    r"(?<=\d)(?:m?AP|mIoU|IoU|BLEU|dB|pp)",
    r"(?<=[A-Za-z])-",
    r"~",
)

_ADJECTIVES = (
    "aided alike assisted augmented aware based controllable demanding designed driven efficient empowered enabled enhanced equipped "
    "finetuned free generated guided inspired like modified oriented powered pretrained rich sensitive specific structured style "
    "trained tuned type variants wise"
).split()
_FAMILIES = "CNN|DNN|RNN|GNN|GCN|SNN|MLP|LSTM|GRU|GAN|VAE|ViT|LLM|VLM|ASR|TTS|Transformer|transformer"
_BEGIN = "|".join(sorted(BEGINNINGS - {"A"}))

INFIXES = (
    # what is cut out of the middle
    r"\.{2,}|…|—|--+|\*\*+|(?<=[^\s\d])→|→|(?<=[\w%\\}])->(?=\d)",
    rf"(?<=[\w)\]}}%$\"”’'])[.!?](?=(?:{_BEGIN})(?:$|[,'’]))",
    r"(?<=[a-z]{3})[.?!](?=[A-Z]\w*,?$)",
    r"(?<=[a-z]\.),(?=\S)",
    r"(?<=[A-Za-z0-9%)\]]),(?=[A-Za-z(])",
    r"(?<=[A-Za-z)\]])[:;](?=[A-Za-z(])",
    r"(?<=[A-Za-z]{2})\((?=[A-Z][\w-]|[a-z]{3})",
    r"(?<=\w)\)(?=[\[(A-Za-z/.,:;–—-])",
    r"(?<=[A-Za-z0-9)])\[(?=\d)",
    r"~?\\[cC]ite[a-z]*\{|~(?=\\|[A-Za-z])|(?<=[\w)])~?cite\{",
    r"(?<=\w\w)/(?=[A-Za-z][A-Za-z])|(?<=[\w)])/(?=[A-Z][A-Za-z]{2})|(?<=[a-z]{3})/(?=[A-Z])|(?<=%)/(?=[+-]?\d)|\|",
    r"(?<=[A-Za-z]{2})=(?=[\d.])|(?<=[A-Za-z])[<>≤≥](?=[\d.])",
    r"(?<=\w)\"(?:,\")?(?=\w)|(?<=\w)[“”](?=\w)",
    r"(?<=\d)\\?%(?=[A-Za-z(]{2})",
    rf"(?<=\w)-(?=(?i:{'|'.join(_ADJECTIVES)})$)",
    *(rf"(?<={family})-(?=(?:{_FAMILIES})s?(?:$|-))" for family in _FAMILIES.split("|")),
)

WHOLE = (
    # words that stay whole whatever brackets or stops they end with
    r"[\w\\^*-]*[_^]\{[^{}\s]*\}[\w]*",  # L_{EC}
    r"\w+\((?:[\d+-][\w+-]*|[a-z]{1,2})\)[\w-]*",  # SE(3), R(2+1)D, Fast(er)
    r"(?:[A-Za-z]\.){2,}",  # w.r.t.
)

_WORDS_TOO = frozenset("no art prop def ch co ca p st ver alg esp def ref sec thm u.s u.k".split())
ABBREVIATIONS = tuple(sorted(f"{a}." for a in (TITLES | NEVER_LAST | BEFORE_A_NUMBER | BEFORE_A_NAME) - _WORDS_TOO))
"""Abbreviations that keep their full stop wherever they stand: those that are no words as well."""


@registry.tokenizers("kg.Tokenizer.v1")  # type: ignore[untyped-decorator]
def create_kg_tokenizer() -> Callable[[Language], Tokenizer]:
    """The factory that a spaCy config names: `nlp = {"tokenizer": {"@tokenizers": "kg.Tokenizer.v1"}}`."""
    return create_tokenizer


def create_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer for a pipeline's vocabulary; whole addresses are told by the language's own `url_match`."""
    cases = {form: [{65: form}] for a in ABBREVIATIONS for form in {a, a.capitalize()}}
    return Tokenizer(
        nlp.vocab,
        rules=cases,
        prefix_search=compile_prefix_regex(PREFIXES).search,
        suffix_search=compile_suffix_regex(SUFFIXES).search,
        infix_finditer=compile_infix_regex(INFIXES).finditer,
        token_match=re.compile(rf"(?:{'|'.join(WHOLE)})$").match,
        url_match=nlp.Defaults.url_match,
    )
