// The page works without this. A link that names its quote after "#" alone is opened with the
// quote marked, and the quote with its citation can be copied by a button.
"use strict";
const place = /^#q=(\d{1,9}-\d{1,9})$/.exec(location.hash);
if (place && /^(\/in\/[^/]+)?\/a\//.test(location.pathname)) {
  const address = new URL(location.href);
  if (address.searchParams.get("q") !== place[1]) {
    address.searchParams.set("q", place[1]);
    location.replace(address);
  }
}
const copied = document.getElementById("copied");
if (copied && navigator.clipboard) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = copied.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copied.value);
    button.textContent = copied.dataset.copied;
  });
  copied.after(button);
}
