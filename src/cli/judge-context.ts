import path from "node:path";
import type { Base, BaseList } from "../git/base";
import { listInBase } from "../git/base";
import type { StackFile } from "../library/stack-files";
import { appliedFrom } from "../model/applied";
import type { JudgeContext } from "../model/check-list";
import type { ContainedRecord } from "../model/contained-record";
import { listedElsewhere } from "../model/listed-elsewhere";
import type { ContainmentStack } from "../model/stack-config";
import { type SnapshotReader, snapshotReader } from "./account-snapshot";
import type { Session } from "./session";

/** What the entries of one stack are judged by, and where that came from. */
export interface StackContext {
  context: JudgeContext;
  /** Whom the base branch lists. */
  list: BaseList;
  /** What could not be found out about the stack files beside it. */
  notes: string[];
}

/** Gathers what the entries of a project's stacks are judged by. The account is read once, however many they are. */
export class JudgeContexts {
  readonly #snapshot: SnapshotReader | undefined;

  /**
   * @param files all stack files of the folder.
   * @param base where the change went out from, or why that is not known.
   * @param options.offline asks no account.
   */
  constructor(
    private readonly files: readonly StackFile[],
    private readonly base: Base | { reason: string },
    { offline = false }: { offline?: boolean },
    private readonly session: Session,
  ) {
    this.#snapshot = offline ? undefined : snapshotReader(session);
  }

  /**
   * @param file the stack's, absolute.
   * @param records what its last run let through, where that is known.
   * @throws CordonError when git or AWS does not answer.
   */
  async of(
    stack: ContainmentStack,
    file: string,
    records: readonly ContainedRecord[] = [],
  ): Promise<StackContext> {
    const list = await listInBase(file, this.base, this.session.io.signal);
    const others = this.files.filter(({ name }) => name !== path.basename(file));
    const { elsewhere, unreadable } = listedElsewhere(stack, others);
    const entities = stack.blockList.map(({ entity }) => entity);
    return {
      context: {
        snapshot: await this.#snapshot?.(stack, entities),
        applied: appliedFrom(records, list.state === "read" ? list.listed : []),
        elsewhere,
        now: Date.now(),
      },
      list,
      notes: unreadable.map((name) => `${name} cannot be read: whom it lists is not known`),
    };
  }
}
