import { z } from "zod";
import { type Tactic, Technique, tactics } from "./attack";
import { CordonError } from "./error";
import { Parameter, ParameterName } from "./parameter";
import { render } from "./render";

/** A kebab-case slug: the id of a hunt or an incident, its file's name, and a hunt's Pulumi logical name. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "an id is a kebab-case slug: access-key-activity")
  .max(80);

/** A text for people, in a runbook: never empty, and without the line ends that YAML leaves at its end. */
export const prose = (description: string) =>
  z
    .string()
    .overwrite((text) => text.trimEnd())
    .min(1)
    .describe(description);

/** How the events that a filter pattern matches relate to those that the query's filter matches. */
export const MatchWord = z.enum(["same", "narrower", "wider"]);
export type MatchWord = z.infer<typeof MatchWord>;

/** The same question for `filter-log-events`, and how well the pattern answers it. */
export const HuntFilterPattern = z.strictObject({
  pattern: prose("A CloudWatch Logs filter pattern. A {{placeholder}} stands inside double quotes."),
  match: MatchWord.describe(
    "same: the pattern matches the events that the query's filter matches. narrower: only some of them. wider: others too.",
  ),
});

/** A hunt's YAML file: one question to CloudTrail. */
export const HuntFile = z.strictObject({
  title: prose("What the hunt finds. The last part of the saved query's name, so no : * or /."),
  question: prose("The question that its rows answer."),
  why: prose("Why a responder asks it: what attackers do that it shows."),
  attack: z.array(Technique).default([]).describe("ATT&CK techniques: T1234 or T1234.001."),
  parameters: z
    .record(ParameterName, Parameter)
    .default({})
    .describe("What the responder fills in. Each stands in the query as {{name}}."),
  query: prose("The CloudWatch Logs Insights query. A {{placeholder}} stands inside quotes."),
  filterPattern: HuntFilterPattern.describe(
    "The same question for filter-log-events, where Logs Insights is not at hand.",
  ).optional(),
  read: prose("How to read the rows: what is normal, what is not, what is easily misread."),
  next: z.array(Slug).default([]).describe("Ids of the hunts to run next."),
  source: prose("Where the hunt comes from."),
});
export type HuntFile = z.infer<typeof HuntFile>;

/** One question to CloudTrail. */
export interface Hunt extends HuntFile {
  /** The file's name without `.yaml`; unique over all folders. */
  id: string;
  /** The folder: an ATT&CK tactic, or `triage`. */
  tactic: Tactic;
}

/** The saved query's name in the CloudWatch console: `Incident Response/<Tactic>/<Title>`. */
export function queryDefinitionName(hunt: Pick<Hunt, "title" | "tactic">): string {
  return `Incident Response/${tactics[hunt.tactic]}/${hunt.title}`;
}

/** Each parameter at its example. */
export function exampleValues(hunt: Pick<Hunt, "parameters">): Record<string, string> {
  return Object.fromEntries(Object.entries(hunt.parameters).map(([name, { example }]) => [name, example]));
}

/**
 * The query with each `{{placeholder}}` replaced by its value, literally.
 *
 * @throws CordonError with every value that is missing, unknown, not of its type, or could change what the query means.
 */
export function renderQuery(
  hunt: Pick<Hunt, "id" | "parameters" | "query">,
  values: Readonly<Record<string, string>>,
): string {
  return render(hunt.query, "insights", hunt.parameters, values, `hunt "${hunt.id}"`);
}

/**
 * The filter pattern with each `{{placeholder}}` replaced by its value, literally. All of the hunt's parameters are
 * asked for, also those that the pattern leaves out.
 *
 * @throws CordonError as `renderQuery`, and when the hunt has no filter pattern.
 */
export function renderFilterPattern(
  hunt: Pick<Hunt, "id" | "parameters" | "filterPattern">,
  values: Readonly<Record<string, string>>,
): string {
  if (hunt.filterPattern === undefined) {
    throw new CordonError({
      code: "hunt-without-filter-pattern",
      message: `hunt "${hunt.id}" has no filter pattern`,
      hint: "run it as a query",
    });
  }
  return render(hunt.filterPattern.pattern, "filter-pattern", hunt.parameters, values, `hunt "${hunt.id}"`);
}
