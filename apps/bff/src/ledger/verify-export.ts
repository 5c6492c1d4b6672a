import { LockEvent, transitionKinds } from '@lockdesk/contract'
import type { z } from 'zod'
import { ChainLink } from './chain-link.ts'
import { covered, genesis, hashOfSaid } from './chain.ts'
import type { Witness } from './checkpoint.ts'
import { createFindings } from './findings.ts'

/** What the walk over a file found. */
export interface ExportCheck {
  ok: boolean
  rows: number
  /** Numbers of the first and the last row, by the ledger's order; null in a file without rows. */
  from: number | null
  to: number | null
  /** Pieces of neighbouring numbers: inside each every row continues the one before it, and between them nothing can be told. */
  runs: number
  /** How many checkpoints of the witness are about a row of the file, and fit it. */
  witnessed: number
  firstBad: number | null
  faults: string[]
}

/** A row as it was exported, or told to a sink. */
const Row = LockEvent.extend({ chain: ChainLink })
type Row = z.infer<typeof Row>

interface Place {
  number: number
  prev: string
  hash: string
}

/**
 * Walks rows that left the ledger, newest or oldest first: each must be what its hash was made of, show what it says, and continue its neighbour.
 * Rows that a sink was told twice may be there twice.
 * @param lines of JSON, as an export or a sink has them
 * @param witness checkpoints kept elsewhere: only they show that all was made anew
 */
export async function verifyExport(
  lines: AsyncIterable<string> | Iterable<string>,
  witness: readonly Witness[] = [],
): Promise<ExportCheck> {
  const findings = createFindings()
  const signed = new Map(witness.map(({ number, hash }) => [number, hash]))
  let before: Place | null = null
  let step = 0
  const tally = { rows: 0, from: Infinity, to: 0, runs: 0, witnessed: 0 }
  let line = 0
  for await (const text of lines) {
    line += 1
    if (text.trim() === '') continue
    const row = parseRow(text)
    tally.rows += 1
    if (!row) {
      findings.add(
        line,
        `Line ${line} is not a row of an export of this kind. Only JSON lines that carry a chain can be checked`,
      )
      continue
    }
    const { number } = row
    const { prev, hash } = row.chain
    checkRow(row, findings.add)
    const fitting = signed.get(number)
    if (fitting === hash) tally.witnessed += 1
    else if (fitting !== undefined) findings.add(number, `Entry ${number} is not the one that the witness knows`)
    const here = { number, prev, hash }
    if (before === null) tally.runs = 1
    else if (number === before.number) {
      if (hash !== before.hash) findings.add(number, `Entry ${number} is there twice, and not the same`)
    } else {
      const direction = Math.sign(number - before.number)
      if (step !== 0 && direction !== step && !isRepeat(number, tally))
        findings.add(number, `Entry ${number} stands out of order behind entry ${before.number}`)
      step ||= direction
      if (Math.abs(number - before.number) === 1) checkNeighbours(before, here, findings.add)
      else if (direction === step) tally.runs += 1
    }
    tally.from = Math.min(tally.from, number)
    tally.to = Math.max(tally.to, number)
    before = here
  }
  const { rows, runs, witnessed, from, to } = tally
  return {
    ok: findings.firstBad() === null,
    rows,
    runs,
    witnessed,
    from: rows === 0 || from === Infinity ? null : from,
    to: rows === 0 || to === 0 ? null : to,
    firstBad: findings.firstBad(),
    faults: findings.sentences(),
  }
}

type Tell = (number: number, words: string) => void

/** A sink is told again from where it is not known to have been told. */
const isRepeat = (number: number, { from, to }: { from: number; to: number }) => number >= from && number <= to

function parseRow(text: string): Row | null {
  try {
    return Row.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function checkNeighbours(one: Place, other: Place, tell: Tell): void {
  const [earlier, later] = one.number < other.number ? [one, other] : [other, one]
  if (later.prev !== earlier.hash)
    tell(later.number, `Entry ${later.number} does not fit behind entry ${earlier.number}`)
}

function checkRow(row: Row, tell: Tell): void {
  const { number, chain } = row
  if (chain.said.length < covered.length || hashOfSaid(chain.prev, chain.said) !== chain.hash)
    return tell(number, `Entry ${number} is not what its hash was made of`)
  if (number === 1 && chain.prev !== genesis) tell(number, 'Entry 1 stands behind something')
  const said = Object.fromEntries(covered.map((field, index) => [field, chain.said[index] ?? null])) as Said
  const expected = shownOf(said)
  const other = Object.entries(shown(row)).find(([field, value]) => expected[field as Shown] !== value)
  if (other) tell(number, `Entry ${number} shows another ${other[0]} than its hash was made of`)
}

type Said = Record<(typeof covered)[number], string | number | null>
type Shown = keyof ReturnType<typeof shown>

/** What a row shows and its hash covers. Names of Lockdesk's own people are shown and not covered: they may be erased. */
function shown(row: Row) {
  const time = (instant: string | null | undefined) => (instant ? Date.parse(instant) : null)
  return {
    number: row.number,
    id: row.id,
    kind: row.kind,
    how: row.how,
    known: row.known ?? null,
    workspace: row.ref.workspace,
    namespace: row.ref.namespace,
    'draft id': row.ref.draftId ?? null,
    'draft name': row.draftName,
    'holder before': row.from?.id ?? null,
    'name before': row.from?.name ?? null,
    'holder after': row.to?.id ?? null,
    'name after': row.to?.name ?? null,
    'claim before': row.claimBefore?.id ?? null,
    'claim after': row.claim?.by.id ?? null,
    'time of the claim': time(row.claim?.at),
    'reason of the claim': row.claim?.reason ?? null,
    'person on whose behalf it was claimed': row.claim?.onBehalfOf ?? null,
    beginning: time(row.at.after),
    end: time(row.at.by),
    'time of recording': time(row.recordedAt),
    actor: row.actor?.id ?? null,
    token: row.token ?? null,
    reason: row.reason ?? null,
    outcome: row.outcome ?? null,
    intent: row.intentId ?? null,
    'request id': row.requestId ?? null,
    count: row.count ?? null,
  }
}

/** The same as it follows from what the hash covers, by the rules of `presentEvent`. */
function shownOf(said: Said): Record<Shown, string | number | null> {
  const hasClaim = said.to_claim !== null && said.claim_at !== null
  const isOwnClaim = hasClaim && transitionKinds.some(kind => kind === said.kind) && said.actor_id === said.to_claim
  return {
    number: said.number,
    id: said.id,
    kind: said.kind,
    how: said.how,
    known: said.known,
    workspace: said.workspace,
    namespace: said.namespace,
    'draft id': said.draft_id,
    'draft name': said.draft_name,
    'holder before': said.from_id,
    'name before': said.from_id === null ? null : (said.from_name ?? ''),
    'holder after': said.to_id,
    'name after': said.to_id === null ? null : (said.to_name ?? ''),
    'claim before': said.from_claim,
    'claim after': hasClaim ? said.to_claim : null,
    'time of the claim': hasClaim ? said.claim_at : null,
    'reason of the claim': isOwnClaim && said.reason !== '' ? said.reason : null,
    'person on whose behalf it was claimed': hasClaim ? said.claim_on_behalf_of : null,
    beginning: said.at_after,
    end: said.at_by,
    'time of recording': said.recorded_at,
    actor: said.actor_id,
    token: said.token,
    reason: said.reason === '' ? null : said.reason,
    outcome: said.outcome,
    intent: said.intent_id,
    'request id': said.request_id,
    count: said.count,
  }
}
