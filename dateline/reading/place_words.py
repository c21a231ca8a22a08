"""Word lists of the place stage: what stands before, after and inside the names of places in news."""

# Right before a name they say that it is a place ("in Raqqa"); the weaker ones also stand before other names.
LOCATIVE = frozenset("in near at outside around into towards toward inside across throughout".split())
WEAK_LOCATIVE = frozenset(
    "from to of through via over between on leaving reach reached entered captured seized taken retaken "
    "recaptured retook liberated bombed shelled besieged".split()
)

# Inside a name of several words, in lower case ("Republic of the Congo", "Deir ez Zor", "San Juan de los Morros").
INNER = frozenset(
    "of the and de del la las los el al e du da do ez es as ash ad ar az an at bin abu on sur am y 's ’s".split()
)
# Last word of a name, in lower case too ("Yarmouk camp", "Mosul dam", "Kerch strait").
TAIL = frozenset(
    "camp dam river strait region province mountains mountain desert valley peninsula plain plains basin crossing "
    "corridor base airbase refinery reservoir oblast state department governorate plant prison airport county parish "
    "district raion".split()
)
ARTICLES = ("al-", "el-", "ad-", "ar-", "as-", "ash-", "at-", "an-", "az-", "ez-", "ul-", "al‑")

# "Idlib province": the kind of division is part of the name; "Qamishli city": it is not.
DIVISION_NOUNS = frozenset(
    "province provinces region regions governorate governorates oblast oblasts department departments state "
    "states district districts prefecture county parish republic territory voivodeship municipality canton "
    "raion".split()
)
# Divisions of the second level; in some countries (Kenya, Romania) they are said of the first.
COUNTY_NOUNS = frozenset(
    "county counties parish district districts municipality raion subdistrict tehsil taluka".split()
)
SETTLEMENT_NOUNS = frozenset(
    "city town village township neighbourhood neighborhood suburb suburbs area enclave countryside hamlet "
    "settlement district quarter municipality".split()
)
# A name of a place right before one of these is still the place: "Donetsk airport", "Baghdad embassy".
FACILITIES = frozenset(
    "airport airfield airbase base airstrip refinery dam bridge hospital prison jail camp university port harbour "
    "harbor stadium station mosque church cathedral school market square street road highway avenue hotel embassy "
    "consulate barracks checkpoint crossing garrison museum palace headquarters oilfield field mine plant zoo "
    "cemetery dockyard monastery park junction roundabout gate tunnel canal".split()
)
FACILITY_FIRST = frozenset(
    "air military international refugee central national oil power nuclear border main naval army police train "
    "railway bus gas displacement general old".split()
)

# Right before a name they say that it is a person's.
TITLES = frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. sir lord lady prof. professor president minister secretary senator sen. "
    "sen rep. rep governor gov. gov general gen. gen lt. lt colonel col. col major maj. maj captain capt. capt "
    "sergeant sgt. sgt admiral adm. judge justice king queen prince princess sheikh sheik ayatollah imam mullah "
    "pope bishop archbishop father brother sister ambassador chancellor mayor congressman congresswoman "
    "representative commander brigadier marshal private detective officer attorney chairman spokesman spokeswoman "
    "spokesperson".split()
)
GIVEN_NAMES = frozenset(
    "abdul abdullah abu adam ahmad ahmed alan albert alex alexander alfredo ali alice amir amy ana andrea andrei "
    "andrew andy angela ann anna anne anthony antonio arthur bashar barack barbara ben benjamin bernard bill bob "
    "boris brian bruce carl carlos carol carolyn charles charlie chris christian christina christine christopher "
    "clarence claire craig cristina daniel dave david deborah denis dennis diana dick dmitry don donald douglas "
    "dmitri ed eduardo edward elena elizabeth ellen emily emma eric ernesto eva evan fernando francis francisco "
    "frank fred gary george gerald gloria gordon greg gregory hamid harold harry hassan heather helen henry "
    "hillary hugo hussein ian ibrahim igor ivan jack jacob jacques jaime james jamal jane janet jason jay jean "
    "jeff jeffrey jennifer jerry jessica jesus jim jimmy joan joe john johnny jon jonathan jorge jose joseph "
    "joshua juan judith julia julie julio justin karen karl katherine keith kelly ken kenneth kevin khaled khalid "
    "kim larry laura lee leon leonard leonid linda lisa lois louis luis maria marie mark marco marcos margaret "
    "mario martha martin mary matt matthew maurice max megan michael michel michelle miguel mike mikhail mitch "
    "mohamed mohammad mohammed moshe muhammad mustafa nancy natalia nathan nicholas nick nicolas nicole nikolai "
    "nuri oleg oleksandr olga oliver omar oscar pablo pamela patricia patrick paul pedro peter phil philip pierre "
    "rachel rafael ralph ramon raul ray rebecca ricardo richard rick rob robert roberto rodrigo roger ron ronald "
    "rosa roy russell ruth ryan sally sam samuel sandra sara sarah scott sean sergei sergey sharon shirley simon "
    "sophie stanley stephen steve steven stuart susan tayyip ted teresa terry theresa thomas tim timothy tina tom "
    "tony vasily victor viktor vladimir volodymyr walter warren wayne wendy william xi yasser yuri yusuf".split()
)  # fmt: skip

