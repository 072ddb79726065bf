// What a step printed, for a comment or a summary: Markdown in which nothing acts on its reader.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { printable } = createRequire(import.meta.url)("../../dist/src/model/printable.js");

/** A file's text; undefined where no step has written it. */
export function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** A code block that opens on a click, of `room` characters at most; empty where they are too few. */
export function section(title, text, room, { open = false } = {}) {
  const lines = text.trim().split("\n").map(printable);
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const [head, tail] = [
    `\n<details${open ? " open" : ""}><summary><code>${title}</code></summary>\n\n${fence}\n`,
    `\n${fence}\n\n</details>\n`,
  ];
  const left = "... the rest is in the run's log";
  let body = "";
  for (const line of lines) {
    if (head.length + body.length + line.length + left.length + tail.length + 2 > room) {
      body += `${left}\n`;
      break;
    }
    body += `${line}\n`;
  }
  const whole = head + body.trimEnd() + tail;
  return whole.length > room ? "" : whole;
}
