import { OPEN_QUESTIONS } from "./open-questions";
import { MAX_PATTERN_LENGTH } from "./parse";
import { MAX_REGEXES } from "./parse-comparison";
import { MAX_WILDCARDS } from "./parse-json";
import { type Construct, REGEXES, SOURCES, TERMS } from "./reference";
import { DELIMITED, JSON_PATTERNS } from "./reference-structured";

/** The text of docs/filter-patterns.md. `npm run generate` writes it. */
export function referencePage(): string {
  const sources = Object.entries(SOURCES).map(([name, url]) => `[${name}]: ${url}`);
  return [
    "# Filter patterns",
    "",
    "<!-- Written by npm run generate from src/filter-pattern/reference.ts. -->",
    "",
    "What `FilterLogEvents`, metric filters, subscription filters and Live Tail take, and what Cordon evaluates where",
    "CloudWatch is not at hand. A test runs each example on both of its messages. What is not listed is refused, with the",
    "place and the reason.",
    "",
    `A pattern has at most ${MAX_PATTERN_LENGTH} characters, ${MAX_REGEXES} regular expressions in a JSON or space-delimited`,
    `pattern, 1 wildcard in a selector and ${MAX_WILDCARDS} in all. Every pattern runs in time linear in the message.`,
    "",
    ...table("Terms", TERMS),
    ...table("Regular expressions", REGEXES),
    ...table("JSON patterns", JSON_PATTERNS),
    ...table("Space-delimited patterns", DELIMITED),
    "## What AWS leaves open",
    "",
    "The documentation does not say, or what was seen differs from it. Until it is known, Cordon does this:",
    "",
    "| Question | Cordon |",
    "|---|---|",
    ...OPEN_QUESTIONS.map(({ question, answer }) => `| ${question} | ${answer} |`),
    "",
    ...sources,
    "",
  ].join("\n");
}

function table(title: string, constructs: readonly Construct[]): string[] {
  return [
    `## ${title}`,
    "",
    "| Construct | Example | Matches | Does not | Source |",
    "|---|---|---|---|---|",
    ...constructs.map(({ name, pattern, matches, differs, source }) => {
      const cells = [pattern, matches].map(code);
      return `| ${name} | ${cells.join(" | ")} | ${differs === undefined ? "" : code(differs)} | [${source}] |`;
    }),
    "",
  ];
}

function code(text: string): string {
  if (text === "") return "(empty)";
  return `\`${text.replace(/\|/g, "\\|").replace(/\t/g, "\\t")}\``;
}
