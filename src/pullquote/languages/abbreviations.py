"""Abbreviations of written languages, and how each writes ordinals.

Abbreviations are in lower case and without their last full stop. Those of one letter and those
with full stops between single letters (`z.B`, `т.е`) need not be listed.
"""

from __future__ import annotations

BEFORE_NAME = {
    language: frozenset(words.split())
    for language, words in {
        "de": "dr prof hr fr frl dipl ing dipl.-ing mag hl st med jur phil rer nat habil fa geb "
        "verh gest kath ev",
        "fr": "m mm mme mlle mgr me dr pr st ste vve bd av.",
        "es": "sr sra sres sras srta dr dra dres prof profa d dª don lic ing gral cnel cap sto "
        "sta fr mons excmo excma ud uds vd vds av avda",
        "it": "sig sigg sig.ra sig.na dott dott.ssa prof prof.ssa avv ing arch on sen geom rag "
        "mons don s ss gen col cap ten",
        "pt": "sr sra srs sras srta dr dra drs dras prof profa eng enga arq d exmo exma gen cel "
        "cap av",
        "nl": "dhr mevr mw dr drs ir ing prof mr jhr st ds pater",
        "sv": "dr prof hr fr st",
        "da": "dr prof hr fr frk st adv",
        "no": "dr prof hr fr st adv",
        "fi": "tri prof maist dipl.ins",
        "pl": "dr prof hab mgr inż inz lek św sw ks bp abp kard gen płk mjr kpt por sierż im ul al "
        "pl os śp",
        "cs": "dr prof doc ing mgr bc mudr judr phdr rndr sv p pí gen plk mjr kpt ul",
        "sk": "dr prof doc ing mgr bc mudr judr phdr sv p gen plk mjr kpt ul",
        "hu": "dr prof ifj id özv szt",
        "ro": "dl dna d-l d-na dr prof ing av sf str bd gen col",
        "tr": "dr prof doç yrd av sn alb org gen müh mim öğr gör uzm hz",
        "hr": "dr prof mr ing dipl gosp gđa sv ul",
        "sl": "dr prof mag ing g ga sv ul",
        "ru": "г-н г-жа гр тов проф акад доц ген им ул пр просп пер пл св о-в д-р инж канд",
        "uk": "п гр тов проф акад доц ген ім вул просп пров пл св д-р інж канд",
        "bg": "г-н г-жа проф акад доц инж ул бул св д-р",
        "sr": "др проф мр инж г ул св",
        "fa": "دکتر مهندس",
        "hi": "डॉ प्रो श्री श्रीमती पं मो कु रु स्व",
        "mr": "डॉ प्रा श्री श्रीमती पं",
        "el": "κ κα κος δρ καθ αγ οδ λεωφ",
        "ca": "sr sra dr dra prof",
    }.items()
}
"""Abbreviations before a name. They never end a sentence."""

BEFORE_NUMBER = {
    language: frozenset(words.split())
    for language, words in {
        "de": "nr nrn s art abs bd kap abb str tel bzw ca jan jän feb mrz apr jun jul aug sept okt "
        "nov dez ziff abt fol anm § seit",
        "fr": "n no nº n° art p pp vol chap t tél janv févr avr juil sept oct nov déc env fig",
        "es": "n núm nº n.º art pág págs p pp vol cap tel ene feb mar abr may jun jul ago sept oct "
        "nov dic aprox fig",
        "it": "n nr art pag pagg p pp vol cap tel gen feb mar apr mag giu lug ago set ott nov dic "
        "ca fig",
        "pt": "n nº n.º art pág págs p pp vol cap tel jan fev mar abr mai jun jul ago set out nov "
        "dez fig",
        "nl": "nr nrs art blz p pp hfdst tel jan feb mrt apr jun jul aug sept okt nov dec ca fig "
        "lid",
        "sv": "nr s kap tel jan feb mars apr aug sept okt nov dec ca fig st",
        "da": "nr s kap stk tlf jan feb mar apr aug sept okt nov dec ca fig pct",
        "no": "nr s kap tlf jan feb mar apr aug sept okt nov des ca fig",
        "fi": "nro s luku puh n noin",
        "pl": "nr s str t tom rozdz art ust pkt poz tel ok godz rys tab",
        "cs": "č čís s str sv kap čl odst tel tzv cca obr",
        "sk": "č s str zv kap čl ods tel cca obr",
        "hu": "sz old kb tel",
        "ro": "nr art alin p pag vol cap tel cca fig",
        "tr": "no s sf c cilt bkz tel mad",
        "hr": "br str čl st tel cca sl",
        "sl": "št str čl tel cca sl",
        "ru": "стр с гл рис табл ст п пп т тт н №",
        "uk": "стор с гл рис табл ст п пп т тт №",
        "bg": "стр чл ал т гл №",
        "el": "αρ αριθ σελ σ τηλ άρθ παρ",
        "fa": "ص ج",
        "ar": "ص ج رقم",
        "ca": "núm art pàg p vol cap tel",
    }.items()
}
"""Abbreviations before a number. They do not end a sentence if a digit follows."""

