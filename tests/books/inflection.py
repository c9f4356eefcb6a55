"""The rules that inflect, join and spell the words of `lexicon`.

In: its lists. Out: `Noun`, `Adjective` and `Verb` with all their forms, by kind. Spelling: Leidraad
of the Woordenlijst (2015), chapters 2 (vowels), 3 (verbs), 4 (trema), 6 (hyphen).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from books.lexicon import ADJECTIVES, COMPOUNDS, NOUNS, VERBS

_SYLLABLE = re.compile("aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|ou|au|[aeiouyéèëïöü]")
_CLOSED = re.compile(
    r"(?:(aa|ee|oo|uu)|(ie|oe|eu|ui|ei|ij|ou|au)|(?<![aeiou])[aeiou])([bdfgklmnprstvz])$"
)
_LIGHT = re.compile(r"(?:and|ond|ild|gad|uist|eig|inn|erg)er$|[^aeiou]e[ln]$|ig$")
_PREFIX = re.compile(r"(?:be|ge|ver|ont|her)(?=.)")
_CLASH = re.compile("a[aeiu]|e[eiu]|i[eij]|o[eiou]|u[iu]")
_VOICED = str.maketrans("fs", "vz")
_VOICELESS = str.maketrans("vz", "fs")
_TREMA = {"e": "ë", "i": "ï", "u": "ü"}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun; "" where it has no plural or no diminutive."""

    word: str
    plural: str
    article: str
    diminutive: str = ""


@dataclass(frozen=True, slots=True)
class Adjective:
    """An adjective, bare and with its -e."""

    word: str
    inflected: str


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb; its forms stand without the particle."""

    infinitive: str
    first: str
    third: str
    past: str
    pasts: str
    participle: str
    being: bool = False  # its perfect takes zijn
    particle: str = ""
    preposition: str = ""


def syllables(word: str) -> int:
    """Return the number of syllables."""
    return len(_SYLLABLE.findall(word))


def _stressed(word: str) -> bool:
    """Tell whether the last syllable bears the stress: the only one, or one after a prefix."""
    prefix = _PREFIX.match(word)
    rest = word[prefix.end() :] if prefix else word
    return syllables(word) == 1 or syllables(rest) == 1


def extended(word: str, ending: str) -> str:
    """Put an ending that begins with e behind a word and respell the syllable it opens."""
    match = _CLOSED.search(word)
    if not match:
        return (word[:-1] + "v" if word.endswith(("lf", "rf")) else word) + ending
    long, diphthong, consonant = match.groups()
    if not long and not diphthong:
        double = _stressed(word) or word.endswith(("is", "schap"))
        return word + (consonant if double else "") + ending
    before = word[: match.start()]
    vowel = diphthong or ("ë" if before.endswith("i") and long == "ee" else long[0])
    return before + vowel + consonant.translate(_VOICED) + ending


def plural_of(word: str) -> str:
    """Return the plural of a noun by rule."""
    if word.endswith("heid"):
        return word[:-4] + "heden"
    if word.endswith("ij"):
        return word + "en"
    if re.search(r"(?:[^aeiou][aiouy]|io)$", word):
        return word + "'s"
    if word.endswith(("e", "é", "um")):
        return word + "s"
    if re.search(r"[^aeiou]e[lrmn]$", word) and syllables(word) > 1:
        return word + "s"
    if word.endswith("aar") and syllables(word) > 2:
        return word + "s"
    return extended(word, "en")


def diminutive_of(word: str) -> str:
    """Return the diminutive of a noun by rule."""
    if match := re.search(r"(?<![aeu])([aou])$", word):
        return f"{word}{match[1]}tje"
    if word.endswith("ing") and syllables(word) > 1:
        return word[:-1] + "kje"
    if word.endswith("ng"):
        return word + "etje"
    if word.endswith("é"):
        return word[:-1] + "eetje"
    if syllables(word) == 1 and re.search(r"(?<![aeiou])[aeiou][lmnrg]$", word):
        return extended(word, "etje")
    if word.endswith("m"):
        return word + "pje"
    return word + ("tje" if re.search(r"[lnrwaeio]$|ij$", word) else "je")


def inflected(adjective: str) -> str:
    """Return the form in -e, which those in -en (open, houten) do not have."""
    if re.search(r"[^aeiou]en$", adjective) and syllables(adjective) > 1:
        return adjective
    return extended(adjective, "e")


def compound(first: str, head: str) -> str:
    """Join two parts, with a hyphen where their vowels would be read as one (Leidraad 6)."""
    return f"{first}-{head}" if _CLASH.match(first[-1] + head[0]) else first + head


def _root(infinitive: str) -> str:
    root = infinitive[:-2]
    return root[:-1] if len(root) > 2 and root[-1] == root[-2] not in "aeo" else root


def _stem(infinitive: str) -> str:
    root = _root(infinitive)
    light = len(root) + 2 < len(infinitive) or (syllables(root) > 1 and _LIGHT.search(root))
    if not light:
        root = re.sub(r"(?<![aeiou])([aeou])([bdfgklmnprstvz])$", r"\1\1\2", root)
    return root[:-1] + root[-1].translate(_VOICELESS)


def _participle(infinitive: str, stem: str, past: str) -> str:
    prefix = _PREFIX.match(infinitive)
    bare = bool(prefix) and syllables(infinitive[prefix.end() :]) > 1 if prefix else False
    word = stem if bare else "ge" + _TREMA.get(stem[0], stem[0]) + stem[1:]
    return word if stem.endswith(("t", "d")) else word + past[-2]


def _pasts(past: str) -> str:
    if past.endswith("e"):
        return past + "n"
    if re.search(r"(?<![aeiou])a[bdfgklmnprstvz]$", past):  # gaf, gaven: the vowel becomes long
        return past[:-1] + past[-1].translate(_VOICED) + "en"
    return extended(past, "en")


def verb_of(entry: str, known: dict[str, Verb]) -> Verb:
    """Read a verb in the lexicon's notation; `known` has those that particles stand before."""
    entry, _, preposition = entry.partition(":")
    written, _, forms = entry.partition("=")
    being, written = written.endswith("+"), written.rstrip("+")
    particle, _, infinitive = written.rpartition(".")
    if infinitive in known:
        base = known[infinitive]
        being = being or (base.being and not particle)
        return replace(base, particle=particle, preposition=preposition, being=being)
    past, participle, stem = [*forms.split(","), "", ""][:3]
    stem = stem or _stem(infinitive)
    weak = "te" if _root(infinitive).endswith(("t", "k", "f", "s", "p", "ch")) else "de"
    past, _, pasts = (past or stem + weak).partition("/")
    third = stem if stem.endswith("t") else stem + ("at" if stem.endswith("a") else "t")
    participle = participle or _participle(infinitive, stem, past)
    pasts = pasts or _pasts(past)
    return Verb(infinitive, stem, third, past, pasts, participle, being, "", preposition)


