import { z } from "zod";
import { HuntFile } from "../model/hunt";
import { IncidentFile } from "../model/incident";

/** The files of `runbooks/schema/`, by name: what editors check and complete runbooks with. */
export function runbookSchemas(): Record<string, string> {
  return {
    "hunt.json": schemaText(
      HuntFile,
      "Hunt",
      "One question to CloudTrail. The file's name is the hunt's id.",
    ),
    "incident.json": schemaText(
      IncidentFile,
      "Incident runbook",
      "A whole procedure, from the trigger to the release.",
    ),
  };
}

/** Draft 7, which every editor's YAML support knows. */
function schemaText(schema: z.ZodType, title: string, description: string): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input", target: "draft-7" });
  return `${JSON.stringify({ $schema, title, description, ...rest }, undefined, 2)}\n`;
}