ANYWHERE = {
    language: frozenset(words.split())
    for language, words in {
        "de": "usw etc bzw vgl ca mio mrd tsd inkl exkl zzgl abzgl ggf evtl bspw sog usf ugs jh "
        "jhd jhdt chr max min co gebr inh std sek stck einschl allg insb insbes gem lt südl nördl "
        "östl westl u.a z.b d.h z.t s.o",
        "fr": "etc cf env ex éd hab sté cie av apr p.-s j.-c m.-à-j",
        "es": "etc cf aprox ee uu ee.uu cía s.a ed ej admón dpto depto izq dcha a.c d.c",
        "it": "ecc cfr es ca ed spa s.p.a s.r.l srl tel min max",
        "pt": "etc cf ex aprox ed cia ltda s.a min max",
        "nl": "enz etc bijv bv ca resp evt incl excl jl dl mln mld a.s o.a m.n d.w.z ong min max",
        "sv": "bl.a t.ex m.m osv etc ca resp inkl exkl kl dvs f.d s.k mkr milj fr.o.m t.o.m jfr",
        "da": "bl.a f.eks m.m osv etc ca inkl ekskl kl dvs mio mia evt ift mht pga jf fhv kr",
        "no": "bl.a f.eks m.m osv etc ca inkl ekskl kl dvs mill mrd ev evt pga jf kr",
        "fi": "esim ym yms jne mm mrd milj ks vrt eaa jaa",
        "pl": "np itd itp tzn tzw m.in ok ur zm al wg min mln mld tys zł r w jw br por red "
        "pt cd godz",
        "cs": "atd apod např tj tzn tzv mj resp cca mil mld tis kč hod min př n. l",
        "sk": "atď apod napr tj tzn tzv resp cca mil mld tis hod min",
        "hu": "stb pl ill ún kb vö kft zrt nyrt bt",
        "ro": "etc ex cca mil mld lei nr",
        "tr": "vb vs örn yy bkz ltd şti a.ş t.c mah cad sok apt",
        "hr": "itd npr tj tzv odn cca mil mlrd tis god st",
        "sl": "itd npr tj t.i oz cca mio mrd",
        "ru": "т.е т.д т.п т.к др гг вв руб коп тыс млн млрд долл кв обл напр см ср род ред изд "
        "н.э мин сек",
        "uk": "т.зв тощо ін рр ст грн коп тис млн млрд дол кв обл напр див ред хв",
        "bg": "т.е т.н и др напр лв хил млн млрд вж",
        "sr": "итд нпр тј тзв одн мил хиљ год",
        "ar": "هـ ق.م",
        "el": "π.χ κ.λπ κλπ κ.ά δηλ δισ εκατ βλ χλμ",
        "ca": "etc aprox cf ex",
    }.items()
}
"""Abbreviations at any place. They end a sentence only if the next word begins one."""

WITH_DOTTED_ORDINALS = frozenset("de da no fi cs sk hu hr sl et lv tr sr".split())
"""Languages that write ordinals with a full stop: `3. Mai`, `2. Dünya Savaşı`."""
