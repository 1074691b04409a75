// Drives the reading page of several archives at BASE: the list, an archive's own pages, versions
// of an article and what differs between them. CHANGED is the permalink of an article that has
// changed since, and QUESTION one that the archive called stories answers.
import { BASE, follow, judge, open, report, tabTo } from "./checks.mjs";

const { CHANGED, QUESTION } = process.env;
const PAGES = {
  archives: "/",
  "archive-answer": `/in/stories/ask?q=${encodeURIComponent(QUESTION)}`,
  "archive-sources": "/in/stories/sources",
  versions: "/in/stories/a/v2",
  differences: "/in/stories/a/v1?with=v3",
  changed: CHANGED,
  "no-archive": "/in/none/",
};

const { page, end } = await open();
await judge(page, PAGES);

await page.setJavaScriptEnabled(false);
await page.setViewport({ width: 390, height: 844 });
await page.goto(BASE, { waitUntil: "load" });
const toQuestion = await tabTo(page, "q");
report("the question to one of them is reached by the keyboard", toQuestion.at(-1) === "q" ? [] : toQuestion);
await page.keyboard.type(QUESTION);
const toChoice = await tabTo(page, "archive");
report("so is the choice of archive", toChoice.at(-1) === "archive" ? [] : toChoice);
await page.keyboard.type("Ferry"); // the beginning of its title
await page.focus("#q");
await follow(page);
const address = new URL(page.url());
const answered = await page.content();
report(
  "the archive that was chosen answers",
  address.pathname === "/in/stories/ask" && answered.includes("ran aground") ? [] : [page.url()],
);
await page.goto(`${BASE}/in/stories/a/v1`, { waitUntil: "load" });
await tabTo(page, "What differs");
await follow(page);
const kinds = await page.$$eval(".differences :is(del, ins)", (found) =>
  found.map((element) => `${element.tagName} ${element.textContent}`),
);
report(
  "the keyboard opens what differs from a version, without JavaScript",
  kinds.includes("DEL 27") && kinds.includes("INS 28") ? [] : [page.url(), ...kinds],
);
await page.goto(BASE + CHANGED, { waitUntil: "load" });
const changed = await page.content();
report(
  "a permalink says that its article has changed since, and how",
  changed.includes("has changed since the link was made") && changed.includes("<ins>") ? [] : [CHANGED],
);
await end();
