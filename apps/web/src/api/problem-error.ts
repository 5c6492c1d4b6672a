import type { Problem, ProblemCode } from '@lockdesk/contract'

/** The server said no, or that it failed: everything it told is in `problem`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem
  /** How long to wait before asking again, where the server said so. */
  readonly retryAfterMs: number | undefined

  constructor(problem: Problem, retryAfterMs?: number) {
    super(problem.detail ?? problem.title)
    this.problem = problem
    this.retryAfterMs = retryAfterMs
  }

  get code(): ProblemCode {
    return this.problem.code
  }
}

/** No answer of Lockdesk arrived: the network, a proxy in between, or a server that is away. Whether a write happened is not known. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

export function isProblem(error: unknown, ...codes: ProblemCode[]): error is ProblemError {
  return error instanceof ProblemError && (codes.length === 0 || codes.includes(error.code))
}
