import { z } from "zod";

/** A log group's name (CloudWatch Logs API Reference, PutQueryDefinition, logGroupNames). */
const LogGroup = z
  .string("a log group is given by its name, a string")
  .regex(
    /^[.\-_/#A-Za-z0-9]{1,512}$/,
    "a log group's name has letters, digits and . - _ / # only; it is no ARN",
  );

/** What the stack's file says about saved queries: `cordon:hunts`. */
export const HuntSelectionFile = z.strictObject(
  {
    logGroups: z
      .array(LogGroup, "logGroups is missing: the log groups that CloudTrail writes to, as a list")
      .min(1, "logGroups is empty: name the log group that CloudTrail writes to")
      // CloudWatch Logs API Reference, StartQuery: "up to 50 log groups".
      .max(50, "a query goes over at most 50 log groups")
      .transform((names) => [...new Set(names)].sort()),
    only: z
      .array(z.string("a hunt's id or a tactic is a string"), "only is a list of hunts' ids and tactics")
      .min(1, "only is empty: leave it out to get all hunts")
      .optional(),
    parameters: z
      .record(
        z.string(),
        z.record(
          z.string(),
          z.string("a parameter's value is a string"),
          "a hunt's values stand below its id",
        ),
        "parameters holds values by hunt and parameter",
      )
      .default({}),
  },
  "cordon:hunts must be a mapping with logGroups",
);

/** Which hunts become saved queries, for which log groups, with which values. */
export interface HuntSelection {
  /** The log groups that each saved query is for, sorted, without duplicates. */
  logGroups: string[];
  /** Which hunts: ids and tactics, as the file gives them. All, where it is absent. */
  only?: string[] | undefined;
  /** Values of parameters by hunt id and parameter name. A parameter that is not named here gets its example. */
  parameters: Record<string, Record<string, string>>;
}
