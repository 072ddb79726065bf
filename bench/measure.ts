/** Wall times of one thing done several times, in milliseconds. */
export interface Times {
  min: number;
  median: number;
  max: number;
}

/**
 * Does each of `things` `rounds` times, in turn, so that a machine that slows down slows all of them; one round before
 * that is not counted.
 */
export async function measure<Name extends string>(
  things: Record<Name, () => Promise<unknown> | unknown>,
  rounds: number,
): Promise<Record<Name, Times>> {
  const names = Object.keys(things) as Name[];
  const taken = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const began = performance.now();
      await things[name]();
      if (round > 0) taken.get(name)?.push(performance.now() - began);
    }
  }
  return Object.fromEntries(names.map((name) => [name, summary(taken.get(name) ?? [])])) as Record<
    Name,
    Times
  >;
}

export function summary(milliseconds: readonly number[]): Times {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    min: at(0),
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    max: at(sorted.length - 1),
  };
}

/** `| what | median | min to max | ratio |` with the ratio of medians to the thing named as the peer. */
export function table(rows: readonly { what: string; times: Times; peer?: Times }[]): string {
  const seconds = (value: number) => (value / 1000).toFixed(value < 10_000 ? 2 : 1);
  return [
    "| what | median, s | min to max, s | times its peer |",
    "|---|---|---|---|",
    ...rows.map(({ what, times, peer }) =>
      [
        "",
        what,
        seconds(times.median),
        `${seconds(times.min)} to ${seconds(times.max)}`,
        peer ? (times.median / peer.median).toFixed(2) : "",
        "",
      ]
        .join(" | ")
        .trim(),
    ),
  ].join("\n");
}
