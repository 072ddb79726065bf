import { z } from "zod";
import { prose, Slug } from "./hunt";
import { Parameter, ParameterName } from "./parameter";

/** Where a value comes from: what the responder started with, or a column of an earlier step's rows. */
export const Binding = z
  .union(
    [
      z.strictObject({
        parameter: ParameterName.describe("One of this runbook's own parameters."),
      }),
      z.strictObject({
        step: Slug.describe("An earlier step: its name, or its hunt where it has no name."),
        column: z.string().min(1).describe("A column of that step's rows."),
      }),
    ],
    "expected { parameter: NAME } or { step: NAME, column: COLUMN }",
  )
  .describe("Either { parameter } or { step, column }.");
export type Binding = z.infer<typeof Binding>;

/** One hunt of the procedure. */
export const Step = z.strictObject({
  hunt: Slug.describe("The hunt's id."),
  name: Slug.optional().describe("What later steps call this one. The hunt's id where it is left out."),
  ask: prose("What this step has to settle before going on."),
  with: z
    .record(ParameterName, Binding)
    .default({})
    .describe("Where each of the hunt's parameters comes from: each of them, and no other."),
  pass: prose("What to carry on from the rows, and what to leave.").optional(),
});
export type Step = z.infer<typeof Step>;

/** Somebody to put on the block list. */
export const ContainStep = z.strictObject({
  entity: z.enum(["user", "role", "group"]).describe("The kind of block-list entry."),
  who: prose("Which ones."),
  from: z.array(Binding).min(1).describe("Where their names or ARNs stand."),
  why: prose("Why this one too, and what it costs."),
});
export type ContainStep = z.infer<typeof ContainStep>;

/** Something that a deny leaves open. */
export const Gap = z.strictObject({
  gap: prose("What a deny does not stop."),
  instead: prose("What to do about it."),
});
export type Gap = z.infer<typeof Gap>;

/** An incident runbook's YAML file: a whole procedure. */
export const IncidentFile = z.strictObject({
  title: prose("The incident, in a few words.").max(120),
  trigger: prose("What sends a responder here."),
  parameters: z
    .record(ParameterName, Parameter)
    .default({})
    .describe("The indicators that the responder starts with."),
  steps: z.array(Step).min(1).describe("The hunts, in order."),
  contain: z.array(ContainStep).min(1).describe("Whom to put on the block list."),
  verify: z.array(prose("One check.")).min(1).describe("How to see that the deny is there and bites."),
  restore: z.array(prose("One step.")).min(1).describe("How to let them back in, in order."),
  notStopped: z.array(Gap).min(1).describe("What a deny does not stop."),
  alsoLook: z
    .array(prose("One source."))
    .default([])
    .describe("Where CloudTrail is silent: S3 server access logs, service last accessed data."),
  source: prose("Where the procedure comes from."),
});
export type IncidentFile = z.infer<typeof IncidentFile>;

/** A whole procedure: which hunts, what is passed on, whom to contain, how to verify and to restore. */
export interface Incident extends IncidentFile {
  /** The file's name without `.yaml`. */
  id: string;
}

/** What other steps call this one. */
export function stepName(step: Pick<Step, "hunt" | "name">): string {
  return step.name ?? step.hunt;
}
