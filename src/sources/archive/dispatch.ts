import { fieldReader } from "../../insights";
import type { EventView } from "../../model/log-event";
import type { Answer } from "./answer";

/** Answers that need the same field. */
interface Group {
  read: (record: EventView["record"]) => unknown;
  /** Those for which it is enough that the field is there. */
  present: Answer[];
  /** Those that need one of some values. */
  byValue: Map<unknown, Answer[]>;
}

const NOBODY: readonly Answer[] = [];

/** Leads each event to those answers only that can have a use for it: each field is read once for all of them. */
export class Dispatcher {
  readonly #groups: readonly Group[];
  /** Those that look at every event. */
  readonly #always: readonly Answer[];

  constructor(answers: readonly Answer[]) {
    const groups = new Map<string, Group>();
    for (const answer of answers) {
      if (answer.need === undefined) continue;
      const { keys, values } = answer.need;
      const id = JSON.stringify(keys);
      const group: Group = groups.get(id) ?? { read: fieldReader(keys), present: [], byValue: new Map() };
      groups.set(id, group);
      if (values === undefined) group.present.push(answer);
      else
        for (const value of values) group.byValue.set(value, [...(group.byValue.get(value) ?? []), answer]);
    }
    this.#groups = [...groups.values()];
    this.#always = answers.filter(({ need }) => need === undefined);
  }

  take(view: EventView, position: number): void {
    for (const answer of this.#always) answer.takeView(view, position);
    for (const { read, present, byValue } of this.#groups) {
      const value = read(view.record);
      if (value === null) continue;
      for (const answer of present) answer.takeView(view, position);
      for (const answer of byValue.get(value) ?? NOBODY) answer.takeView(view, position);
    }
  }
}
