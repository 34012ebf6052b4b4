// The table of all relationships. DataTables (above, from the itables wheel) sorts, searches and
// pages; here stand only the columns, the filters and the row that opens. Text from mail enters
// the page through textContent alone.
const SVG = "http://www.w3.org/2000/svg";
const rows = JSON.parse(document.getElementById("people-data").textContent);
const F = Object.fromEntries(rows.fields.map((field, place) => [field, place]));

const element = (tag, text, className) => {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
};
const shape = (tag, attributes) => {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

const bars = (digits, most, sign) =>
  [...digits]
    .map((digit, x) => [x, parseInt(digit, 36)])
    .filter(([, n]) => n)
    .map(([x, n]) => `M${x + 0.1} 0v${((sign * 10 * n) / most).toFixed(2)}h.8V0`)
    .join("");

function spark(row, wide) {
  const [out, into] = [row[F.spark_out], row[F.spark_in]];
  if (!out) return element("span");
  const most = Math.max(...[...(out + into)].map((digit) => parseInt(digit, 36)), 1);
  const made = shape("svg", {
    class: wide ? "spark wide" : "spark",
    viewBox: `0 -10.5 ${out.length} 21`,
    preserveAspectRatio: "none",
    role: "img",
    "aria-label": "Direct messages by month; from you upwards, to you downwards",
  });
  made.append(
    shape("path", { class: "out", d: bars(out, most, -1) }),
    shape("path", { class: "in", d: bars(into, most, 1) }),
    shape("path", { class: "zero", d: `M0 0H${out.length}` }),
  );
  return made;
}

function balance(row) {
  const share = row[F.share];
  if (share === null) return element("span");
  const box = element("span", undefined, "share");
  const made = shape("svg", { class: "balance", viewBox: "0 0 100 12", "aria-hidden": "true" });
  made.append(
    shape("rect", { class: "band", x: 25, y: 0, width: 50, height: 12 }),
    shape("path", { class: "range", d: `M${row[F.low]} 6H${row[F.high]}` }),
    shape("circle", { cx: share, cy: 6, r: 3.4 }),
  );
  box.append(made, element("span", `${share}%`));
  return box;
}

function person(row) {
  const box = element("span", undefined, "who");
  const button = element("button", undefined, "open");
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  button.append(element("bdi", row[F.name]));
  box.append(button);
  if (row[F.organisation]) box.append(element("bdi", row[F.organisation], "org"));
  return box;
}

function details(row) {
  const box = element("div", undefined, "inside");
  if (row[F.spark_out]) {
    box.append(element("p", "Direct messages by month, three years; yours upwards", "label"), spark(row, true));
  }
  const list = element("dl");
  for (const [term, value] of row[F.facts]) {
    const pair = element("div");
    const told = element("dd");
    told.append(element("bdi", value));
    pair.append(element("dt", rows.terms[term]), told);
    list.append(pair);
  }
  box.append(list);
  return box;
}

// A column: what is shown, what sorts, what the search looks at.
const column = (show, sort, search, more) => ({
  data: null,
  render: (_, type, row) => (type === "display" ? show(row) : type === "filter" ? search(row) : sort(row)),
  ...more,
});
const known = (value) => (value === null ? -1 : value);
const text = (value) => element("span", value);
const plain = (field) => column((r) => text(r[F[field]]), (r) => r[F[field]], (r) => r[F[field]]);
const number = (field) => ({
  ...column((r) => text(r[F[field]].toLocaleString("en")), (r) => r[F[field]], () => ""),
  type: "num",
  className: "num",
  searchable: false,
});
const list = (field, more) => ({
  ...column((r) => text(r[F[field]].join(", ")), (r) => r[F[field]].join(), (r) => `;${r[F[field]].join(";")};`),
  ...more,
});

const table = document.getElementById("people");
table.querySelector("tbody").replaceChildren();
const head = table.querySelector("thead tr");
for (const title of ["Organisation", "Channels", "Tags"]) {
  const cell = element("th", title);
  cell.scope = "col";
  head.append(cell);
}
document.documentElement.classList.add("scripted");

const api = jQuery(table).DataTable({
  data: rows.people,
  autoWidth: false,
  deferRender: true,
  pageLength: 25,
  lengthMenu: [25, 50, 100],
  order: [[6, "desc"]],
  orderMulti: true,
  layout: { topStart: "search", topEnd: "pageLength", bottomStart: "info", bottomEnd: "paging" },
  language: { search: "Search", lengthMenu: "Show _MENU_", info: "_START_ to _END_ of _TOTAL_ people" },
  columns: [
    column(person, (r) => r[F.name].toLowerCase(), (r) => `${r[F.name]} ${r[F.organisation]}`),
    plain("status"),
    number("out"),
    number("in"),
    { ...column(balance, (r) => known(r[F.share]), () => ""), type: "num", searchable: false },
    { ...column((r) => text(r[F.last]), (r) => known(r[F.last_day]), () => ""), type: "num", searchable: false },
    number("strength"),
    { ...column((r) => spark(r, false), () => "", () => ""), orderable: false, searchable: false },
    list("patterns"),
    { ...plain("organisation"), visible: false },
    list("channels", { visible: false }),
    list("tags", { visible: false }),
  ],
});

table.addEventListener("click", (event) => {
  const button = event.target.closest("button.open");
  if (!button) return;
  const row = api.row(button.closest("tr"));
  const open = row.child.isShown();
  if (open) row.child.hide();
  else row.child(details(row.data()), "child").show();
  button.setAttribute("aria-expanded", String(!open));
});

const escaped = (value) => value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
document.getElementById("filters").addEventListener("change", (event) => {
  const chosen = event.target.closest("select");
  const where = api.column(Number(chosen.dataset.column));
  const isList = ["8", "10", "11"].includes(chosen.dataset.column);
  const pattern = isList ? `;${escaped(chosen.value)};` : `^${escaped(chosen.value)}$`;
  where.search(chosen.value ? pattern : "", { regex: true, smart: false }).draw();
});
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
