// The page of an instance: its grids one at a time, one draft over all of them.

import { Bar, describe } from "./bar.js";
import { settle, since } from "./conflict.js";
import { Draft } from "./draft.js";
import { Sheet } from "./grid.js";
import { get, root } from "./http.js";
import { listen } from "./keys.js";
import { Levers } from "./levers.js";
import { Writer } from "./writing.js";

export async function start() {
  const place = document.getElementById("grid");
  const { instance } = place.dataset;
  let newest = Number(place.dataset.version);
  const draft = new Draft(`orebook ${root} ${instance}`, newest);
  const sheet = new Sheet(place, draft);
  const writer = new Writer(sheet, draft, instance);

  async function open(name) {
    place.dataset.grid = name;
    place.setAttribute("aria-busy", "true");
    const grid = await get(`/instances/${instance}/grids/${name}`);
    newest = grid.version;
    await sheet.show(grid);
    watch();
    place.removeAttribute("aria-busy");
  }

  // After a version was kept: all that says its number, and the rows.
  async function reload(version) {
    await open(place.dataset.grid);
    for (const one of document.querySelectorAll("[data-version-text]")) one.textContent = one.dataset.versionText.replace("#", version).replace("+", version + 1);
    levers.show();
  }

  function watch() {
    const said = document.getElementById("cell-says");
    sheet.table.on("cellEdited", (cell) => writer.typed(cell, String(cell.getValue() ?? "")));
    sheet.table.on("rangeChanged", (range) => {
      const cell = range.getStructuredCells()[0]?.[0];
      if (cell) said.textContent = describe(draft, sheet.grid, cell);
    });
  }

  const levers = new Levers(draft, instance);
  await open(place.dataset.grid);
  draft.addEventListener("changed", (event) => sheet.refresh(event.detail));
  new Bar(draft, sheet, instance, reload);
  listen(place, sheet, writer, draft);
  document.getElementById("fill").addEventListener("click", () => writer.fillDown());
  document.getElementById("add-row").addEventListener("click", () => writer.addRow());
  document.getElementById("remove-row").addEventListener("click", () => writer.removeRows());
  for (const tab of document.querySelectorAll("[data-grid]:is(a)")) tab.addEventListener("click", (event) => turn(event, tab));
  if (draft.began && draft.version !== newest) await settle(await since(instance, draft, newest), draft, reload);
  place.dataset.ready = "yes";

  async function turn(event, tab) {
    event.preventDefault();
    document.querySelector("[data-grid][aria-current]")?.removeAttribute("aria-current");
    tab.setAttribute("aria-current", "true");
    const csv = document.getElementById("table-csv");
    csv.href = csv.href.replace(/[a-z]+\.csv$/, `${tab.dataset.grid}.csv`);
    history.replaceState(null, "", `?grid=${tab.dataset.grid}`);
    await open(tab.dataset.grid);
  }
}