# "Washington Post", "Kyiv Independent": the whole is a paper or a station.
MEDIA = frozenset(
    "post times herald journal tribune gazette telegraph chronicle observer globe news today daily mail standard "
    "monitor press radio tv television magazine review star sun independent mirror inquirer examiner dispatch "
    "weekly".split()
)
# "… Armed Forces of Colombia", "Islamic State in Iraq": the place is part of a group's name.
GROUP_NOUNS = frozenset(
    "state front party army forces movement brigade brigades union liberation emirate qaeda qaida al-qaeda "
    "al-qaida caliphate council coalition league".split()
)
# "Department of Health": what follows is what they are for.
OFFICES = frozenset(
    "department ministry office board bureau institute agency secretary minister court house college order".split()
)
CALENDAR = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri "
    "sat sun christmas easter ramadan eid".split()
)
# After the name of a capital they make it the government: "Washington said", "Moscow's support".
GOVERNMENT_VERBS = frozenset(
    "said says say accused accuses denied denies announced announces warned warns condemned condemns urged urges "
    "imposed imposes signed agreed agrees recognised recognized launched started starts began begins sent sends "
    "supports supported backs backed wants wanted hopes insists insisted rejects rejected called calls claims "
    "claimed considers considered sees fears feared expelled suspended cut severed provided provides supplied "
    "supplies pledged promised vowed offered refused refuses demanded demands maintains argues believes seeks "
    "sought blames blamed ordered declared declares deployed withdrew welcomed threatened threatens told invaded "
    "annexed insist regards regarded viewed views opposes opposed approved".split()
)  # fmt: skip
GOVERNMENT_NOUNS = frozenset(
    "ally allies policy policies support ambassador decision government forces troops stance position view "
    "demands role intervention efforts interests influence relations ties response message claims denials backing "
    "invasion war aggression".split()
)
AUXILIARIES = frozenset(
    "has have had is was will would could may might also later now then still did does not never has".split()
)
NO_PLACE_WORDS = frozenset(
    "parliament congress english arabic french islam islamic christian muslim god army police government court "
    "supreme state senate house council ministry united nations un eu nato isis isil daesh al-qaeda qaeda hamas "
    "hezbollah taliban facebook twitter telegram youtube whatsapp reuters ap afp bbc cnn i monday the a".split()
)
# They open sentences, and names in capitals never end with them.
OPENING = frozenset(
    "the but and when while as although though if after before since because however meanwhile both also once".split()
)
# They open longer names in Arabic, Spanish and English; right before another capital they are no place by themselves.
HEADS = frozenset(
    "tal tell tel tall kafr kafar kfar deir dayr bani beni wadi jabal jebel ain ayn umm oum um beit bayt nahr abu "
    "khan qalat ras san santa santo fort port mount lake cape camp bir bab bur hajji haji mir shah khwaja sar chah "
    "qala".split()
)
# After a place's name they make it a disease's: "Lassa fever", "Marburg virus".
DISEASES = frozenset("virus viruses fever disease flu ebolavirus encephalitis variant strain syndrome".split())
# "the outskirts of X", "six kilometres from X", "X's coast": another place is told by way of it.
TOLD_BY = frozenset(
    "outskirts suburb suburbs part parts side half edge coast coasts bank banks shore shores border borders frontier "
    "countryside km kilometres kilometers miles mile area areas neighbourhood neighbourhoods district districts".split()
)
SAYING = frozenset("said says told added asked wrote replied argued recalled".split())
# Short forms of states and provinces as news writes them, with the full stop that belongs to them.
DOTTED = frozenset(
    "Ala. Ariz. Ark. Calif. Colo. Conn. Del. Fla. Ga. Ill. Ind. Kan. Kans. Ky. La. Md. Mass. Mich. Minn. Miss. Mo. "
    "Mont. Neb. Nev. N.H. N.J. N.M. N.Y. N.C. N.D. Okla. Ore. Pa. Penn. R.I. S.C. S.D. Tenn. Tex. Vt. Va. Wash. "
    "W.Va. Wis. Wyo. D.C. U.S. U.K. B.C. Alta. Sask. Man. Ont. Que. N.B. N.S. P.E.I. Nfld. N.L. N.W.T. Vic. Tas. "
    "Qld.".split()
)
COMPASS = frozenset(
    "north south east west northern southern eastern western northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern central".split()
)
