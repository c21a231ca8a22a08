"""Endings off: "attacks", "attacked" and "attacking" meet. Rougher than a lemma, and enough for a feature."""

from functools import lru_cache

_IRREGULAR = {
    "fled": "flee", "fleeing": "flee", "flees": "flee", "shot": "shoot", "shooting": "shoot", "shoots": "shoot",
    "fought": "fight", "struck": "strike", "striking": "strike", "sent": "send", "took": "take", "taken": "take",
    "met": "meet", "meeting": "meet", "held": "hold", "said": "say", "told": "tell", "dead": "die", "died": "die",
    "dies": "die", "dying": "die", "death": "die", "deaths": "die", "lost": "lose", "losing": "lose", "loss": "lose",
    "losses": "lose", "blew": "blow", "blown": "blow", "broke": "break", "broken": "break", "left": "leave",
    "leaving": "leave", "burnt": "burn", "hurt": "hurt", "fell": "fall", "fallen": "fall", "drove": "drive",
    "driven": "drive", "withdrew": "withdraw", "withdrawn": "withdraw", "withdrawal": "withdraw", "overran": "overrun",
    "led": "lead", "gave": "give", "given": "give", "brought": "bring", "sought": "seek", "came": "come", "went": "go",
    "gone": "go", "began": "begin", "begun": "begin", "built": "build", "caught": "catch", "ate": "eat", "men": "man",
    "women": "woman", "children": "child", "people": "person", "families": "family", "was": "be", "were": "be",
    "is": "be", "are": "be", "been": "be", "has": "have", "had": "have", "did": "do", "does": "do", "done": "do",
    "made": "make", "laid": "lay", "besieged": "siege", "besieging": "siege", "besiege": "siege", "bodies": "body",
    "armies": "army", "air strike": "airstrike", "ceased": "cease", "dug": "dig", "rose": "rise", "shelling": "shell",
    "stolen": "steal",
}  # fmt: skip


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A rough stem of a word, in lower case."""
    word = word.lower().replace("’", "'")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending in ("ations", "ation", "ings", "ing", "ments", "ment", "ers", "ies", "ied", "ed", "es", "er", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            base = word[: -len(ending)]
            if ending in ("ies", "ied"):
                return base + "y"
            if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "ls":
                base = base[:-1]
            return base
    return word
