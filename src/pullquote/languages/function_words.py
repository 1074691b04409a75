"""The most frequent words of languages that are written in Latin or Cyrillic letters.

They tell which language a text is in. Capitalised after an abbreviation, they begin a sentence.
"""

from __future__ import annotations

_LATIN = {
    "en": "the of and to in is that for it was on with as he be at by this had not are but from or "
    "have an they which you were her she his their there been has when who will more would what "
    "its said about after into than we i our these those also if so all one two",
    "de": "der die das und ist nicht ein eine einen einem einer mit auf für von dem den des sich "
    "auch wird werden wurde hat haben es er sie ich wir im am zum zur aus bei nach über sind war "
    "als aber oder noch nur wie so dass daß dies diese dieser dieses doch dann da hier man kein "
    "keine vor seit unter durch gegen ohne wenn weil sein seine ihr ihre damit dabei danach dazu "
    "trotzdem deshalb jedoch heute gestern morgen viele alle zwei in an beim vom bis nun zudem",
    "fr": "le la les de des du et est un une dans pour que qui sur pas par avec ne se ce cette ces "
    "il elle ils elles nous vous je on au aux sont été être a ont plus mais ou où leur leurs son "
    "sa ses comme tout tous après avant selon depuis entre sans sous très aussi ainsi donc car "
    "lors puis cela c'est en dont même y était avait fait encore alors deux",
    "es": "el la los las de del y es un una en que por con para se no su sus al lo como más pero "
    "fue ha han este esta estos estas ese esa hay son está están era sobre entre sin también "
    "después antes cuando muy ya todo todos según desde hasta porque donde ella él ellos nos le "
    "les o si yo nosotros así aunque mientras tras dos había ser sido hoy ayer",
    "it": "il lo la i gli le di del della dei delle degli dello e è un una uno in nel nella nei "
    "nelle che per con non si da dal dalla su sul sulla al alla ai alle come più ma ha hanno "
    "sono era anche questo questa questi queste quando dopo prima tra fra suo sua suoi loro ci "
    "essere stato stata molto tutti tutto poi così quindi secondo ogni senza se io lui lei noi "
    "ed due o dove oggi ieri",
    "pt": "o a os as de do da dos das e é um uma em no na nos nas que por com para se não ao à "
    "pelo pela seu sua seus suas como mais mas foi são ser está estão era este esta esse essa "
    "isso ele ela eles elas eu nós também já muito depois antes quando sobre entre sem até "
    "segundo desde porque onde há tem ou num numa ainda foram dois duas hoje ontem",
    "nl": "de het een en van is in op te dat niet met voor zijn aan er om ook als dan bij naar "
    "uit door over maar nog wel werd worden wordt heeft hebben hij zij ze we wij ik je deze dit "
    "die was waren kan kunnen zal zou hun haar geen meer tot na tegen onder sinds volgens toen "
    "daarna daarom echter want of omdat veel alle twee hier daar men vandaag gisteren",
    "sv": "och att det som en ett är på av för med den till har inte om de i vi han hon jag du "
    "var från kan så men ska skulle eller när efter också under mot vid sin sitt sina denna "
    "detta dessa sig vara hade blev blir mycket många två bara nu då där här alla än ut upp över "
    "enligt sedan utan man dem inga ingen något idag",
    "da": "og at det som en et er på af for med den til har ikke om de i vi han hun jeg du var fra "
    "kan så men skal skulle eller når efter også under mod ved sin sit sine denne dette disse "
    "havde blev bliver sig være meget mange to kun nu da der her alle end ud op over ifølge siden "
    "uden man dem ingen noget hvad hvor nogle",
    "no": "og at det som en et er på av for med den til har ikke om de i vi han hun jeg du var fra "
    "kan så men skal skulle eller når etter også under mot ved sin sitt sine denne dette disse "
    "hadde ble blir seg være mye mange to bare nå da der her alle enn ut opp over ifølge siden "
    "uten man dem ingen noe hva hvor noen å",
    "fi": "ja on ei se että hän oli ovat olla mutta kun myös joka jotka mitä tämä tässä sen sitä "
    "niin kuin vain jo nyt ne he me minä sinä mukaan jälkeen ennen koska jos tai sekä ole ollut "
    "olivat hänen heidän tämän tätä vielä kanssa noin sitten voi kaikki",
    "pl": "i w na z się nie że do to jest o jak po co ale od za przez przy dla był była było są "
    "być ma jego jej ich ten ta te tego tej tym który która które już tylko czy oraz także więc "
    "gdy ponieważ bardzo pod przed nad ze on ona oni my ja po jednak wtedy dziś wczoraj został "
    "może dwa tak według",
    "cs": "a se v na je že to s z do o i k za po pro ale jak by od jsou byl byla bylo být jeho "
    "její jejich ten ta který která které už jen nebo také podle však když protože před při "
    "mezi ve ze on ona my já jsem není tak může dva dnes včera až bude jako",
    "sk": "a sa v na je že to s z do o i k za po pre ale ako by od sú bol bola bolo byť jeho jej "
    "ich ten tá ktorý ktorá ktoré už len alebo tiež podľa však keď pretože pred pri medzi vo zo "
    "on ona my ja som nie tak môže dva dnes včera až bude",
    "hu": "a az és hogy nem is egy van volt de ez meg már csak mint vagy még el ki fel be le "
    "azt ezt ő ők mi én te amely ami aki akik szerint után előtt között mert ha lesz lehet "
    "voltak minden két nagyon majd így itt ott most ennek annak",
    "ro": "și şi a în la de cu nu că este o un pe din care pentru au fost mai sunt se ce dar sau "
    "al ale lui ei lor această acest aceste după înainte între fără până când unde foarte toate "
    "tot ar era el ea noi eu într prin despre potrivit doi două astăzi ieri",
    "tr": "ve bir bu da de için ile çok daha olarak olan gibi kadar en ne ama var yok sonra önce "
    "göre her o ben sen biz siz onlar değil ise ya mi mı oldu olduğu dedi etti iki bugün dün "
    "ancak çünkü şu şimdi hem ki diye tarafından üzerine yeni",
    "hr": "i u je se na da za od s iz su ne što koji koja koje to kao ali bi o do po ili nije bio "
    "bila bilo biti samo već još nakon prije između sve on ona oni mi ja kako kada jer te ovaj "
    "ova prema dva danas jučer",
    "sl": "in je v na se da za so ne z s pa bi kot ki po od tudi o ali bo bil bila bilo biti že "
    "še samo pred med iz to ta te vse on ona mi jaz kako ko ker ni sta",
    "lt": "ir yra kad į su iš bet kaip apie tai buvo po už dėl nuo iki jis ji jie mes aš taip pat "
    "ne tik šis ši kuris kuri kurie bus prie",
    "lv": "un ir ka uz no ar par bet kā tas tā bija pēc pie lai līdz viņš viņa viņi mēs es arī "
    "nav tikai šis šī kas kurš",
    "et": "ja on ei et see oli aga kui ka mis kes ning seda selle tema nad me ma pärast enne "
    "oma siis nii veel välja olid",
    "id": "yang dan di dari untuk pada dengan ini itu dalam tidak akan adalah oleh ke juga telah "
    "sudah mereka dia kami saya atau karena bisa ada lebih menjadi tersebut kepada",
    "vi": "và của là có không được cho trong một các những với này đã người khi từ đến cũng như "
    "về tại ông bà theo sau nhưng",
    "ca": "el la els les de del dels i és un una en que per amb no es al als com més però va ha "
    "han aquest aquesta aquests aquestes són també després abans quan sobre entre sense fins "
    "perquè on molt tot tots seva seu seus hi ho jo ell ella nosaltres",
}
_CYRILLIC = {
    "ru": "и в не на что с он как это по но из у за от о для его её к же было был была были бы "
    "так до если или когда только ещё уже они она мы я вы при после также который которая "
    "которые все всё ли может есть нет об во со чтобы где под над без перед однако потом затем "
    "сегодня вчера два этот эта эти тогда",
    "uk": "і в у не на що з він як це по але із за від о для його її до ж було був була були би "
    "так якщо або коли тільки ще вже вони вона ми я ви при після також який яка які все всі чи "
    "може є немає про та щоб де під над без перед однак потім сьогодні вчора два цей ця ці тоді "
    "й зі",
    "bg": "и в не на че с той как това по но от у за о до ще е са се ли да беше били бил която "
    "който които или когато само вече те тя ние аз при след също всички може има няма със във "
    "към преди",
    "sr": "и у је се на да за од с из су не што који која које то као али би о до по или није био "
    "била било бити само већ још након пре између све он она они ми ја како када јер",
    "be": "і ў у не на што з ён як гэта па але за ад для яго яе да ж было быў была былі калі або "
    "толькі яшчэ ўжо яны яна мы я вы пры пасля таксама які якая якія усе ці можа ёсць няма",
}

FUNCTION_WORDS = {
    language: frozenset(words.split()) for language, words in (_LATIN | _CYRILLIC).items()
}
"""Words in lower case, by the ISO 639-1 code of their language."""
