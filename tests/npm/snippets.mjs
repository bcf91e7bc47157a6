// The fenced blocks of the package's README, as they are shipped.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Every block with the heading that it stands below, in order. */
export async function snippets(consumer) {
  const readme = await readFile(join(consumer, "node_modules/kinora/README.md"), "utf8");
  const found = [];
  let heading, open;
  for (const line of readme.split("\n")) {
    if (open) {
      if (line === "```") open = found.push({ ...open, text: open.lines.join("\n") + "\n" }) && undefined;
      else open.lines.push(line);
    } else if (line.startsWith("```")) open = { heading, language: line.slice(3), lines: [] };
    else if (/^#+ /.test(line)) heading = line.replace(/^#+ /, "");
  }
  return found;
}

/** The rows of the table below a heading, as the cells' texts. */
export async function tableOf(consumer, heading) {
  const readme = await readFile(join(consumer, "node_modules/kinora/README.md"), "utf8");
  const [, section] = readme.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`the README has no section "${heading}"`);
  const rows = section.split(/\n## /)[0].split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(2).map((row) => row.split("|").slice(1, -1).map((cell) => cell.trim()));
}
