"""Words for kinds of parties: what "the militants" or "a spokesman" is, on its face."""

from dateline.codes import ActorKind

_KIND_WORDS: tuple[tuple[ActorKind, str], ...] = (
    ("police", "police policeman policemen officer officers gendarmes gendarmerie constable patrolmen"),
    (
        "civilians",
        "civilian civilians people residents villagers women children families refugees man woman men boy girl boys "
        "girls child student students farmers protesters demonstrators worshippers inhabitants workers victims "
        "migrants",
    ),
    ("media", "newspaper television tv radio agency broadcaster channel magazine reporters journalists"),
    (
        "armed_group",
        "militants militant rebels rebel insurgents insurgent guerrillas guerrilla gunmen gunman fighters fighter "
        "terrorists terrorist extremists jihadists jihadist militia militias militiamen paramilitaries separatists "
        "cartel gang gangs mercenaries hezbollah hamas houthis houthi taliban isis isil daesh front brigade brigades",
    ),
    (
        "military",
        "army troops troop soldiers soldier military navy airforce marines forces force warplanes jets aircraft "
        "coalition guard guards battalion commander general division regiment",
    ),
    ("intergovernmental", "nato un u.n. eu nations union council league osce"),
    (
        "government",
        "government ministry minister cabinet regime administration authorities parliament embassy president officials "
        "official spokesman congress senate governor secretary",
    ),
    (
        "ngo",
        "watch amnesty observatory charity organisation organization committee centre center foundation cross crescent",
    ),
)
# The head or a word of a phrase → what kind of party it is; the first that fits is taken.
KINDS = tuple((kind, frozenset(words.split())) for kind, words in _KIND_WORDS)
# Those that kill people rather than speak of it.
ARMED_WORDS = frozenset(
    word for kind, words in KINDS if kind in ("armed_group", "military", "police") for word in words
)
