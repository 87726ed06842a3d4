// Columns of the grid: headings with units, numbers grouped, changed and wrong cells marked with what stood there.

import { idOf } from "./draft.js";

// The name of the row stays in sight; the columns that name it are shown where a row is new and has to be named.
export function headerOf(grid, draft) {
  return {
    field: "_name",
    title: grid.columns.filter((column) => column.key).map((column) => column.title).join(" / "),
    frozen: true,
    resizable: true,
    minWidth: 96,
    headerSort: false,
    hozAlign: "left",
    formatter: (cell) => {
      const row = cell.getData();
      cell.getElement().classList.toggle("gone", Boolean(row._gone));
      return escaped(row._added ? "new" : row._name);
    },
  };
}

export function columnsOf(grid, draft, named) {
  return grid.columns.map((column) => ({
    field: column.field,
    title: column.title,
    titleFormatter: () => heading(column),
    headerTooltip: column.help + (column.default ? `; blank: ${column.default}` : ""),
    hozAlign: column.kind === "number" ? "right" : "left",
    headerHozAlign: column.kind === "number" ? "right" : "left",
    minWidth: column.kind === "number" ? 84 : 96,
    visible: !column.key || named,
    editor: "input",
    editable: (cell) => !column.key || cell.getData()._added,
    formatter: (cell) => shown(cell, column, grid, draft),
  }));
}

function heading(column) {
  const place = document.createElement("span");
  const under = document.createElement("small");
  under.textContent = column.under || column.unit;
  place.append(column.title, under);
  return place;
}

function shown(cell, column, grid, draft) {
  const row = cell.getData();
  const place = cell.getElement();
  queueMicrotask(() => (place.tabIndex = -1)); // one stop of Tab for the grid; within it the arrows move
  const changed = draft.cells[idOf(grid.name, row._key, column.field)];
  const text = cell.getValue() ?? "";
  place.classList.toggle("changed", Boolean(changed) || Boolean(row._added));
  place.classList.toggle("wrong", Boolean(changed?.fault));
  place.classList.toggle("gone", Boolean(row._gone));
  if (changed) place.title = said(changed);
  else place.removeAttribute("title");
  if (text === "" && row._held[column.field]) return held(grouped(before(row, column, grid)));
  return column.kind === "number" ? grouped(text) : escaped(text);
}

export function said(changed) {
  const was = changed.was === "" ? "blank" : grouped(changed.was);
  return `${changed.fault ? changed.fault + "; " : ""}was ${was}`;
}

// What holds in a blank cell: the nearest number to the left, changed or not.
function before(row, column, grid) {
  const fields = grid.columns.filter((c) => !c.key).map((c) => c.field);
  return fields.slice(0, fields.indexOf(column.field)).reduce((now, field) => (Number.isNaN(Number(row[field] || "x")) ? now : row[field]), "");
}

function held(text) {
  const place = document.createElement("span");
  place.className = "held";
  place.textContent = text;
  return place;
}

export function grouped(text) {
  const found = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  if (!found) return escaped(text);
  return found[1] + found[2].replace(/\B(?=(\d{3})+$)/g, ",") + (found[3] || "");
}

function escaped(text) {
  const place = document.createElement("span");
  place.textContent = text;
  return place.innerHTML;
}
