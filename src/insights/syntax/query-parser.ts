import type { Command, Subquery } from "../tree/ast";
import { commandKeywords, findCommand } from "./command-table";
import { ExpressionParser } from "./expressions";
import { suggestion } from "./suggestion";
import { TokenStream, wordOf } from "./token-stream";

/**
 * Reads a query's commands.
 *
 * @throws CordonError with line and column: `insights-syntax`, `insights-unknown-command`,
 * `insights-unknown-function`, `insights-arguments`, `insights-regex`, `insights-limit`, `insights-too-deep`,
 * `insights-saved-query`
 */
export function parseCommands(text: string): Command[] {
  return new QueryParser(new TokenStream(text)).query();
}

class QueryParser {
  readonly #expressions: ExpressionParser;

  constructor(private readonly tokens: TokenStream) {
    this.#expressions = new ExpressionParser(tokens, () => this.subquery());
  }

  query(): Command[] {
    const commands = this.commands();
    if (this.tokens.next.kind !== "end") this.tokens.fail("| and a command, or the end of the query");
    return commands;
  }

  private commands(): Command[] {
    const commands = [this.command()];
    while (this.tokens.acceptSymbol("|")) commands.push(this.command());
    return commands;
  }

  private command(): Command {
    const { tokens } = this;
    const { text, start, kind } = tokens.next;
    if (tokens.isSymbol("$")) {
      return tokens.failAt(
        start,
        "insights-saved-query",
        "calls of saved queries are not supported",
        "write the saved query's text",
      );
    }
    if (kind !== "name" || wordOf(tokens.next) === undefined) tokens.fail("a command");
    const definition = findCommand(text);
    if (definition === undefined) {
      const hint = suggestion(text, commandKeywords());
      return tokens.failAt(start, "insights-unknown-command", `there is no command ${text}`, hint);
    }
    tokens.take();
    return definition.grammar(tokens, this.#expressions, start);
  }

  private subquery(): Subquery {
    const { at } = this.tokens;
    this.tokens.expectSymbol("(");
    const commands = this.tokens.nested(() => this.commands());
    this.tokens.expectSymbol(")", " after the subquery");
    return { kind: "subquery", commands, at };
  }
}
