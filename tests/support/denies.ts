import { setTimeout as delay } from "node:timers/promises";
import type { Call } from "../../lab/gateway";

/** `user/mallory` of a call that touches somebody's inline policy, and `undefined` for any other. */
function holder({ parameters }: Call): string | undefined {
  for (const kind of ["User", "Role", "Group"]) {
    const name = parameters[`${kind}Name`];
    if (typeof name === "string") return `${kind.toLowerCase()}/${name}`;
  }
  return undefined;
}

const POLICY_CALL = /^(Put|Delete)(User|Role|Group)Policy$/;

/**
 * Follows, from the calls that went through the gateway, who bears which deny-all policies at each moment. IAM changes
 * one policy a call, so looking after each call sees every state that there ever was.
 */
export class DenyWatch {
  private readonly policies = new Map<string, Set<string>>();
  /** Whose last deny was taken off, in order. */
  readonly released: string[] = [];

  /** Give this to `gateway.onCall`. */
  readonly listen = (call: Call): void => {
    const match = POLICY_CALL.exec(call.eventName);
    const who = holder(call);
    if (match === null || who === undefined || call.errorCode !== undefined) return;
    const held = this.policies.get(who) ?? new Set();
    this.policies.set(who, held);
    const name = String(call.parameters.PolicyName);
    if (match[1] === "Put" && deniesAll(String(call.parameters.PolicyDocument))) held.add(name);
    else if (held.delete(name) && held.size === 0) this.released.push(who);
  };

  /** Whoever bears a deny now, sorted. */
  denied(): string[] {
    return [...this.policies]
      .filter(([, held]) => held.size > 0)
      .map(([who]) => who)
      .sort();
  }

  /** Resolves once `who` is denied. */
  async until(who: string): Promise<void> {
    while (!this.denied().includes(who)) await delay(5);
  }
}

function deniesAll(document: string): boolean {
  const { Statement: statements } = JSON.parse(document) as { Statement: unknown };
  return (Array.isArray(statements) ? statements : [statements]).some(
    ({ Effect, Action, Resource, ...rest }: Record<string, unknown>) =>
      Effect === "Deny" && String(Action) === "*" && String(Resource) === "*" && !("Condition" in rest),
  );
}
