/**
 * What is left of the calls that one credential may send: plain data, so that replicas can share it. Times are milliseconds of any clock that does
 * not run backwards.
 */
export interface BudgetState {
  /** What everybody draws from; below nothing where people overdrew it. */
  all: Level
  /** The quarter that is the sweeps' whatever people do. */
  own: Level
  /** The rate in force: halved when the cloud throttles, given back little by little. */
  perMinute: number
  halvedAt: number | null
  /** Where the present minute without throttling began. */
  cleanSince: number | null
  /** Until when sweeps are silent. */
  pausedUntil: number | null
  /** How many calls were sent in which second, of the last minute. */
  sent: [second: number, count: number][]
}

interface Level {
  tokens: number
  at: number
}

const burst = 5
const shareOfSweeps = 0.25
const lowest = 10
const halveAtMostEveryMs = 10_000
const minuteMs = 60_000
/** Of the configured rate, for each minute without throttling. */
const givenBack = 0.1
/** A cloud that throttles and does not say for how long. */
const unspecifiedPauseMs = 1_000
/** The longest that sweeps are silent, whatever the cloud asks for: after it a call shows whether it still throttles. */
const longestPauseMs = 60_000

/** @param configured calls a minute */
export function fullBudget(configured: number, at: number): BudgetState {
  return {
    all: { tokens: burst, at },
    own: { tokens: 1, at },
    perMinute: configured,
    halvedAt: null,
    cleanSince: null,
    pausedUntil: null,
    sent: [],
  }
}

/** A person's call goes at once, and may leave the budget overdrawn by a minute's worth. */
export function sendForPerson(state: BudgetState, configured: number, at: number): BudgetState {
  const now = passed(state, configured, at)
  return { ...counted(now, at), all: taken(now.all, now.perMinute) }
}

/**
 * A sweep's call goes where the bucket has room for it, or the quarter that is theirs. What they send out of their quarter is taken from the bucket
 * too, so that all together do not send more than the rate.
 * @returns how long to wait before asking again; 0: it may be sent, and is counted
 */
export function sendForSweep(
  state: BudgetState,
  configured: number,
  at: number,
): { state: BudgetState; waitMs: number } {
  const now = passed(state, configured, at)
  const { perMinute } = now
  const room = Math.min(untilOne(now.all, perMinute), untilOne(now.own, perMinute * shareOfSweeps))
  const waitMs = Math.max(0, (now.pausedUntil ?? at) - at, room)
  if (waitMs > 0) return { state: now, waitMs }
  return { state: { ...counted(now, at), all: taken(now.all, perMinute), own: taken(now.own, 0) }, waitMs }
}

/** The cloud limits us: half the rate, not twice within ten seconds, so that one burst of refusals counts once. */
export function throttled(
  state: BudgetState,
  configured: number,
  at: number,
  retryAfterMs: number | undefined,
): BudgetState {
  const now = passed(state, configured, at)
  const pauseMs = Math.min(retryAfterMs ?? unspecifiedPauseMs, longestPauseMs)
  const silent = { ...now, cleanSince: at, pausedUntil: Math.max(now.pausedUntil ?? 0, at + pauseMs) }
  if (now.halvedAt !== null && at - now.halvedAt < halveAtMostEveryMs) return silent
  return {
    ...silent,
    halvedAt: at,
    perMinute: Math.max(Math.min(lowest, configured), now.perMinute / 2),
    all: { ...now.all, tokens: Math.min(0, now.all.tokens) },
  }
}

/** @returns `left` of this minute's calls; `pausedForMs` where sweeps are silent */
export function budgetLeft(state: BudgetState, configured: number, at: number) {
  const now = passed(state, configured, at)
  const perMinute = Math.round(now.perMinute)
  const sent = now.sent.reduce((sum, [, count]) => sum + count, 0)
  return {
    perMinute,
    left: Math.max(0, perMinute - sent),
    pausedForMs: Math.max(0, Math.ceil((now.pausedUntil ?? at) - at)),
  }
}

/** The state as time alone has made it. */
function passed(state: BudgetState, configured: number, at: number): BudgetState {
  const rate = rateAt(state, configured, at)
  const since = Math.floor(at / 1_000) - minuteMs / 1_000
  return {
    ...state,
    ...rate,
    all: filled(state.all, burst, rate.perMinute, at),
    own: filled(state.own, 1, rate.perMinute * shareOfSweeps, at),
    sent: state.sent.filter(([second]) => second > since),
  }
}

function rateAt({ perMinute, cleanSince }: BudgetState, configured: number, at: number) {
  if (perMinute >= configured || cleanSince === null) return { perMinute, cleanSince }
  const minutes = Math.max(0, Math.floor((at - cleanSince) / minuteMs))
  return {
    perMinute: Math.min(configured, perMinute + minutes * givenBack * configured),
    cleanSince: cleanSince + minutes * minuteMs,
  }
}

function filled({ tokens, at }: Level, size: number, perMinute: number, now: number): Level {
  return { tokens: Math.min(size, tokens + (Math.max(0, now - at) * perMinute) / minuteMs), at: Math.max(at, now) }
}

const taken = ({ tokens, at }: Level, debt: number): Level => ({ tokens: Math.max(-debt, tokens - 1), at })

function untilOne({ tokens }: Level, perMinute: number): number {
  const missing = 1 - tokens
  // A rounding error short of one is one.
  return missing <= 1e-6 ? 0 : (missing * minuteMs) / perMinute
}

function counted(state: BudgetState, at: number): BudgetState {
  const second = Math.floor(at / 1_000)
  const last = state.sent.at(-1)
  const sent: BudgetState['sent'] =
    last?.[0] === second ? [...state.sent.slice(0, -1), [second, last[1] + 1]] : [...state.sent, [second, 1]]
  return { ...state, sent }
}
