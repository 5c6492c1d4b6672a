import type { Campaign } from './campaign.ts'
import { type Violation, invariants } from './judge/history.ts'

export interface Row {
  variant: string
  store: string
  isControl: boolean
  campaign: Campaign
  violations: readonly Violation[]
}

const columns = ['variant', 'store', 'kills', 'db crashes', 'others', 'sweeps', 'events', 'takes', ...invariants, 'all']

/** What happened to each variant, one line each, as it is printed. */
export function violationTable(rows: readonly Row[]): string {
  const cells = rows.map(({ variant, store, campaign: { history, toll, sweeps }, violations }) => {
    const counted = invariants.map(one => violations.filter(({ invariant }) => invariant === one).length)
    const others = [...toll.others.values()].reduce((sum, times) => sum + times, 0)
    return [
      variant,
      store,
      toll.kills,
      toll.crashes,
      others,
      sweeps,
      history.lines.length,
      history.told.length,
      ...counted,
      violations.length,
    ].map(String)
  })
  const widths = columns.map((name, at) => Math.max(name.length, ...cells.map(row => row[at]?.length ?? 0)))
  return [columns, widths.map(width => '-'.repeat(width)), ...cells]
    .map(row =>
      row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | '),
    )
    .join('\n')
}

/** The last line, and whether it is good news: ours has none, and each control has some. */
export function verdict(rows: readonly Row[]): { words: string; isGood: boolean } {
  const sum = (of: readonly Row[]) => of.reduce((all, { violations }) => all + violations.length, 0)
  const ours = rows.filter(({ isControl }) => !isControl)
  const controls = rows.filter(({ isControl }) => isControl)
  const unseen = controls.filter(({ violations }) => violations.length === 0).map(({ variant }) => variant)
  const kills = ours.reduce((all, { campaign }) => all + campaign.toll.kills, 0)
  const words = [
    `${sum(ours)} violations of ours in ${kills} kills`,
    ...controls.map(({ variant, violations }) => `${violations.length} of "${variant}"`),
    ...(unseen.length > 0 ? [`NOT CAUGHT: ${unseen.join(', ')}`] : []),
  ].join(', ')
  return { words, isGood: sum(ours) === 0 && unseen.length === 0 }
}
