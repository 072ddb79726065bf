import { type AccessChange, entryContent, type SettingChange } from "./access-change";
import type { BlockListEntry } from "./block-list";
import { containmentOf, MODE_SCOPE } from "./containment-mode";
import type { Containment } from "./deny-policy";

/** A sentence in pieces: our own words, and what somebody else may have written, which each output makes inert. */
export type Words = readonly (string | { foreign: string })[];

/** What happens to the entity of a change. @param now milliseconds since the epoch. */
export function accessWords({ effect, entry, before }: AccessChange, now: number): Words {
  const scope = scopeWords(entry, now);
  const isGroup = entry.entity.kind === "group";
  const [loses, regains] = isGroup ? ["each member loses ", "each member regains "] : ["loses ", "regains "];
  if (effect === "regains") return [regains, ...scope];
  const rest = [...overrideWords(entry, before), ...(before ? detailWords(before, entry) : [])];
  if (effect === "loses" || before === undefined) return [loses, ...scope, ...rest];
  if (effect === "entry-changes") return ["stays blocked as it is", ...rest];
  if (containmentOf(before).mode === "deny") return ["regains access, but loses ", ...scope, ...rest];
  return ["loses ", ...scope, "; until now it was ", ...scopeWords(before, now), ...rest];
}

/** What is lost, in a few words. An instant that is yet to come denies everything until then (`docs/modes.md`). */
function scopeWords(entry: BlockListEntry, now: number): Words {
  const containment = containmentOf(entry);
  switch (containment.mode) {
    case "deny":
      return ["all access"];
    case "revoke-sessions":
      return Date.parse(containment.issuedBefore) > now
        ? ["all access until ", { foreign: containment.issuedBefore }, ", and all sessions from before"]
        : ["the sessions issued before ", { foreign: containment.issuedBefore }];
    case "deny-session":
      return ["every session named ", { foreign: containment.session }];
  }
}

/** A guardrail that the entry sets aside is what a reviewer has to decide about. */
function overrideWords({ override = [] }: BlockListEntry, before: BlockListEntry | undefined): Words {
  const known = new Set((before?.override ?? []).map(({ rule, reason }) => `${rule} ${reason}`));
  return override
    .filter(({ rule, reason }) => !known.has(`${rule} ${reason}`))
    .flatMap(({ rule, reason }) => ["; overrides ", { foreign: rule }, ": ", { foreign: reason }]);
}

/** Keys that say how it is blocked are in the scope, and overrides have words of their own. */
const SAID = new Set(["mode", "issuedBefore", "session"]);

function detailWords(before: BlockListEntry, after: BlockListEntry): Words {
  const [was, is] = [entryContent(before), entryContent(after)];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return keys
    .filter((key) => !SAID.has(key) && valueText(was[key]) !== valueText(is[key]))
    .flatMap((key): Words => {
      if (key === "override") return is[key] === undefined ? ["; overrides nothing any more"] : [];
      const old = [{ foreign: valueText(was[key]) }];
      return [`; ${key} was `, ...(was[key] === undefined ? ["absent"] : old), ...newValue(is[key])];
    });
}

function newValue(value: unknown): Words {
  return value === undefined ? [", is taken out"] : [", is ", { foreign: valueText(value) }];
}

function valueText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** What a setting decides, where it is Cordon's; other ones are the provider's and decide where it writes. */
const SETTINGS: Readonly<Record<string, string>> = {
  "cordon:accountId": "the account in which everybody on the list is blocked",
  "aws:allowedAccountIds": "the account that the provider may touch",
  "cordon:policyName": "every deny is put anew under this name, then the old one is deleted",
  "cordon:operators": "who cannot be put on the list, because they apply it",
  "cordon:breakGlass": "who cannot be put on the list, because they get in when nothing else works",
};

export function settingWords({ key, before, after }: SettingChange): Words {
  const meaning =
    SETTINGS[key] ?? "a setting of the provider or of Pulumi, which decides where and how denies are put";
  const was: Words = before === undefined ? ["was absent"] : ["was ", { foreign: valueText(before) }];
  return [`${meaning}: `, ...was, ...newValue(after)];
}

/** What the modes stop that somebody newly loses access by, and what they do not. */
export function modeScopes(changes: readonly AccessChange[]): { mode: Containment["mode"]; text: string }[] {
  const modes = changes
    .filter(({ effect }) => effect === "loses" || effect === "blocked-otherwise")
    .map(({ entry }) => containmentOf(entry).mode);
  return [...new Set(modes)].map((mode) => {
    const { stops, leaves } = MODE_SCOPE[mode];
    return { mode, text: `stops ${stops}. It does not stop ${leaves}.` };
  });
}

/** `2 lose access, 1 regains it, 1 entry changes`. */
export function accessSummary(changes: readonly AccessChange[]): string {
  const count = (effect: AccessChange["effect"]) =>
    changes.filter((change) => change.effect === effect).length;
  const parts: [number, string, string][] = [
    [count("loses"), "loses access", "lose access"],
    [count("regains"), "regains access", "regain access"],
    [count("blocked-otherwise"), "is blocked otherwise", "are blocked otherwise"],
    [
      count("entry-changes"),
      "stays blocked while its entry changes",
      "stay blocked while their entries change",
    ],
  ];
  const said = parts
    .filter(([number]) => number > 0)
    .map(([number, one, many]) => `${number} ${number === 1 ? one : many}`);
  return said.length === 0 ? "Nobody loses or regains access" : said.join(", ");
}
