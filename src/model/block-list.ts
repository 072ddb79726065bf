import type { Entity } from "./entity";
import type { Place } from "./error";

/** One entry of the block list: who is contained, and what a reviewer must know about it. */
export interface BlockListEntry {
  entity: Entity;
  /** Why, in one line. */
  reason: string;
  /** Where the case is recorded: `INC-2041`. */
  ticket: string;
  /** Whom to ask, and who decides about the release. */
  owner: string;
  /** When it was decided: an ISO 8601 instant in UTC. */
  since: string;
  /** Where the entry stands. */
  place: Place;
}
