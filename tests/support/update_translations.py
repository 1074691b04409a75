"""Brings the translations up to date with the code: `make messages`.

New sentences are added, not translated yet; those that the code no longer has are left out.
"""

import sys
from pathlib import Path

import polib

from support.archives import ROOT
from support.translatable import english_counted, english_texts

FOLDER = ROOT / "src" / "pullquote" / "translations"
WIDTH = 98


def updated(old: polib.POFile) -> polib.POFile:
    """A translation with the sentences of the code, in the order of the modules."""
    new = polib.POFile(wrapwidth=WIDTH)
    new.metadata, new.header = old.metadata, old.header
    known = {entry.msgid: entry for entry in old}
    for text, module in sorted(english_texts().items(), key=lambda each: each[1]):
        translated = known[text].msgstr if text in known else ""
        new.append(polib.POEntry(msgid=text, msgstr=translated, comment=module))
    for text, module in sorted(english_counted().items(), key=lambda each: each[1]):
        forms = known[text].msgstr_plural if text in known else {0: "", 1: ""}
        new.append(
            polib.POEntry(msgid=text, msgid_plural=f"{text}s", msgstr_plural=forms, comment=module)
        )
    return new


def main() -> None:
    """Update every translation, or begin those whose codes are named."""
    paths = [FOLDER / f"{code}.po" for code in sys.argv[1:]] or sorted(FOLDER.glob("*.po"))
    for path in paths:
        old = polib.pofile(str(path)) if path.exists() else polib.POFile()
        if not old.metadata:
            old.metadata = _metadata(path)
        new = updated(old)
        new.save(str(path))
        print(f"{path.name}: {len(new.untranslated_entries())} of {len(new)} to translate")


def _metadata(path: Path) -> dict[str, str]:
    return {
        "Language": path.stem,
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=n != 1;",
    }


if __name__ == "__main__":
    main()
