import type { Hold, Interval, LockEvent } from '@lockdesk/contract'
import { partyBehind, partyName, partyNameBeside } from '../../ui/shown-name.ts'

/** A stretch of time in epoch milliseconds. */
export interface Span {
  from: number
  to: number
}

/** How the edge of a hold is drawn: sharp is exact, soft is between two readings, hatched fell into a gap, dotted began before watching. */
export type Edge = 'sharp' | 'soft' | 'hatched' | 'dotted'

/** One hold on the time axis. Positions are fractions of the window, 0 at its start and 1 at its end. */
export interface Bar {
  /** The earliest moment from which the holder was surely there, and the latest at which it may have been; null: it goes on. */
  from: number
  to: number | null
  /** Where the holder was surely there; null where both uncertain edges meet. */
  body: { x: number; width: number } | null
  start: { edge: Edge; x: number; width: number }
  /** Null while the hold goes on. */
  end: { edge: Edge; x: number; width: number } | null
  isMine: boolean
}

/** All holds of one holder, or of one claim behind a shared holder. */
export interface Lane {
  key: string
  name: string
  bars: Bar[]
}

export interface Timeline {
  lanes: Lane[]
  gaps: { x: number; width: number; from: number; to: number }[]
  ticks: { x: number; at: number }[]
}

export const periods = { '24h': 24, '7d': 7 * 24, '30d': 30 * 24 } as const
export type Period = keyof typeof periods

const hourMs = 3_600_000

/** The window that ends now. */
export function windowOf(period: Period, now: number): Span {
  return { from: now - periods[period] * hourMs, to: now }
}

function spanOf(at: Interval, start: number): Span {
  return { from: at.after === null ? start : Date.parse(at.after), to: Date.parse(at.by) }
}

function edgeOf(at: Interval, how: Hold['known'], gaps: readonly Span[]): Edge {
  if (at.after === null || how === 'at-least') return 'dotted'
  if (how === 'exact') return 'sharp'
  if (how === 'unwatched') return 'hatched'
  const span = spanOf(at, 0)
  const isInGap = gaps.some(
    gap => Math.min(gap.to, span.to) - Math.max(gap.from, span.from) > (span.to - span.from) / 2,
  )
  return isInGap ? 'hatched' : 'soft'
}

function place(span: Span, window: Span): { x: number; width: number } {
  const length = window.to - window.from
  const from = Math.min(Math.max(span.from, window.from), window.to)
  const to = Math.min(Math.max(span.to, from), window.to)
  return { x: (from - window.from) / length, width: (to - from) / length }
}

function barOf(hold: Hold, gaps: readonly Span[], window: Span): Bar | null {
  const start = spanOf(hold.from, window.from)
  const end = hold.until ? spanOf(hold.until, start.to) : null
  if (start.from >= window.to || (end?.to ?? window.to) <= window.from) return null
  // A dotted edge says "earlier than this, nobody knows by how much": a short stroke, not a line to the left border.
  const startEdge = edgeOf(hold.from, hold.known, gaps)
  const dotted = { from: Math.max(start.to - (window.to - window.from) / 40, window.from), to: start.to }
  const bodyTo = end ? Math.max(end.from, start.to) : window.to
  const body = place({ from: start.to, to: bodyTo }, window)
  const isCertain = !end || end.from > start.to
  return {
    from: start.to,
    to: end && end.to,
    body: isCertain && body.width > 0 ? body : null,
    start: { edge: startEdge, ...place(startEdge === 'dotted' ? dotted : start, window) },
    // How the end is known is not told apart: only whether it fell into a gap.
    end: end && {
      edge: end.to - end.from < 1000 ? 'sharp' : edgeOf(hold.until!, 'bounded', gaps),
      ...place({ from: Math.max(end.from, start.to), to: end.to }, window),
    },
    isMine: hold.holder.self === true,
  }
}

/** The times when nobody watched the draft's namespace, as the draft's own entries tell. */
export function gapsOf(events: readonly LockEvent[]): Span[] {
  return events.filter(event => event.kind === 'gap').map(event => spanOf(event.at, Date.parse(event.at.by)))
}

/**
 * Where the axis is labelled: round local hours for a day, local midnights for longer.
 * The first and last twentieth of the window stay free, where a label would be cut.
 */
export function ticksOf(period: Period, window: Span): number[] {
  const stepHours = period === '24h' ? 4 : period === '7d' ? 24 : 5 * 24
  const at = new Date(window.from)
  at.setHours(0, 0, 0, 0)
  const margin = (window.to - window.from) / 20
  const ticks: number[] = []
  while (at.getTime() < window.to - margin) {
    if (at.getTime() > window.from + margin) ticks.push(at.getTime())
    // By the calendar, not by milliseconds: a day of a clock change is not 24 hours long.
    at.setHours(at.getHours() + stepHours)
  }
  return ticks
}

/** Lays the holds out: lanes by the newest hold first. Pure. */
export function layOutHolds(holds: readonly Hold[], gaps: readonly Span[], period: Period, now: number): Timeline {
  const window = windowOf(period, now)
  const lanes = new Map<string, Lane>()
  const parties = holds.map(({ holder, claim }) => partyBehind(holder, claim?.by))
  for (const hold of holds) {
    const bar = barOf(hold, gaps, window)
    if (!bar) continue
    const key = hold.claim ? `claim ${hold.claim.by.id}` : `holder ${hold.holder.id}`
    const party = partyBehind(hold.holder, hold.claim?.by)
    const namesake = parties.find(other => other.id !== party.id && partyName(other) === partyName(party))
    const lane = lanes.get(key) ?? { key, name: partyNameBeside(party, namesake), bars: [] }
    lane.bars.push(bar)
    lanes.set(key, lane)
  }
  return {
    lanes: [...lanes.values()],
    gaps: gaps
      .filter(gap => gap.to > window.from && gap.from < window.to)
      .map(gap => ({ ...place(gap, window), from: gap.from, to: gap.to })),
    ticks: ticksOf(period, window).map(at => ({ at, ...place({ from: at, to: at }, window) })),
  }
}
