import type { SavedQuery } from "../../aws/query-definitions";

/** The console folder that is Cordon's. Nothing outside of it is ever touched. */
export const OUR_FOLDER = "Incident Response/";

/** What a saved query in our folder is to us. */
export interface Judged extends SavedQuery {
  /**
   * - `kept`: a stack has it, or, where no stack's ids are known, it is the only one of its name.
   * - `duplicate`: no stack has it, but one has another of this name.
   * - `ambiguous`: several have this name, and nobody has said which one is a stack's.
   * - `stray`: the only one of its name, and no stack has it.
   */
  verdict: "kept" | "duplicate" | "ambiguous" | "stray";
}

/**
 * Judges the saved queries in our folder. AWS does not hold names to be unique: a create that was interrupted leaves a
 * saved query that Pulumi does not know, and the next `pulumi up` makes a second one of the same name.
 *
 * @param queries as AWS lists them; those outside of our folder are dropped.
 * @param known ids of the saved queries that the stacks know, where they were given.
 */
export function judge(queries: readonly SavedQuery[], known: ReadonlySet<string> | undefined): Judged[] {
  const ours = queries.filter(({ name }) => name.startsWith(OUR_FOLDER));
  return ours.map((query) => {
    const namesakes = ours.filter(({ name, id }) => name === query.name && id !== query.id);
    return { ...query, verdict: verdict(query, namesakes, known) };
  });
}

function verdict(
  { id }: SavedQuery,
  namesakes: readonly SavedQuery[],
  known: ReadonlySet<string> | undefined,
): Judged["verdict"] {
  if (known?.has(id)) return "kept";
  if (namesakes.some((other) => known?.has(other.id))) return "duplicate";
  if (namesakes.length > 0) return "ambiguous";
  return known === undefined ? "kept" : "stray";
}
