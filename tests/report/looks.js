// What is wrong with how a page looks or is named, as a list of sentences; run in the page.
() => {
  const faults = [];
  const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== "hidden";
  const name = (e) => `${e.tagName.toLowerCase()} "${(e.textContent || "").trim().slice(0, 40)}"`;

  const rgb = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const behind = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.a > 0) return colour;
    }
    return { r: 255, g: 255, b: 255, a: 1 };
  };
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };

  // Text is told from what is behind it (WCAG AA: 4.5), marks and dark bars too (3).
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !shown(e) || e.closest("title")) continue;
    const style = getComputedStyle(e);
    const ratio = contrast(rgb(e.closest("svg") ? style.fill : style.color), behind(e));
    if (ratio < 4.5) faults.push(`contrast ${ratio.toFixed(2)} of ${name(e)}`);
  }
  for (const e of document.querySelectorAll("svg .before, svg .bought, svg .mark, svg .line, svg .here")) {
    if (!shown(e)) continue;
    const style = getComputedStyle(e);
    const ratio = contrast(rgb(style.fill === "none" || e.tagName === "line" ? style.stroke : style.fill), behind(e));
    if (ratio < 3) faults.push(`contrast ${ratio.toFixed(2)} of a ${e.getAttribute("class")}`);
  }

  // No text of a chart leaves the drawing.
  for (const text of document.querySelectorAll("svg text")) {
    if (!shown(text)) continue;
    const [inner, outer] = [text.getBoundingClientRect(), text.closest("svg").getBoundingClientRect()];
    if (inner.left < outer.left - 1 || inner.right > outer.right + 1) faults.push(`cut off: ${name(text)}`);
  }

  // What can be reached or is an image has a name.
  for (const e of document.querySelectorAll("a, summary, [tabindex='0'], [role=img], [role=region], table, nav, section")) {
    const by = (e.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)?.textContent || "");
    const label = e.getAttribute("aria-label") || by.join(" ").trim() || e.querySelector("caption")?.textContent;
    const text = ["A", "SUMMARY"].includes(e.tagName) ? e.textContent : "";
    if (!(label || text).trim()) faults.push(`no name: ${name(e)}`);
  }
  for (const link of document.querySelectorAll("a[href^='#']")) {
    if (!document.getElementById(link.getAttribute("href").slice(1))) faults.push(`leads nowhere: ${name(link)}`);
  }
  if (!document.documentElement.lang) faults.push("no language");
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`${document.documentElement.scrollWidth} px wide`);
  return faults;
}
