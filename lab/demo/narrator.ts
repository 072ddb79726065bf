import { styleText } from "node:util";
import { type Io, wantsColour } from "../../src/cli/io";
import { CordonError } from "../../src/model/error";
import { printable } from "../../src/model/printable";

type Style = Parameters<typeof styleText>[0];

/** Tells the story on a terminal, and keeps count of what was seen to hold. */
export class Narrator {
  private step = 0;
  private held = 0;

  constructor(private readonly io: Io) {}

  /** How many checks held so far. */
  get checks(): number {
    return this.held;
  }

  title(text: string): void {
    this.step += 1;
    this.line(`\n${this.styled("bold", `${this.step}. ${text}`)}`);
  }

  say(text: string): void {
    this.line(`   ${text}`);
  }

  /** A command as a person would type it. */
  command(words: readonly string[]): void {
    const shown = words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`)).join(" ");
    this.line(`   ${this.styled("cyan", `$ ${printable(shown)}`)}`);
  }

  /** What a command printed, line by line. */
  output(text: string): void {
    for (const line of text.trimEnd().split("\n"))
      this.line(`   ${this.styled("gray", `| ${printable(line)}`)}`);
  }

  /** One line of a file that changed. */
  added(line: string): void {
    this.line(`   ${this.styled("green", `+ ${printable(line)}`)}`);
  }

  /**
   * States what was seen, and stops the story when it is not what was to be seen.
   *
   * @throws CordonError `demo-failed`
   */
  check(expected: string, holds: boolean, seen: string): void {
    const detail = this.styled("gray", ` (${printable(seen)})`);
    if (!holds) {
      this.line(`   ${this.styled("red", "NOT SO")} ${printable(expected)}${detail}`);
      throw new CordonError({
        code: "demo-failed",
        message: `expected: ${expected}; seen: ${seen}`,
        hint: "please report it with all that was printed",
      });
    }
    this.held += 1;
    this.line(`   ${this.styled("green", "ok")} ${printable(expected)}${detail}`);
  }

  private styled(style: Style, text: string): string {
    return wantsColour(this.io.stdout, this.io.env)
      ? styleText(style, text, { validateStream: false } as Parameters<typeof styleText>[2])
      : text;
  }

  private line(text: string): void {
    this.io.stdout.write(`${text}\n`);
  }
}
