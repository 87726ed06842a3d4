// The grid itself: rows of the version with the draft laid over them.

import { TabulatorFull as Tabulator } from "../vendor/tabulator.js";
import { columnsOf, headerOf } from "./columns.js";
import { idOf } from "./draft.js";

export class Sheet {
  constructor(place, draft) {
    this.place = place;
    this.draft = draft;
  }

  // Resolves when the rows stand.
  show(grid) {
    this.table?.destroy();
    this.grid = grid;
    this.there = new Set();
    this.was = new Map(grid.rows.map((row) => [JSON.stringify(row.key), row.cells]));
    this.table = new Tabulator(this.place, {
      data: this.#rows(),
      index: "_id",
      rowHeader: headerOf(grid, this.draft),
      columns: columnsOf(grid, this.draft, this.#named()),
      layout: "fitData",
      maxHeight: "min(60vh, 44rem)",
      columnDefaults: { headerSort: true, editorParams: { selectContents: true } },
      headerSortClickElement: "icon",
      selectableRange: 1,
      selectableRangeColumns: true,
      selectableRangeRows: true,
      selectableRangeClearCells: false,
      selectableRangeAutoFocus: false,
      editTriggerEvent: "dblclick",
      clipboard: "copy",
      clipboardCopyStyled: false,
      clipboardCopyConfig: { rowHeaders: false, columnHeaders: false },
      clipboardCopyRowRange: "range",
      placeholder: "No rows.",
    });
    return new Promise((done) => this.table.on("tableBuilt", () => done(this.#label())));
  }

  #label() {
    this.place.querySelector(".tabulator-header").tabIndex = -1;
    const body = this.place.querySelector(".tabulator-tableholder");
    body.setAttribute("role", "group");
    body.setAttribute("aria-label", `${this.grid.name}: arrows move, Enter writes`);
  }

  #rows() {
    const { name } = this.grid;
    const here = (row) => row.grid === name;
    const kept = this.grid.rows.map((row) => this.#row(row.key, row.cells, row.held));
    const added = Object.values(this.draft.added).filter(here).map((row) => this.#row(row.key, row.cells, {}, true));
    return [...kept, ...added];
  }

  #row(key, cells, held, added = false) {
    const row = { _id: JSON.stringify(key), _key: key, _held: held, _added: added, _name: key.join(" / ") };
    this.there.add(row._id);
    row._gone = Boolean(this.draft.removed[idOf(this.grid.name, key, "")]);
    for (const { field } of this.grid.columns) {
      row[field] = this.draft.cells[idOf(this.grid.name, key, field)]?.text ?? cells[field] ?? "";
    }
    return row;
  }

  wasAt(key, column) {
    return this.was.get(JSON.stringify(key))?.[column] ?? "";
  }

  #named() {
    return Object.values(this.draft.added).some((row) => row.grid === this.grid.name);
  }

  // What the draft says of these parts is shown; parts of other grids are not here.
  refresh(parts) {
    const rows = new Map();
    for (const part of parts.filter((p) => p.grid === this.grid.name)) {
      const id = JSON.stringify(part.key);
      if (part.column) rows.set(id, { ...(rows.get(id) || { _id: id }), [part.column]: part.text });
      else this.#whole(part);
    }
    const listed = [...rows.values()].filter((row) => this.there.has(row._id));
    if (listed.length) this.table.updateData(listed).then(() => this.#redraw(listed));
  }

  #redraw(rows) {
    for (const { _id } of rows) this.table.getRow(_id).reformat();
  }

  #whole(part) {
    const id = JSON.stringify(part.key);
    const added = this.draft.added[idOf(this.grid.name, part.key, "")];
    if (added && !this.there.has(id)) this.table.addRow(this.#row(part.key, added.cells, {}, true));
    else if (part.kind.endsWith("added") && !added) {
      this.there.delete(id);
      this.table.deleteRow(id);
    } else if (!added) {
      const row = this.table.getRow(id);
      row.update({ _gone: Boolean(this.draft.removed[idOf(this.grid.name, part.key, "")]) });
      row.reformat();
    }
    for (const { field, key } of this.grid.columns) if (key) this.table[this.#named() ? "showColumn" : "hideColumn"](field);
  }

  // The cells of the range, a list a row; none where nothing is selected.
  selected() {
    const range = this.table.getRanges?.()[0];
    return range ? range.getStructuredCells() : [];
  }

  // From a cell on: the names of its column and those to the right; its row and those below.
  columnsFrom(cell) {
    const fields = this.grid.columns.map((column) => column.field);
    return fields.slice(fields.indexOf(cell.getField()));
  }

  rowsFrom(cell) {
    const rows = this.table.getRows("active");
    return rows.slice(rows.findIndex((row) => row.getIndex() === cell.getRow().getIndex()));
  }
}
