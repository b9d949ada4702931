"""Light stemmers for languages without a dictionary here: Belarusian (Ukrainian too) and English.

They take folded words (see morphology.fold) and need only be the same on both sides of a search.
"""

SHORTEST_STEM = 3

# Folded endings, so «ў» is «у» and «і» is «и»: «рэйсаў» comes as «рэйсау».
_ENDINGS = """
ами ями ам ям ах ях ау яу оу еу ом ем ой ей ою ею аю яю а я у ю ы и е э о ь
иями иям иях ияй ияу ии ию
ыями ыям ыях ыяй ыяу ыи ыю
ага яга ога ому аму яму ыми ими ым им ых их ая яя ое ае яе ую юю ыя ия ый ий ай
аць яць ець ыць иць уць юць ць ти чы
ала яла ела ыла ила али яли ели ыли или ало ыу иу
ацца яцца ецца ыцца ицца уцца юцца цца лася лися лося уся ся
асць асци асцю асцеи асцяу асцям асцями асцях
еи ея ею еем еяу еям еями еях
"""
# A stem's end that has a vowel in front of it in some forms alone.
_FLEETING = {"ак": "к", "ек": "к", "ец": "к"}
_UNCHANGED = frozenset(["метро", "кино", "палито", "дэпо", "бюро"])  # «метро» is no «метр»
_BELARUSIAN = tuple(sorted(_ENDINGS.split(), key=len, reverse=True))
_SIBILANT = ("sses", "shes", "ches", "xes", "zes")


def belarusian(word: str) -> str:
    """«рэйсы», «рэйсаў», «рэйсамі» → «рэйс»; «паліклініка», «паліклініцы» → «паликлиник»."""
    return word if word in _UNCHANGED else _levelled(_bare(word))


def _bare(word: str) -> str:
    for ending in _BELARUSIAN:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _levelled(stem: str) -> str:
    """One stem for all of a word's forms: «навуцы» as «навука», «прыпынак» as «прыпынка»."""
    if len(stem) > SHORTEST_STEM + 1 and stem[-2:] in _FLEETING:
        return stem[:-2] + _FLEETING[stem[-2:]]
    return stem[:-1] + "к" if stem.endswith("ц") and len(stem) > SHORTEST_STEM else stem


def english(word: str) -> str:
    """«flights» → «flight», «companies» → «company», «trading» and «trade» → «trad»."""
    if len(word) <= SHORTEST_STEM:
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST_STEM and any(c in "aeiouy" for c in stem):
            doubled = stem[-1] == stem[-2] and stem[-1] not in "lsz"
            return stem[:-1] if doubled else stem
    return word[:-1] if word.endswith("e") and len(word) > SHORTEST_STEM else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(_SIBILANT):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
