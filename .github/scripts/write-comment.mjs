// write-comment.mjs FOLDER: prints, as Markdown, what was found out about a change: first who loses and who regains
// access, as `cordon access-changes` wrote it; then what the other steps printed, in which nothing acts on its reader.
import path from "node:path";
import { read, section } from "./log-section.mjs";

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

const changes = read(path.join(folder, "access-changes.md"))?.trimEnd();
let comment = `${MARKER}\n${changes || "**Who loses or regains access could not be found out: the run's log says why.**"}\n`;
for (const { file, title, room } of LOGS) {
  const text = read(path.join(folder, file));
  if (text !== undefined) comment += section(title, text, Math.min(room, MOST - comment.length));
}
process.stdout.write(comment);
