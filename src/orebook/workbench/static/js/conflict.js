// Another planner kept a version meanwhile: what differs is shown, and nothing that was typed here is lost.

import { get } from "./http.js";
import { idOf } from "./draft.js";

export async function settle(answer, draft, reload) {
  const newest = answer.version;
  const dialog = document.getElementById("conflict");
  const both = [];
  const lines = answer.differs.map((d) => line(d, draft, both));
  dialog.replaceChildren(
    el("h2", { id: "conflict-title", textContent: "Someone else changed it meanwhile" }),
    el("p", { textContent: answer.says }),
    el("ul", { className: "points" }, lines),
    el("p", { textContent: both.length ? "Where both of you changed a cell, choose; the rest is put together." : "You changed other cells: both can be put together." }),
    el("div", { className: "row" }, [
      el("button", { type: "button", className: "main", textContent: "Put together", onclick: () => dialog.close("both") }),
      el("button", { type: "button", textContent: "Not now", onclick: () => dialog.close("") }),
    ]),
  );
  dialog.showModal();
  await new Promise((done) => dialog.addEventListener("close", done, { once: true }));
  if (dialog.returnValue !== "both") return;
  draft.rebase(newest, both.filter(({ choice }) => choice.value === "theirs").map(({ id }) => id));
  await reload(newest);
}

// What another changed, since the version that a draft in this browser was begun over.
export async function since(instance, draft, newest) {
  const { differs } = await get(`/v1/instances/${instance}/versions/${draft.version}/differences`);
  return { version: newest, says: `It is at version ${newest} now; your changes are to version ${draft.version}.`, differs };
}

function line(d, draft, both) {
  const place = [d.table, d.key.join("/"), d.column].filter(Boolean).join(" ");
  const text = d.column ? `${place}: ${word(d.was)} is ${word(d.is)} now` : `${place} ${d.is ? "is new" : "is gone"}`;
  const id = cellOf(d);
  const mine = draft.cells[id];
  const item = el("li", { textContent: text });
  if (mine && String(d.is ?? "") !== mine.text) {
    const choice = el("select", { ariaLabel: `Which of the two for ${place}` }, [
      el("option", { value: "mine", textContent: `mine: ${mine.text || "blank"}` }),
      el("option", { value: "theirs", textContent: `theirs: ${word(d.is)}` }),
    ]);
    both.push({ id, choice });
    item.append(" ", choice);
  }
  return item;
}

function cellOf(d) {
  const key = d.key.map((part) => String(part ?? ""));
  if (d.table === "prices") return idOf("prices", [key[0]], `w${key[1]}`);
  const own = idOf(d.table, key, d.column);
  return d.table === "minerals" && d.column === "price_usd_per_t" ? idOf("prices", key, d.column) : own;
}

const word = (value) => (value === null || value === undefined ? "blank" : String(value));

function el(name, properties, children = []) {
  const found = Object.assign(document.createElement(name), properties);
  found.append(...children);
  return found;
}
