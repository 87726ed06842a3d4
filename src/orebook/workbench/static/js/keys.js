// The keyboard and the clipboard over the grid.

export function listen(place, sheet, writer, draft) {
  const typing = () => document.activeElement?.matches("input, textarea, select");
  const inside = () => place.contains(document.activeElement);

  document.addEventListener("paste", (event) => {
    const cell = sheet.selected()[0]?.[0];
    if (typing() || !inside() || !cell) return;
    event.preventDefault();
    writer.paste(cell, event.clipboardData.getData("text/plain"));
  });

  place.addEventListener("keydown", (event) => {
    if (typing()) return;
    const act = event.ctrlKey || event.metaKey ? withControl(event) : plain(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }, true);

  function withControl(event) {
    const key = event.key.toLowerCase();
    if (key === "z") return () => (event.shiftKey ? draft.redo() : draft.undo());
    if (key === "y") return () => draft.redo();
    return key === "d" ? () => writer.fillDown() : null;
  }

  function plain(event) {
    const cell = sheet.selected()[0]?.[0];
    if (!cell || event.altKey) return null;
    if (event.key === "Delete" || event.key === "Backspace") return () => writer.empty();
    if (event.key === "Enter" || event.key === "F2") return () => cell.edit();
    return event.key.length === 1 && event.key !== " " ? () => begin(cell, event.key) : null;
  }

  function begin(cell, character) {
    cell.edit();
    const input = cell.getElement().querySelector("input");
    if (!input) return;
    input.value = character;
    input.setSelectionRange(1, 1);
  }
}
