/** What `cordon` exits with. Scripts rely on these: a number never changes its meaning. */
export const Exit = {
  /** Done, and nothing was found to be wrong. */
  ok: 0,
  /** A check found a problem, or what was asked could not be done. */
  problem: 1,
  /** The command line is wrong; nothing was done. */
  usage: 2,
  /** Rows were printed, but not all that there are. */
  partial: 3,
  /** A bug in Cordon. As `EX_SOFTWARE` in BSD's sysexits. */
  bug: 70,
  /** Stopped by Ctrl-C. As shells do: 128 and the number of the signal. */
  interrupted: 130,
  /** Stopped by SIGTERM. */
  terminated: 143,
} as const;

export type ExitCode = (typeof Exit)[keyof typeof Exit];

/** The same, for `cordon --help`. */
export const EXIT_CODES_HELP = `Exit codes:
  0    done, nothing is wrong
  1    a check found a problem, or what was asked could not be done
  2    the command line is wrong; nothing was done
  3    partial: rows were printed, but not all that there are
  70   a bug in Cordon
  130  stopped by Ctrl-C (143: by SIGTERM)`;
