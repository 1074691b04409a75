"""Words for what people are: titles before a name, roles, and words that tell "he" from "she"."""

from __future__ import annotations

TITLES = frozenset(
    "mr mrs ms miss mx sir dame lord lady dr prof professor sen senator rep representative gov "
    "governor gen general lt col colonel maj major capt captain sgt sergeant adm admiral rev "
    "reverend father sister brother bishop archbishop cardinal pope imam rabbi sheikh king queen "
    "prince princess emperor president vice-president premier chancellor minister secretary "
    "ambassador mayor judge justice chief executive chairman chairwoman chairperson chair ceo cfo "
    "coo congressman congresswoman councilman councilwoman speaker officer commissioner director "
    "finance defense defence treasury commerce interior deputy "
    "assistant vice former ex attorney state prime spokesman spokeswoman spokesperson "
    "coach detective inspector superintendent constable sheriff republican democrat democratic "
    "conservative labour independent hon".split()
)
"""Words before a name that are no part of it, in lower case without a full stop."""

ROLES = frozenset(
    "spokesman spokeswoman spokesperson minister secretary president director chief head leader "
    "senator governor mayor congressman congresswoman representative lawmaker chairman chairwoman "
    "chairperson chair executive ceo officer official commissioner ambassador envoy diplomat "
    "general colonel commander captain sergeant admiral sheriff prosecutor attorney lawyer judge "
    "justice professor teacher researcher scientist scholar historian economist analyst strategist "
    "consultant adviser advisor aide pollster expert fellow author writer journalist reporter "
    "editor columnist host anchor correspondent commentator producer actor actress singer musician "
    "artist coach player manager trainer driver activist organizer advocate campaigner founder "
    "co-founder owner partner investor broker developer engineer architect designer doctor "
    "physician surgeon nurse patient student resident voter supporter delegate nominee candidate "
    "rival frontrunner front-runner billionaire businessman businesswoman mogul magnate pastor "
    "priest bishop archbishop imam rabbi pope king queen prince princess chancellor premier member "
    "neighbor neighbour farmer fisherman worker driver pilot survivor victim veteran soldier "
    "father mother son daughter brother sister husband wife widow friend uncle aunt physicist "
    "biologist chemist epidemiologist psychologist sociologist geologist meteorologist forecaster "
    "astronomer climatologist ecologist curator librarian archivist dean provost superintendent "
    "principal inspector detective constable treasurer counsel deputy operative organiser "
    "councillor councilman councilwoman negotiator coordinator specialist technician "
    "mechanic baker chef cook butcher shopkeeper trader banker accountant "
    "spokespeople boss keeper skipper striker goalkeeper referee".split()
)
"""What somebody may be, as the last word of a description before a name or of "the minister"."""

MALE = frozenset(
    "mr sir lord king prince pope father brother son husband uncle spokesman chairman congressman "
    "councilman businessman actor fisherman bishop archbishop cardinal imam "
    "james john robert michael william david richard joseph thomas charles christopher daniel "
    "matthew anthony mark donald steven steve paul andrew joshua kenneth kevin brian george "
    "timothy "
    "tim ronald edward jason jeffrey jeff ryan jacob gary nicholas nick eric jonathan "
    "stephen larry "
    "justin scott brandon benjamin ben samuel sam gregory greg alexander frank patrick raymond "
    "jack dennis jerry tyler aaron jose adam nathan henry peter zachary douglas doug harold bernie "
    "barack joe bill bob jim tom mike ted marco rand mitt jeb chris dan jorge carlos juan luis "
    "pedro antonio francisco ahmed mohammed muhammad mohamed ali hassan omar ibrahim khalid imran "
    "vladimir dmitry sergei sergey ivan boris emmanuel francois françois jean pierre hans klaus "
    "wolfgang giuseppe mario luca narendra rahul amit raj xi recep tayyip benjamin binyamin "
    "volodymyr lars erik sven bjorn fred alan ian graham keir rishi nigel simon martin colin "
    "stuart malcolm gordon neil roger phil philip ralph roy ray walter arthur albert carl ernest "
    "howard leonard vincent victor oscar hugo felix max leo lewis luke owen dylan ethan noah liam "
    "logan mason".split()
)
FEMALE = frozenset(
    "mrs ms miss dame lady queen princess mother sister daughter wife widow aunt spokeswoman "
    "chairwoman congresswoman councilwoman businesswoman actress "
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty "
    "margaret sandra ashley kimberly kim emily donna michelle carol amanda dorothy melissa deborah "
    "stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma "
    "nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather "
    "diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith "
    "megan andrea cheryl hannah jacqueline martha gloria teresa ann anne sara madison frances "
    "kathryn janice jean alice abigail julia judy sophia grace denise amber doris marilyn danielle "
    "beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori hillary "
    "ivanka melania kamala elena sofia fatima aisha malala benazir sheikh hasina ursula giorgia "
    "sanna jacinda theresa nicola priya indira sonia ingrid astrid greta kirsten mette marine "
    "claire camille lucia carmen rosa ana beatriz olga svetlana natasha irina yulia lucy chloe "
    "ellen kate katie jane jill sally rose eva vera nina tina gina cecile wendy carly".split()
)
"""Words and first names by which "she" is told from "he"; the other names are left open."""
