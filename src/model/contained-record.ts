import { z } from "zod";
import { ENTITY_KINDS, type Entity, entityKey } from "./entity";

/**
 * What a containment stack wrote down about one entry of its block list, in its output `contained`. The next run reads
 * it: an entry that stands here was let through by the guardrails before, and no guardrail may stop it from being put
 * back.
 */
export interface ContainedRecord extends Entity {
  /** The name as the block list had it. `name` is what the deny is keyed by, and stays when the list is respelt. */
  listed: string;
  /** What the inline policy is called. */
  policyName: string;
  ticket: string;
  /** `gone`: the entity did not exist when it was last looked for. It counts as contained when it is there again. */
  state: "contained" | "gone";
  /** How it is contained, from `formatContainment`, where it is not everything that is denied. */
  how?: string | undefined;
  /** Whether the fallback, AWSDenyAll, is attached in place of the inline policy. */
  attached?: boolean | undefined;
}

const RecordFile = z.object({
  kind: z.enum(ENTITY_KINDS),
  name: z.string().min(1),
  listed: z.string().min(1),
  policyName: z.string().min(1),
  ticket: z.string(),
  state: z.enum(["contained", "gone"]),
  how: z.string().optional(),
  attached: z.boolean().optional(),
});

/**
 * Reads the output `contained` as the last run left it. Pulumi may hand over anything in its place: nothing before the
 * first run, or the marker of a value that a failed run never came to know. What is no record is left out and counted.
 */
export function readRecords(output: unknown): { records: ContainedRecord[]; unreadable: number } {
  if (output === undefined || output === null) return { records: [], unreadable: 0 };
  if (!Array.isArray(output)) return { records: [], unreadable: 1 };
  const results = output.map((item) => RecordFile.safeParse(item));
  const records = results.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return { records, unreadable: results.length - records.length };
}

/** In the order of kind and name, so that a block list in another order gives the same output. */
export function sortRecords(records: readonly ContainedRecord[]): ContainedRecord[] {
  return [...records].sort((a, b) => (entityKey(a) < entityKey(b) ? -1 : 1));
}
