// Text into cells: typed, pasted, filled down or emptied. The service reads it; a cell that it cannot read is named.

import { notice } from "./notice.js";
import { post } from "./http.js";

const count = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

export class Writer {
  constructor(sheet, draft, instance) {
    Object.assign(this, { sheet, draft, instance });
  }

  async read(columns, text, comma = "auto") {
    return post(`/instances/${this.instance}/grids/${this.sheet.grid.name}/read`, { columns, text, comma });
  }

  async typed(cell, text) {
    const field = cell.getField();
    const read = await this.read([field], quoted(text));
    this.#write([[cell.getRow(), field, read.rows[0]?.[0] ?? { text: "", fault: "" }]]);
  }

  async paste(cell, text, comma = "auto") {
    const { sheet } = this;
    const columns = sheet.columnsFrom(cell);
    const read = await this.read(columns, text, comma);
    const there = sheet.rowsFrom(cell);
    const made = this.#made(Math.max(0, read.rows.length - there.length));
    const rows = [...there, ...made.map((part) => part.key)];
    const cells = read.rows.flatMap((line, k) => (rows[k] ? line.map((got, n) => [rows[k], columns[n], got]) : []));
    const done = this.#write(cells, made);
    const cut = read.rows.length - rows.length;
    const wrong = cells.filter(([, , got]) => got.fault).length;
    const said = [`${count(done, "cell")} pasted`, wrong && `${count(wrong, "cell")} cannot be read`, cut > 0 && `${count(cut, "row")} beyond the last row left out`];
    const other = read.comma === "decimal" ? "thousands" : "decimal";
    const again = [`Take commas as ${other === "decimal" ? "decimal ones" : other}`, () => (this.draft.undo(), this.paste(cell, text, other))];
    notice(said.filter(Boolean).join("; ") + (read.doubt ? `; a comma was taken as ${read.comma}. ` : ". "), read.doubt ? [again] : []);
  }

  fillDown() {
    const [first, ...rest] = this.sheet.selected();
    if (!rest.length) return notice("Select the cell to fill down from, and those below it.");
    const got = first.map((cell) => ({ text: cell.getValue() ?? "", fault: "" }));
    return this.#write(rest.flatMap((line) => line.map((cell, n) => [cell.getRow(), cell.getField(), got[n]])));
  }

  async empty() {
    const cells = this.sheet.selected().flat();
    const fields = [...new Set(cells.map((cell) => cell.getField()))];
    const read = await this.read(fields, fields.map(() => '""').join("\t"));
    const got = Object.fromEntries(fields.map((field, n) => [field, read.rows[0]?.[n] ?? { text: "", fault: "" }]));
    this.#write(cells.map((cell) => [cell.getRow(), cell.getField(), got[cell.getField()]]));
  }

  addRow() {
    const [part] = this.#made(1);
    if (!part) return notice("This table has a row a mineral; add a mineral under Limits.");
    this.draft.step([part]);
    this.sheet.table.scrollToRow(JSON.stringify(part.key), "bottom", false);
  }

  removeRows() {
    const rows = this.sheet.selected().map((line) => line[0].getRow().getData());
    if (!this.sheet.grid.open) return notice("Rows of this table come and go with the minerals.");
    const { name } = this.sheet.grid;
    this.draft.step(rows.map((row) => ({ grid: name, key: row._key, cells: {}, kind: row._added ? "remove-added" : row._gone ? "restore" : "remove" })));
  }

  #made(n) {
    const { grid } = this.sheet;
    if (!grid.open) return [];
    return Array.from({ length: n }, () => ({ kind: "add", grid: grid.name, key: [`new ${crypto.getRandomValues(new Uint32Array(1))[0]}`], cells: {} }));
  }

  // [row or key of a new one, column, what was read]; cells that name a row stay as they are.
  #write(cells, made = []) {
    const { grid } = this.sheet;
    const keys = new Set(grid.columns.filter((column) => column.key).map((column) => column.field));
    const parts = cells.map(([row, column, got]) => {
      const data = Array.isArray(row) ? { _key: row, _added: true } : row.getData();
      if (keys.has(column) && !data._added) return null;
      return { grid: grid.name, key: data._key, column, ...got, was: this.sheet.wasAt(data._key, column) };
    });
    const written = parts.filter(Boolean);
    this.draft.step([...made, ...written]);
    return written.length;
  }
}

const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
