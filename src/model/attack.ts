import { z } from "zod";

/** The version of MITRE ATT&CK whose names and ids the runbooks use. */
export const ATTACK_VERSION = 19;

/**
 * The folders under `runbooks/hunts/`, in the order of an attack: `triage` for hunts that start from an indicator, then
 * the tactics of ATT&CK Enterprise. Version 19 split Defense Evasion into Stealth and Defense Impairment.
 */
export const tactics = {
  triage: "Triage",
  reconnaissance: "Reconnaissance",
  "resource-development": "Resource Development",
  "initial-access": "Initial Access",
  execution: "Execution",
  persistence: "Persistence",
  "privilege-escalation": "Privilege Escalation",
  stealth: "Stealth",
  "defense-impairment": "Defense Impairment",
  "credential-access": "Credential Access",
  discovery: "Discovery",
  "lateral-movement": "Lateral Movement",
  collection: "Collection",
  "command-and-control": "Command and Control",
  exfiltration: "Exfiltration",
  impact: "Impact",
} as const;

export type Tactic = keyof typeof tactics;

export function isTactic(folder: string): folder is Tactic {
  return Object.hasOwn(tactics, folder);
}

/** An ATT&CK technique id, `T1078`, or a sub-technique's, `T1078.004`. */
export const Technique = z
  .string()
  .regex(/^T\d{4}(?:\.\d{3})?$/, "an ATT&CK technique is written T1078 or T1078.004");
