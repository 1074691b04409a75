#!/usr/bin/env node
// Draws messages of Discord's Components V2 as Discord shows them, and measures them.
//
//   npm install puppeteer-core discord-markdown-parser @fontsource/noto-sans    (in an empty folder)
//   node …/docs/pictures/draw.mjs CAPTURED PICTURES [dark|light] [name,name…]
//
// CAPTURED holds the files of docs/message_pictures.py. For each message a picture is written at the
// width of a phone (390 px) and of a desktop (900 px), and a line printed: its height, the width of
// its narrowest quote, and whether it is wider than the screen. Needs Chromium at /usr/bin/chromium.
//
// The sizes are those that others measured of Discord's clients; a phone's are about 10% either way.
// Text 16/22, subtext 13/18, buttons 32 high; a frame of at most 600 px with 16 px inside, 12 on a
// phone. The font is Noto Sans, which Discord's own style sheet names after its own, which is about
// 5% narrower: lines may break a word earlier than in Discord.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";

const require = createRequire(path.join(process.cwd(), "package.json"));
const puppeteer = require("puppeteer-core");
const { SimpleMarkdown, rulesExtended } = require("discord-markdown-parser");
const [captured, pictures, theme = "dark", only = ""] = process.argv.slice(2);
const WIDTHS = { phone: 390, desktop: 900 };

