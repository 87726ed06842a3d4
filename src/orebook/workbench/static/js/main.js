// Every page begins here; a page with a grid loads what that needs.

import { signHtmx } from "./http.js";

signHtmx();
if (document.getElementById("grid")) import("./instance.js").then((page) => page.start());
if (document.getElementById("tickets")) import("./tickets.js").then((page) => page.start());
