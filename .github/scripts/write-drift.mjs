// write-drift.mjs FOLDER: prints, as Markdown, how the night's comparisons ended, by what `quoted` left in FOLDER.
import path from "node:path";
import { read, section } from "./log-section.mjs";

const [folder] = process.argv.slice(2);

/** GitHub takes a megabyte for a step's summary. */
const ROOM = 200_000;

/** Exit codes of `pulumi preview --expect-no-changes` and `cordon status` (src/cli/exit-codes.ts). */
const COMPARISONS = [
  {
    file: "status.txt",
    title: "cordon status",
    what: "the block list, with IAM",
    codes: {
      0: "as listed, and nobody's time is over",
      1: "**not as listed, overdue, or not known: see below**",
    },
  },
  {
    file: "containment.txt",
    title: "pulumi preview --stack containment",
    what: "the stack `containment`, with AWS",
    codes: { 0: "no drift", 7: "**drift**" },
  },
  {
    file: "hunts.txt",
    title: "pulumi preview --stack hunts",
    what: "the stack `hunts`, with AWS",
    codes: { 0: "no drift", 7: "**drift**" },
  },
];

const found = COMPARISONS.map((each) => {
  const text = read(path.join(folder, each.file));
  const code = read(path.join(folder, `${each.file}.exit`))?.trim();
  return { ...each, text, code, outcome: each.codes[code] ?? "**not known: it could not be compared**" };
});
const fine = found.every(({ code }) => code === "0");

process.stdout.write(`${fine ? "All is as it should be." : "**Somebody has to look at this:** docs/gitops.md says what to do."}

| What was compared | |
|---|---|
${found.map(({ what, outcome }) => `| ${what} | ${outcome} |`).join("\n")}
`);
for (const { title, text, code } of found) {
  if (text !== undefined) process.stdout.write(section(title, text, ROOM, { open: code !== "0" }));
}