def _verbs() -> dict[str, tuple[Verb, ...]]:
    known: dict[str, Verb] = {}
    entries = [entry for words in VERBS.values() for entry in words.split()]
    # Entries that give forms go first, so that bare mentions elsewhere find them.
    for entry in sorted(entries, key=lambda entry: "=" not in entry):
        name = re.split(r"[+=:]", entry)[0]
        if "." not in name and name not in known:
            known[name] = replace(verb_of(entry, known), preposition="")
    return {
        kind: tuple(verb_of(entry, known) for entry in words.split())
        for kind, words in VERBS.items()
    }


def _nouns() -> dict[str, tuple[Noun, ...]]:
    return {
        kind: tuple(
            _noun(entry, article, kind) for entry, article in _mixed(de.split(), het.split())
        )
        for kind, (de, het) in NOUNS.items()
    }


def _mixed(de: list[str], het: list[str]) -> list[tuple[str, str]]:
    """Put two ranked lists together, each word at its relative rank."""
    ranked = [(place / len(de), word, "de") for place, word in enumerate(de)]
    ranked += [(place / len(het), word, "het") for place, word in enumerate(het)]
    return [(word, article) for _, word, article in sorted(ranked)]


def _noun(entry: str, article: str, kind: str) -> Noun:
    word, _, plural = entry.partition("/")
    small = kind in ("thing", "place") and not plural and syllables(word) < 3
    if plural == "-" or kind == "mass":
        return Noun(word, "", article)
    return Noun(word, plural or plural_of(word), article, diminutive_of(word) if small else "")


def _compounds() -> dict[str, tuple[Noun, ...]]:
    kinds = {noun.word: (kind, noun) for kind, nouns in NOUN.items() for noun in nouns}
    made: dict[str, list[Noun]] = {kind: [] for kind in NOUN}
    for firsts, heads in COMPOUNDS:
        for head in heads.split():
            kind, noun = kinds[head]
            for first in (first for first in firsts.split() if first[:4] != head[:4]):
                plural = compound(first, noun.plural) if noun.plural else ""
                made[kind].append(Noun(compound(first, noun.word), plural, noun.article))
    return {kind: tuple(nouns) for kind, nouns in made.items() if nouns}


def _adjectives() -> dict[str, tuple[Adjective, ...]]:
    return {
        kind: tuple(
            Adjective(word, form or inflected(word))
            for word, _, form in (entry.partition("/") for entry in words.split())
        )
        for kind, words in ADJECTIVES.items()
    }


NOUN = _nouns()
COMPOUND = _compounds()
ADJECTIVE = _adjectives()
VERB = _verbs()
