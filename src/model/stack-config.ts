import { z } from "zod";
import { type BlockListEntry, readBlockList } from "./block-list";
import { DEFAULT_POLICY_NAME, POLICY_NAME } from "./deny-policy";
import { ACCOUNT_ID, type Account, type Entity, partitionOf } from "./entity";
import { readEntityList } from "./entity-list";
import { CordonError, type Problem } from "./error";
import { type HuntSelection, HuntSelectionFile } from "./hunt-selection";
import { type Pipeline, PipelineFile } from "./pipeline";
import { unquotedScalars } from "./quoted-scalars";
import { checkStackKeys } from "./stack-keys";
import { checkYaml, parseYaml } from "./yaml-source";

interface StackBase {
  /** The file's name, as it was given. */
  file: string;
  /** The one AWS account that the stack may touch: twelve digits. */
  accountId: string;
  /** `aws:region`, where the file states it. */
  region?: string;
  /** All of `config`, as the file has it: to compare with what Pulumi makes of it. */
  values: Readonly<Record<string, unknown>>;
}

/** A stack of saved queries: `cordon:hunts`. */
export interface HuntsStack extends StackBase, HuntSelection {
  kind: "hunts";
}

/** A stack of denies: `cordon:blockList`. */
export interface ContainmentStack extends StackBase {
  kind: "containment";
  /** What the inline policies are called: `cordon:policyName`, `DenyAll` where it is absent. */
  policyName: string;
  /** Who applies the block list, the deploy role among them: never to be contained. `cordon:operators`. */
  operators: Entity[];
  /** Who gets in when nothing else works: never to be contained. `cordon:breakGlass`. */
  breakGlass: Entity[];
  /** How many entries one change may add, by `cordon check`: `cordon:maxNewEntries`, 10 where it is absent. */
  maxNewEntries: number;
  /** In the file's order. Empty only where the file says `[]`. */
  blockList: BlockListEntry[];
}

/** A stack of the workflows' roles: `cordon:pipeline`. */
export interface PipelineStack extends StackBase {
  kind: "pipeline";
  pipeline: Pipeline;
}

export type StackConfig = HuntsStack | ContainmentStack | PipelineStack;

const AccountId = z
  .string('the account id is missing or no string: cordon:accountId: "123456789012"')
  .regex(ACCOUNT_ID, "an account id has twelve digits");

const AllowedAccountIds = z
  .array(AccountId, "aws:allowedAccountIds must be a list that holds the account of cordon:accountId")
  .length(1, "aws:allowedAccountIds must hold exactly one account, that of cordon:accountId");

const Region = z.string("aws:region must be a string").optional();

const PolicyName = z
  .string("cordon:policyName must be a string")
  .regex(POLICY_NAME, "a policy's name has 1 to 128 letters, digits and _ + = , . @ -")
  .default(DEFAULT_POLICY_NAME);

/** How many entries a change adds at most, where the stack's file does not say. */
export const DEFAULT_MAX_NEW_ENTRIES = 10;

const MaxNewEntries = z
  .string('cordon:maxNewEntries must be a string: cordon:maxNewEntries: "25"')
  .regex(/^[1-9]\d{0,3}$/, "cordon:maxNewEntries is a number from 1 to 9999")
  .transform(Number)
  .default(DEFAULT_MAX_NEW_ENTRIES);

/**
 * Reads a stack's YAML file, `Pulumi.<stack>.yaml`. It holds exactly one of `cordon:hunts`, `cordon:blockList` and
 * `cordon:pipeline`; nothing that could be a slip (an unknown key, an absent list, a value that YAML readers disagree about) is let
 * through, since a slip would release everybody.
 *
 * @param file how the file is called in problems.
 * @param options.now milliseconds since the epoch, this instant by default.
 * @throws CordonError with every problem found, each with file, line and column.
 */
export function parseStackFile(text: string, file: string, options: { now?: number } = {}): StackConfig {
  const source = parseYaml(text, file);
  const { config, problems } = checkStackKeys(source);
  if (config === undefined) throw new CordonError(problems);

  const take = <T>(
    key: string,
    result: { value: T; problems?: never } | { value?: never; problems: Problem[] },
  ) => {
    const unquoted = key in config ? unquotedScalars(source, ["config", key]) : [];
    const places = new Set(unquoted.map(({ place }) => `${place?.line}:${place?.column}`));
    problems.push(...unquoted);
    problems.push(
      ...(result.problems ?? []).filter(({ place }) => !places.has(`${place?.line}:${place?.column}`)),
    );
    return result.value;
  };
  const check = <T>(key: string, schema: z.ZodType<T>) =>
    take(key, checkYaml(source, schema, ["config", key]));

  const accountId = check("cordon:accountId", AccountId);
  const allowed = check("aws:allowedAccountIds", AllowedAccountIds);
  const region = check("aws:region", Region);
  if (accountId !== undefined && allowed !== undefined && allowed[0] !== accountId) {
    problems.push({
      code: "stack-account-mismatch",
      message: `aws:allowedAccountIds holds ${allowed[0]}, cordon:accountId is ${accountId}`,
      hint: "both name the one account that the stack may touch",
      place: source.place(["config", "aws:allowedAccountIds", 0]),
    });
  }
  const policyName = check("cordon:policyName", PolicyName);
  const maxNewEntries = check("cordon:maxNewEntries", MaxNewEntries);
  const account: Account | undefined =
    accountId === undefined ? undefined : { id: accountId, partition: partitionOf(region) };
  const now = options.now ?? Date.now();
  const people = (key: "cordon:operators" | "cordon:breakGlass") =>
    key in config ? take(key, readEntityList(source, ["config", key], account)) : [];
  const operators = people("cordon:operators");
  const breakGlass = people("cordon:breakGlass");
  const hunts = "cordon:hunts" in config ? check("cordon:hunts", HuntSelectionFile) : undefined;
  const pipeline = "cordon:pipeline" in config ? check("cordon:pipeline", PipelineFile) : undefined;
  const blockList =
    "cordon:blockList" in config
      ? take("cordon:blockList", readBlockList(source, ["config", "cordon:blockList"], account, now))
      : undefined;

  if (problems.length === 0 && accountId !== undefined) {
    const base: StackBase = { file, accountId, ...(region !== undefined && { region }), values: config };
    if (pipeline !== undefined) return { kind: "pipeline", ...base, pipeline };
    if (hunts !== undefined) return { kind: "hunts", ...base, ...hunts };
    if (blockList && policyName !== undefined && operators && breakGlass && maxNewEntries !== undefined) {
      return { kind: "containment", ...base, policyName, operators, breakGlass, maxNewEntries, blockList };
    }
  }
  throw new CordonError(sorted(problems));
}

function sorted(problems: Problem[]): Problem[] {
  return problems.sort(
    ({ place: a }, { place: b }) => (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0),
  );
}
