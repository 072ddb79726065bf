import type { Problem } from "../model/error";
import type { Hunt } from "../model/hunt";
import type { Incident } from "../model/incident";

/** All runbooks, checked. Both maps go by id and are sorted by it. */
export interface Library {
  hunts: ReadonlyMap<string, Hunt>;
  incidents: ReadonlyMap<string, Incident>;
}

/**
 * Loads `runbooks/` under `root`.
 *
 * @throws CordonError with every problem of every file, sorted by place.
 */
export declare function loadLibrary(root: string): Library;

/** Every problem of every file in `runbooks/` under `root`, sorted by place. Empty when all is well. */
export declare function lintLibrary(root: string): Problem[];
