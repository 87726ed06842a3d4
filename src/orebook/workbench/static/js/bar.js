// The bar under the grid: how much was changed, what cannot be read, and what to do with it.

import { said } from "./columns.js";
import { notice } from "./notice.js";
import { post, root } from "./http.js";
import { settle } from "./conflict.js";

const at = (id) => document.getElementById(id);

export class Bar {
  constructor(draft, sheet, instance, reload) {
    Object.assign(this, { draft, sheet, instance, reload });
    at("keep").addEventListener("click", () => this.keep());
    at("whatif").addEventListener("click", () => this.whatif());
    at("discard").addEventListener("click", () => this.discard());
    at("undo").addEventListener("click", () => draft.undo());
    at("redo").addEventListener("click", () => draft.redo());
    draft.addEventListener("changed", () => this.show());
    this.show();
  }

  show() {
    const { draft } = this;
    const rows = Object.keys(draft.added).length + Object.keys(draft.removed).length;
    const parts = [[Object.keys(draft.cells).length, "cell"], [rows, "row"], [draft.pulled, "slider"]];
    const says = parts.filter(([n]) => n).map(([n, noun]) => `${n} ${noun}${n === 1 ? "" : "s"}`).join(", ");
    at("draft").hidden = !draft.began;
    at("draft-says").textContent = `${says} changed, not kept yet.`;
    at("undo").disabled = !draft.steps.length;
    at("redo").disabled = !draft.undone.length;
    this.name(draft.faults.map((cell) => `${cell.grid} ${cell.key.join("/")} ${cell.column}: ${cell.fault}`));
  }

  name(faults) {
    const place = at("draft-faults");
    place.hidden = !faults.length;
    place.replaceChildren(...faults.slice(0, 30).map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }

  async keep() {
    const answer = await this.#sent("keep");
    if (answer?.outcome !== "kept") return;
    this.draft.clear(answer.version);
    await this.reload(answer.version);
    notice(`Kept as version ${answer.version}.`);
  }

  async whatif() {
    const [known, transit] = [at("known"), at("in-transit")];
    known.closest("details").open ||= !known.checkValidity();
    if (!known.reportValidity()) return;
    const answer = await this.#sent("whatif", { known: known.value ? Number(known.value) : null, in_transit: transit.value });
    if (answer?.outcome === "queued") location.assign(`${root}/runs/${answer.run}`);
  }

  async discard() {
    this.draft.clear();
    await this.reload(this.draft.version);
  }

  async #sent(what, more = {}) {
    if (this.draft.faults.length) return notice("Mend the cells that cannot be read first; they are listed here.");
    const answer = await post(`/instances/${this.instance}/${what}`, { ...this.draft.body(), ...more }).catch((error) => notice(error.message));
    if (answer?.outcome === "changed") await settle(answer, this.draft, (version) => this.reload(version));
    if (answer?.outcome === "faults") this.#faulty(answer);
    return answer;
  }

  #faulty(answer) {
    for (const { grid, key, column, message } of answer.faults) {
      if (key) this.draft.fault(JSON.stringify([grid, key, column]), message);
    }
    this.name(answer.faults.map((fault) => `${fault.place}: ${fault.message}`));
    this.sheet.table.getRows().forEach((row) => row.reformat());
    notice(answer.says);
  }
}

export function describe(draft, grid, cell) {
  const changed = draft.cells[JSON.stringify([grid.name, cell.getData()._key, cell.getField()])];
  const column = grid.columns.find((c) => c.field === cell.getField());
  const where = `${cell.getData()._key.join(" / ")}, ${column.title}${column.unit ? ` (${column.unit})` : ""}`;
  return `${where}: ${column.help}${changed ? `. ${said(changed)}` : ""}`;
}
