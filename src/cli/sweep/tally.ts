/** How many there are of one name. */
export interface Tally {
  name: string;
  count: number;
}

/** Adds up the counts of equal names, most first. What has no name is left out. */
export function tallies(counts: Iterable<readonly [name: string | undefined, count: number]>): Tally[] {
  const sums = new Map<string, number>();
  for (const [name, count] of counts) if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + count);
  return [...sums]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** Names that a line holds at most. */
const MOST = 3;

/** `DeleteTrail 3, StopLogging 3, 2 more` */
export function tallyText(all: readonly Tally[]): string {
  const shown = all.slice(0, MOST).map(({ name, count }) => `${name} ${count}`);
  return [...shown, ...(all.length > MOST ? [`${all.length - MOST} more`] : [])].join(", ");
}
