// write-comment.mjs FOLDER: prints, as Markdown, what was found out about a change: first who loses and who regains
// access, as `cordon access-changes` wrote it; then what the other steps printed, in which nothing acts on its reader.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const { printable } = createRequire(import.meta.url)("../../dist/src/model/printable.js");
const [folder] = process.argv.slice(2);

/** By this the comment is found again, to be put in its own place. */
const MARKER = "<!-- cordon: access changes -->";
/** GitHub takes 65,536 characters for a comment. */
const MOST = 65_000;

const LOGS = [
  { file: "check.txt", title: "cordon check", room: 10_000 },
  { file: "containment.txt", title: "pulumi preview --stack containment", room: MOST },
  { file: "hunts.txt", title: "pulumi preview --stack hunts", room: MOST },
];

const changes = read("access-changes.md")?.trimEnd();
let comment = `${MARKER}\n${changes || "**Who loses or regains access could not be found out: the run's log says why.**"}\n`;
for (const { file, title, room } of LOGS) {
  const text = read(file);
  if (text !== undefined) comment += section(title, text, Math.min(room, MOST - comment.length));
}
process.stdout.write(comment);

function read(file) {
  try {
    return readFileSync(path.join(folder, file), "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** What a step printed, as a code block that opens on a click. */
function section(title, text, room) {
  const lines = text.trim().split("\n").map(printable);
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const [head, tail] = [
    `\n<details><summary><code>${title}</code></summary>\n\n${fence}\n`,
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
