// What was typed and not kept yet: cells, rows added and taken out, sliders; steps to undo; kept in the browser meanwhile.

export const idOf = (grid, key, column) => JSON.stringify([grid, key, column]);

export class Draft extends EventTarget {
  constructor(place, version) {
    super();
    this.place = place;
    Object.assign(this, { version, cells: {}, added: {}, removed: {}, levers: {}, steps: [], undone: [] }, stored(place));
  }

  get began() {
    return Object.keys(this.cells).length + Object.keys(this.added).length + Object.keys(this.removed).length + this.pulled;
  }

  get pulled() {
    return Object.values(this.levers).filter((x) => x).length;
  }

  get faults() {
    return Object.values(this.cells).filter((cell) => cell.fault);
  }

  // One step: cells with the text that each gets, and rows; `was` is what the version has there.
  step(parts) {
    const done = parts.map((part) => this.#do(part)).filter((part) => part);
    if (!done.length) return;
    this.steps.push(done);
    this.undone = [];
    this.#told(parts);
  }

  undo() {
    this.#back(this.steps, this.undone);
  }

  redo() {
    this.#back(this.undone, this.steps);
  }

  pull(lever, value) {
    this.levers[lever] = value;
    this.#told([]);
  }

  fault(id, message) {
    if (this.cells[id]) this.cells[id].fault = message;
    this.#told([]);
  }

  clear(version = this.version) {
    Object.assign(this, { version, cells: {}, added: {}, removed: {}, levers: {}, steps: [], undone: [] });
    this.#told([]);
  }

  // Laid over a newer version: what was typed stays, but where the planner takes the other's.
  rebase(version, theirs = []) {
    for (const id of theirs) delete this.cells[id];
    Object.assign(this, { version, steps: [], undone: [] });
    this.#told([]);
  }

  body() {
    return {
      version: this.version,
      cells: Object.values(this.cells).map(({ grid, key, column, text }) => ({ grid, key, column, text })),
      added: Object.values(this.added),
      removed: Object.values(this.removed),
      levers: this.levers,
    };
  }

  #do(part) {
    if (part.kind === "add") return this.#toggle("added", part, "remove-added");
    if (part.kind === "remove-added") return this.#toggle("added", part, "add", true);
    if (part.kind === "remove") return this.#toggle("removed", part, "restore");
    if (part.kind === "restore") return this.#toggle("removed", part, "remove", true);
    return this.#write(part);
  }

  #toggle(where, part, back, out = false) {
    const id = idOf(part.grid, part.key, "");
    const there = this[where][id];
    if (out) delete this[where][id];
    else this[where][id] = { grid: part.grid, key: part.key, ...(where === "added" ? { cells: part.cells || {} } : {}) };
    return { ...part, cells: there?.cells || part.cells, kind: back };
  }

  #write({ grid, key, column, text, fault = "", was }) {
    const row = this.added[idOf(grid, key, "")];
    const id = idOf(grid, key, column);
    const before = this.cells[id];
    if (row) row.cells[column] = text;
    if (text === was && !fault) delete this.cells[id];
    else if (!row || fault) this.cells[id] = { grid, key, column, text, fault, was };
    else delete this.cells[id];
    return { grid, key, column, was, text: before ? before.text : was, fault: before?.fault || "" };
  }

  #back(from, to) {
    const step = from.pop();
    if (!step) return;
    const parts = [...step].reverse();
    to.push(parts.map((part) => this.#do(part)));
    this.#told(parts);
  }

  #told(parts) {
    const { version, cells, added, removed, levers, steps, undone } = this;
    const text = JSON.stringify({ version, cells, added, removed, levers, steps: steps.slice(-50), undone: undone.slice(-50) });
    if (this.began) localStorage.setItem(this.place, text);
    else localStorage.removeItem(this.place);
    this.dispatchEvent(new CustomEvent("changed", { detail: parts }));
  }
}

function stored(place) {
  try {
    return JSON.parse(localStorage.getItem(place)) || {};
  } catch {
    return {};
  }
}
