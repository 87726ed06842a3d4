// Ticking tickets: a week, all or none; how many are ticked and what they cost.

const boxes = () => [...document.querySelectorAll('#tickets input[name="ticket"]')];

export function start() {
  document.addEventListener("click", (event) => {
    const which = event.target.closest?.("[data-tick]")?.dataset.tick;
    if (!which) return;
    for (const box of boxes()) box.checked = which === "all" || (which === "week-1" && box.dataset.week === "1");
    count();
  });
  document.addEventListener("change", (event) => {
    if (event.target.name === "ticket") count();
  });
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx?.target?.id === "why" && event.detail.ctx.sourceElement?.matches("button, form")) {
      document.getElementById("why-panel").focus();
    }
  });
}

function count() {
  const ticked = boxes().filter((box) => box.checked);
  const usd = ticked.reduce((sum, box) => sum + Number(box.dataset.usd), 0);
  const money = usd.toLocaleString("en", { maximumFractionDigits: 0 });
  document.getElementById("ticked").textContent = ticked.length ? `${ticked.length} ticked, USD ${money}` : "";
}
