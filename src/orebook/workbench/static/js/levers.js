// Sliders for budget, targets and floors; the service says what each changes.

import { post } from "./http.js";

export class Levers {
  constructor(draft, instance) {
    Object.assign(this, { draft, instance });
    this.sliders = [...document.querySelectorAll("input[data-lever]")];
    for (const slider of this.sliders) {
      slider.addEventListener("input", () => this.pull(slider));
    }
    draft.addEventListener("changed", () => this.stand());
    this.show();
  }

  pull(slider) {
    this.draft.pull(slider.dataset.lever, Number(slider.value));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), 150);
  }

  // The sliders stand where the draft says, also after it was discarded.
  stand() {
    for (const slider of this.sliders) {
      const value = this.draft.levers[slider.dataset.lever] || 0;
      if (Number(slider.value) !== value) slider.value = value;
      document.getElementById(`${slider.id}-value`).textContent = `${value > 0 ? "+" : ""}${value} %`;
    }
    if (!this.draft.pulled) this.show();
  }

  async show() {
    const asked = JSON.stringify(this.draft.levers);
    if (asked === this.said) return;
    this.said = asked;
    const says = await post(`/instances/${this.instance}/levers`, this.draft.levers);
    for (const slider of this.sliders) {
      document.getElementById(`${slider.id}-says`).textContent = says[slider.dataset.lever];
      if (Number(slider.value) !== (this.draft.levers[slider.dataset.lever] || 0)) this.stand();
    }
  }
}
