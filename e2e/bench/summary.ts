import type { Dimension, Goal, Measured, SideName } from './dimension.ts'

/** What all rounds of a dimension came to; a side that is not installed is null. */
export type Rounds = Partial<Record<SideName, Measured[] | null>>

export interface Line {
  dimension: string
  row: string
  unit: string
  ours: number
  limit: number | null
  peer: number | null | 'not installed'
  /** Of medians. */
  oursOfLimit: number | null
  peerOfOurs: number | null
  /** Greatest and smallest round of ours, by their median. */
  spread: number
  goal: string
  pass: boolean
}

/** One line for each row. Pure. A peer that is missing passes nothing that is measured by it. */
export function summarise(name: string, { rows }: Dimension, rounds: Rounds): Line[] {
  return Object.entries(rows).map(([row, goal]) => {
    const of = (side: SideName) => (rounds[side] ?? []).flatMap(measured => measured[row] ?? [])
    const [ours, limit, peer] = [of('ours'), of('limit'), of('peer')]
    const middle = median(ours) ?? Number.NaN
    const oursOfLimit = quotient(middle, median(limit))
    const peerOfOurs = quotient(median(peer), middle)
    return {
      dimension: name,
      row,
      unit: goal.unit,
      ours: middle,
      limit: median(limit),
      peer: rounds.peer === null ? 'not installed' : median(peer),
      oursOfLimit,
      peerOfOurs,
      spread: ours.length === 0 || middle === 0 ? 0 : (Math.max(...ours) - Math.min(...ours)) / middle,
      goal: goalWords(goal),
      pass: passes(goal, middle, oursOfLimit, peerOfOurs),
    }
  })
}

function passes(goal: Goal, ours: number, oursOfLimit: number | null, peerOfOurs: number | null): boolean {
  if (Number.isNaN(ours)) return false
  if (goal.most !== undefined && ours > goal.most) return false
  if (goal.mostOfLimit !== undefined && (oursOfLimit === null || oursOfLimit > goal.mostOfLimit)) return false
  return goal.leastOfPeer === undefined || (peerOfOurs !== null && peerOfOurs >= goal.leastOfPeer)
}

function goalWords({ most, mostOfLimit, leastOfPeer, unit }: Goal): string {
  const words = [
    ...(most === undefined ? [] : [`≤ ${most} ${unit}`]),
    ...(mostOfLimit === undefined ? [] : [`≤ ${mostOfLimit} × limit`]),
    ...(leastOfPeer === undefined ? [] : [`peer ≥ ${leastOfPeer} × ours`]),
  ]
  return words.join(', ') || 'told only'
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}

const quotient = (above: number | null, below: number | null) =>
  above === null || below === null || below === 0 ? null : above / below

/** The table as people read it. */
export function tableOf(lines: readonly Line[]): string {
  const head = ['dimension', 'ours', 'limit', 'peer', 'ours/limit', 'peer/ours', 'spread', 'goal', 'pass']
  const cells = lines.map(line => [
    `${line.dimension}: ${line.row}`,
    `${shown(line.ours)} ${line.unit}`,
    shown(line.limit),
    shown(line.peer),
    shown(line.oursOfLimit),
    shown(line.peerOfOurs),
    `${Math.round(line.spread * 100)} %`,
    line.goal,
    line.pass ? 'yes' : 'NO',
  ])
  const widths = head.map((name, at) => Math.max(name.length, ...cells.map(row => row[at]?.length ?? 0)))
  return [head, widths.map(width => '-'.repeat(width)), ...cells]
    .map(row => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | '))
    .join('\n')
}

function shown(value: number | string | null): string {
  if (value === null) return '–'
  if (typeof value === 'string') return value
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3)
}
