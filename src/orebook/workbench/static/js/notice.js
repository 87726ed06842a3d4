// A sentence at the foot of the page, read aloud too; it goes after a while.

let timer;

export function notice(text, buttons = []) {
  const place = document.getElementById("notice");
  clearTimeout(timer);
  place.replaceChildren(text, ...buttons.map(([name, act]) => button(name, act)));
  place.classList.add("shown");
  timer = setTimeout(() => place.classList.remove("shown"), 9000);
}

function button(name, act) {
  const found = document.createElement("button");
  found.type = "button";
  found.textContent = name;
  found.addEventListener("click", act);
  return found;
}
