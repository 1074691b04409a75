"""The fields that people work in, by the words for what they are: a striker is in sport."""

from __future__ import annotations

_WORDS = {
    "politics": "senator sen congressman congresswoman congressperson representative rep lawmaker "
    "legislator mp mep msp parliamentarian assemblyman assemblywoman governor gov mayor minister "
    "premier chancellor councillor councilor councilman councilwoman alderman politician envoy "
    "ambassador diplomat statesman stateswoman peer",
    "law": "lawyer attorney barrister solicitor prosecutor judge justice magistrate counsel jurist "
    "notary paralegal",
    "police": "police sheriff detective constable inspector policeman policewoman trooper "
    "investigator criminologist",
    "military": "soldier colonel col lieutenant sergeant sgt admiral adm brigadier corporal airman",
    "sport": "striker goalkeeper defender midfielder winger footballer cricketer batsman bowler "
    "coach player referee umpire golfer boxer wrestler athlete sprinter runner quarterback "
    "linebacker pitcher cyclist jockey rower swimmer gymnast skater skier skipper goaltender",
    "arts": "actor actress singer musician artist painter sculptor novelist poet playwright "
    "filmmaker composer dancer choreographer comedian rapper drummer guitarist pianist "
    "violinist photographer curator designer potter illustrator songwriter",
    "media": "journalist reporter editor columnist anchor correspondent broadcaster "
    "presenter podcaster blogger newsreader",
    "science": "scientist professor researcher physicist biologist chemist epidemiologist "
    "psychologist sociologist geologist meteorologist forecaster astronomer climatologist "
    "ecologist economist historian archaeologist anthropologist mathematician statistician "
    "virologist immunologist oceanographer geographer seismologist scholar lecturer academic "
    "engineer librarian archivist",
    "education": "teacher professor lecturer dean provost headteacher headmaster headmistress "
    "student pupil tutor",
    "medicine": "doctor physician surgeon nurse paramedic midwife pharmacist dentist "
    "psychiatrist psychologist epidemiologist virologist immunologist cardiologist oncologist "
    "paediatrician pediatrician neurologist veterinarian vet",
    "business": "ceo cfo coo businessman businesswoman entrepreneur billionaire millionaire mogul "
    "magnate investor banker broker trader financier economist accountant shopkeeper retailer",
    "religion": "pastor priest bishop archbishop imam rabbi pope vicar monk nun reverend rev "
    "chaplain deacon",
    "trade": "farmer fisherman baker butcher chef mechanic plumber electrician carpenter driver "
    "pilot builder miner firefighter trucker barber bartender waiter waitress shopkeeper engineer "
    "architect gardener blacksmith welder joiner",
    "private life": "resident voter neighbor neighbour eyewitness witness survivor victim "
    "passenger bystander tourist patient tenant homeowner villager shopper",
}
_HINTS = {
    "politics": "republican democrat conservative candidate nominee delegate strategist "
    "frontrunner front-runner commentator secretary",
    "media": "host commentator analyst contributor author writer",
    "arts": "host author writer",
    "science": "dr expert analyst author specialist",
    "medicine": "dr expert specialist",
    "education": "dr",
    "business": "executive founder co-founder owner partner",
}


def _by_word(words_of_fields: dict[str, str]) -> dict[str, frozenset[str]]:
    return {
        word: frozenset(field for field, words in words_of_fields.items() if word in words.split())
        for joined in words_of_fields.values()
        for word in joined.split()
    }


FIELDS_OF_WORK = _by_word(_WORDS)
"""The fields of each word in lower case. A word such as "director" has none: it is of any."""
HINTS = _by_word(_HINTS)
"""Fields that a word makes likely; whoever it describes may be of another one as well."""
POLITICAL = frozenset(
    "house senate congress committee subcommittee caucus parliament commons cabinet government "
    "minority majority minister secretary presidential democratic republican gop vice".split()
)
"""Words beside a role of any field that make politics likely: "House leader"."""

ANY_FIELD = frozenset(
    "president director head chief leader boss manager member chairman chairwoman chairperson "
    "chair officer official executive owner founder co-founder partner spokesman spokeswoman "
    "spokesperson secretary expert specialist adviser advisor aide analyst consultant fellow "
    "coordinator organizer organiser activist campaigner advocate strategist commissioner "
    "superintendent captain commander general trainer developer supporter operative principal "
    "treasurer negotiator producer technician keeper rival worker star".split()
)
"""Words for what people may be in any field."""

SAY_NOTHING = frozenset(
    "former ex then new now current acting interim incoming outgoing longtime long-time late "
    "senior junior deputy vice assistant associate first second top lead prominent embattled "
    "veteran fellow local year-old old young his her its their our my mr mrs ms miss sir dame "
    "lord lady father mother son daughter brother sister husband wife widow friend uncle "
    "aunt one".split()
)
"""Words of a description that do not tell who it is."""