// In Discord a heading or subtext begins at the start of a line, also straight after a quote.
const atLineStart = (rule) => ({
  ...rule,
  match: (source, state) =>
    !state.prevCapture || state.prevCapture[0].endsWith("\n") ? rule.match(source, { ...state, prevCapture: null }) : null,
});
const parse = SimpleMarkdown.parserFor({
  ...rulesExtended,
  subtext: atLineStart(rulesExtended.subtext),
  heading: atLineStart(rulesExtended.heading),
});
const escaped = (text) => String(text).replace(/[&<>"]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[mark]);

const TAGS = { strong: "strong", em: "em", underline: "u", strikethrough: "s", inlineCode: "code", subtext: "small", link: "a" };
const inside = (node) => (typeof node.content === "string" ? escaped(node.content) : node.content.map(html).join(""));
function html(node) {
  if (TAGS[node.type]) return `<${TAGS[node.type]}>${inside(node)}</${TAGS[node.type]}>`;
  switch (node.type) {
    case "br": case "newline": return "<br>";
    case "blockQuote": return `<div class=quote><i></i><blockquote>${inside(node).replace(/(<br>)+$/, "")}</blockquote></div>`;
    case "timestamp": return `<span class=time>9 minutes ago</span>`;
    case "user": return `<span class=mention>@Alice</span>`;
    case "slashCommand": return `<span class=mention>/${escaped(node.fullName || node.name)}</span>`;
    default: return node.content === undefined ? "" : inside(node);
  }
}
const markdown = (text) =>
  parse(`${text.trimEnd()}\n`, { inline: true, prevCapture: null }).map(html).join("")
    .replace(/(<\/small>|<\/div>)<br>/g, "$1").replace(/(<br>)+$/, "");

const STYLES = { 1: "primary", 2: "plain", 3: "good", 4: "danger" };
function component(part, files) {
  const children = () => part.components.map((child) => component(child, files)).join("");
  switch (part.type) {
    case 1: return `<div class=row>${children()}</div>`;
    case 2: return `<span class="button ${STYLES[part.style]} ${part.disabled ? "disabled" : ""}">${escaped(part.label)}</span>`;
    case 3: case 8: {
      const chosen = (part.options || []).filter((option) => option.default).map((option) => option.label);
      return `<div class=menu><span class="${chosen.length ? "" : "muted"}">${escaped(chosen.join(", ") || part.placeholder)}</span><span class=muted>⌄</span></div>`;
    }
    case 9: return `<div class=section><div>${children()}</div>${component(part.accessory, files)}</div>`;
    case 10: return `<div class=text>${markdown(part.content)}</div>`;
    case 12: return part.items.map((item) => `<img src="data:image/png;base64,${files[item.media.url.split("//")[1]]}">`).join("");
    case 14: return "<hr>";
    case 17: return `<div class=frame style="--edge:#${(part.accent_color ?? 0x88888855).toString(16).padStart(6, "0")}">${children()}</div>`;
    default: return `<div>[component ${part.type}]</div>`;
  }
}
const avatar = (name, color) => `<b class=avatar style="background:${color}">${name[0]}</b>`;
const message = (sent, typed) =>
  `<div class="message ${sent.ephemeral ? "private" : ""}">${typed ? `<div class=typed>${avatar("Alice", "#5865f2")} Alice used <a>${escaped(typed)}</a></div>` : ""}${avatar("Pullquote", "#2e8b57")}<div><b>Pullquote</b> <span class=app>APP</span></div><div class=parts>${sent.components.map((part) => component(part, sent.files)).join("")}</div>${sent.ephemeral ? "<div class=muted>Only you can see this · <a>Dismiss message</a></div>" : ""}</div>`;

const font = (weight) =>
  `@font-face{font-family:Noto;font-weight:${weight};src:url(data:font/woff2;base64,${fs.readFileSync(`node_modules/@fontsource/noto-sans/files/noto-sans-latin-${weight}-normal.woff2`, "base64")})}`;
const COLORS = {
  dark: "--ground:#1a1a1e;--card:#242429;--line:#ffffff1a;--text:#dfe0e2;--muted:#94959c;--bar:#65666c;--link:#7bb0f5;--button:#97979f1f;--private:#5865f214",
  light: "--ground:#fbfbfb;--card:#fff;--line:#00000014;--text:#2f3035;--muted:#6b6c75;--bar:#a7a8ad;--link:#1067c5;--button:#97979f24;--private:#5865f214",
};
const CSS = `${[400, 500, 600, 700].map(font).join("")}
:root{${COLORS[theme]}}*{box-sizing:border-box}body{margin:0;padding:12px 0;background:var(--ground);color:var(--text);font:400 16px/1.375 Noto,sans-serif}
.message{position:relative;padding:2px 48px 6px 72px;min-height:44px}.message+.message{margin-top:17px}.private{background:var(--private);box-shadow:inset 2px 0 #5865f2}
.avatar{position:absolute;left:16px;width:40px;height:40px;border-radius:50%;display:grid;place-items:center;color:#fff}.typed{font-size:14px;color:var(--muted);margin-bottom:4px}.typed .avatar{position:static;display:inline-grid;width:16px;height:16px;font-size:9px}
.app{background:#5865f2;color:#fff;font-size:10px;font-weight:600;border-radius:4px;padding:1px 4px}.muted{color:var(--muted)}.message>.muted{font-size:12px;margin-top:6px}
.parts{max-width:600px;display:flex;flex-direction:column;gap:8px;padding-top:2px}.frame{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--edge);border-radius:8px;padding:16px 16px 16px 12px;display:flex;flex-direction:column;gap:8px}
.text{white-space:pre-wrap;overflow-wrap:anywhere}strong{font-weight:600}small{display:block;font-size:13px;line-height:18px;color:var(--muted)}.quote{display:flex}.quote i{width:4px;border-radius:4px;background:var(--bar);flex:none}blockquote{margin:0;padding:0 8px 0 12px;flex:1}
.row{display:flex;flex-wrap:wrap;gap:8px}.button{display:inline-flex;align-items:center;justify-content:center;min-height:32px;min-width:60px;padding:2px 15px;border-radius:8px;font-size:14px;font-weight:500;white-space:nowrap}.plain{background:var(--button);box-shadow:inset 0 0 0 1px var(--line)}.primary{background:#5865f2;color:#fff}.disabled{opacity:.5}
.section{display:flex;gap:16px}.section>div{flex:1}.menu{display:flex;justify-content:space-between;max-width:400px;background:var(--ground);border:1px solid var(--line);border-radius:8px;padding:8px 12px}
.row>.menu{flex:1}hr{width:100%;height:1px;border:0;background:var(--line);margin:4px 0}a{color:var(--link)}.time{background:#97979f1f;border-radius:3px;padding:0 2px}.mention{background:#5865f24d;border-radius:3px;padding:0 2px;font-weight:500}code{background:#97979f29;border-radius:4px;padding:0 4px;font:14px monospace}img{width:100%;border-radius:8px;display:block}
@media(max-width:480px){.message{padding:2px 16px 6px 68px}.frame{padding:12px 12px 12px 8px}.button{padding:2px 14px}}`;

fs.mkdirSync(pictures, { recursive: true });
const browser = await puppeteer.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync", `--user-data-dir=${fs.mkdtempSync(path.join(os.tmpdir(), "chromium-"))}`],
});
const page = await browser.newPage();
console.log("message\twidth\theight\tnarrowest quote");
for (const file of fs.readdirSync(captured).filter((name) => name.endsWith(".json")).sort()) {
  const name = file.slice(0, -5);
  if (only && !only.split(",").includes(name)) continue;
  const { typed, messages } = JSON.parse(fs.readFileSync(path.join(captured, file), "utf8"));
  const body = messages.map((sent, place) => message(sent, place ? "" : typed)).join("");
  for (const [screen, width] of Object.entries(WIDTHS)) {
    await page.setViewport({ width, height: 200, deviceScaleFactor: 1.5 });
    await page.setContent(`<!doctype html><meta charset=utf-8><style>${CSS}</style><body>${body}`, { waitUntil: "load" });
    const measured = await page.evaluate(async () => {
      await document.fonts.ready;
      const widths = [...document.querySelectorAll("blockquote")].map((quote) => quote.clientWidth);
      return { height: document.body.scrollHeight, quote: widths.length ? Math.min(...widths) : "", wide: document.documentElement.scrollWidth > innerWidth };
    });
    console.log([name, width, measured.height, measured.quote, measured.wide ? "WIDER THAN THE SCREEN" : ""].join("\t").trimEnd());
    await page.screenshot({ path: path.join(pictures, `${name}.${screen}${theme === "light" ? ".light" : ""}.png`), fullPage: true });
  }
}
await browser.close();
