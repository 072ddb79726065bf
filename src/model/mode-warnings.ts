import type { BlockListEntry } from "./block-list";
import type { ContainedRecord } from "./contained-record";
import { containmentOf, formatContainment, MODE_SCOPE } from "./containment-mode";
import { entityKey, formatEntity } from "./entity";
import type { Problem } from "./error";

/**
 * What a reviewer of the preview has to know about an entry's mode.
 *
 * @param record what the last run left about the entity: what was said then is not said again.
 * @param now milliseconds since the epoch.
 */
export function modeWarnings(
  entry: BlockListEntry,
  record: ContainedRecord | undefined,
  now: number,
): Problem[] {
  const containment = containmentOf(entry);
  const who = formatEntity(entry.entity);
  const warning = (code: string, message: string, hint: string): Problem => ({
    code,
    message,
    hint,
    place: entry.place,
  });
  const warnings: Problem[] = [];
  const how = formatContainment(containment);
  const isNew = record === undefined || (record.how ?? "deny") !== how;
  if (isNew && (containment.mode !== "deny" || record !== undefined)) {
    const { stops, leaves } = MODE_SCOPE[containment.mode];
    warnings.push(warning("mode-scope", `${who}: ${how} stops ${stops}`, `it does not stop ${leaves}`));
  }
  if (containment.mode !== "revoke-sessions") return warnings;
  const { issuedBefore } = containment;
  if (Date.parse(issuedBefore) > now) {
    const message = `${who}: until ${issuedBefore} everything is denied, to sessions that are yet to be issued too`;
    warnings.push(warning("mode-instant-ahead", message, "sessions issued from then on work"));
  } else if (isNew) {
    const message = `${who}: sessions issued from ${issuedBefore} until now stay alive`;
    warnings.push(
      warning("mode-instant-past", message, "move issuedBefore a little ahead of when this is applied"),
    );
  }
  return warnings;
}

/**
 * What the mode `deny` stops and what not, in a line, where a run newly contains somebody by it: once for all of them,
 * since it is the usual mode.
 *
 * @param records what the last run left.
 */
export function denyScope(
  blockList: readonly BlockListEntry[],
  records: readonly ContainedRecord[],
): string | undefined {
  const known = new Set(records.map(entityKey));
  const isNew = ({ entity, mode = "deny" }: BlockListEntry) =>
    mode === "deny" && !known.has(entityKey(entity));
  if (!blockList.some(isNew)) return undefined;
  const { stops, leaves } = MODE_SCOPE.deny;
  return `deny stops ${stops}; it does not stop ${leaves}`;
}
