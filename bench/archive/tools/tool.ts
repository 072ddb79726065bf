/** What one process does: one question, asked of one tool. */
export interface Job {
  tool: ToolName;
  /** Of `sweep` and `gunzip`, none. */
  question?: string | undefined;
  /** Folders to search. */
  paths: string[];
  threads: number;
}

export type ToolName = "gunzip" | "parse" | "cordon" | "sweep" | "command" | "duckdb" | "jq" | "ripgrep";

/** What a tool found, and what it took beyond the process that started it. */
export interface Found {
  /** Rows as `lineOf` writes them, in any order. */
  lines: () => string[];
  /** Of tools that are processes of their own: CPU in milliseconds and peak memory in bytes, if they are known. */
  others?: { cpu: number; rss?: number };
  /** Of tools that find events but cannot say what is in them: only how many there are is compared. */
  isCountOnly?: boolean;
}

/** Loads what the tool needs. What it gives is timed. */
export type Tool = (job: Job) => Promise<() => Promise<Found>>;
