import { containmentOf } from "../containment-mode";
import type { ContainmentStatus } from "../containment-status";
import { denyPolicy } from "../deny-policy";
import { type Entity, entityKey, formatEntity } from "../entity";
import { recogniseDeny } from "../recognise-deny";

/** A user of the account, with the groups that it is in. */
export interface Membership extends Entity {
  groups: readonly string[];
}

/** One entity that is watched. */
interface WatchedEntity extends ContainmentStatus {
  /** Names of the inline policies that contained it at any time of the watch, in lower case. */
  carriers: Set<string>;
}

/** Who is watched, and what is known about them from the sweeps so far. */
export class Watched {
  readonly #entities = new Map<string, WatchedEntity>();
  /** Users by key, whom a watched group denies: those who were a member at any time of the watch. */
  readonly #members = new Map<string, { user: Entity; group: Entity }>();

  constructor(private readonly policyName: string) {}

  /**
   * Takes in a sweep.
   *
   * @param statuses of those who are watched, and nobody else.
   * @returns what is otherwise than before; in the first sweep, all.
   */
  update(
    statuses: readonly ContainmentStatus[],
    account: readonly Membership[],
  ): { status: ContainmentStatus; before?: ContainmentStatus }[] {
    const changes: { status: ContainmentStatus; before?: ContainmentStatus }[] = [];
    for (const status of statuses) {
      const key = entityKey(status.entity);
      const before = this.#entities.get(key);
      const carriers = before?.carriers ?? new Set([this.policyName.toLowerCase()]);
      if (status.state === "denied") for (const name of status.policies) carriers.add(name.toLowerCase());
      this.#entities.set(key, { ...status, carriers });
      if (before === undefined) changes.push({ status });
      else if (told(before) !== told(status)) changes.push({ status, before });
    }
    for (const user of account) {
      for (const name of user.groups) {
        const group: Entity = { kind: "group", name };
        if (this.#entities.has(entityKey(group))) {
          this.#members.set(entityKey(user), { user: { kind: user.kind, name: user.name }, group });
        }
      }
    }
    return changes;
  }

  /** The latest status of each, in the list's order. */
  get statuses(): ContainmentStatus[] {
    return [...this.#entities.values()];
  }

  /**
   * Users whom a watched group denied and who are in it no more, unless a deny of their own holds them: nothing that
   * `pulumi up` does brings them back.
   */
  escaped(account: readonly Membership[]): { user: Entity; group: Entity }[] {
    const now = new Map(account.map((entity) => [entityKey(entity), entity]));
    return [...this.#members.values()].filter(({ user, group }) => {
      const found = now.get(entityKey(user));
      if (found === undefined || this.#entities.get(entityKey(user))?.state === "denied") return false;
      return !found.groups.some((name) => entityKey({ kind: "group", name }) === entityKey(group));
    });
  }

  /** Users and roles whose calls are contained calls. */
  get actors(): Entity[] {
    const own = this.statuses.map(({ entity }) => entity).filter(({ kind }) => kind !== "group");
    const keys = new Set(own.map(entityKey));
    return [
      ...own,
      ...[...this.#members.values()].map(({ user }) => user).filter((user) => !keys.has(entityKey(user))),
    ];
  }

  /** `user/ann`, or `user/ann (group/staff)` of a member; undefined for who is not watched. */
  labelOf(actor: Entity): string | undefined {
    const own = this.#entities.get(entityKey(actor));
    if (own !== undefined) return formatEntity(own.entity);
    const member = this.#members.get(entityKey(actor));
    return member && `${formatEntity(member.user)} (${formatEntity(member.group)})`;
  }

  /** Whether it is watched itself. */
  has(entity: Entity): boolean {
    return this.#entities.has(entityKey(entity));
  }

  /**
   * What putting this document under this name does to the entity: `contains` with our document, `weakens` with another
   * one where ours was; undefined where it does not matter, since a deny beats whatever else is there.
   */
  judgePut(entity: Entity, name: string, document: unknown): "contains" | "weakens" | undefined {
    const found = this.#entities.get(entityKey(entity));
    if (found?.entry === undefined) return undefined;
    const expected = denyPolicy(containmentOf(found.entry));
    if (recogniseDeny({ name, document }, this.policyName, expected) === "deny") return "contains";
    return found.carriers.has(name.toLowerCase()) ? "weakens" : undefined;
  }

  /** Whether a policy of that name contained the entity at any time of the watch, or would. */
  carried(entity: Entity, name: string): boolean {
    return this.#entities.get(entityKey(entity))?.carriers.has(name.toLowerCase()) ?? false;
  }
}

function told({ state, policies }: ContainmentStatus): string {
  return [state, ...policies].join(" ");
}
