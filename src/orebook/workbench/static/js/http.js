// Requests to the service that the page came from, each with the page's token.

const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;

export const root = meta("root");

export async function get(path) {
  return answer(await fetch(root + path, { headers: { Accept: "application/json" } }));
}

export async function post(path, body) {
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": meta("csrf") };
  return answer(await fetch(root + path, { method: "POST", headers, body: JSON.stringify(body) }));
}

// htmx sends the token, too.
export function signHtmx() {
  document.addEventListener("htmx:config:request", (event) => {
    event.detail.ctx.request.headers["X-CSRF-Token"] = meta("csrf");
  });
}

async function answer(response) {
  if (response.ok) return response.json();
  const said = await response.text();
  throw new Error(says(said) || `the service answers ${response.status}`);
}

function says(text) {
  try {
    const problem = JSON.parse(text);
    return problem.detail || problem.title;
  } catch {
    return new DOMParser().parseFromString(text, "text/html").querySelector(".alarm")?.textContent.trim();
  }
}
