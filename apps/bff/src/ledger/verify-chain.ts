import { setImmediate } from 'node:timers/promises'
import type { Database } from '../database/schema.ts'
import { fits } from './chain.ts'
import { checkFloor, checkSignatures, checkWitness } from './check-checkpoints.ts'
import type { Checkpoint, LedgerFloor, Witness } from './checkpoint.ts'
import { type Findings, createFindings } from './findings.ts'
import type { Entry } from './ledger.ts'
import { readCheckpoints, readFloor, readSigningKeys } from './read-checkpoints.ts'
import { segmentLength } from './seal-segments.ts'
import type { PublicKey } from './signer.ts'

export interface VerifyOptions {
  /** The key by which checkpoints must be signed. Absent: those count that the ledger itself keeps, and it may lack checkpoints. */
  key?: PublicKey
  /** Checkpoints that somebody kept elsewhere. */
  witness?: readonly Witness[]
}

/** What the walk found. */
export interface LedgerCheck {
  ok: boolean
  /** How many were walked. */
  entries: number
  /** Number of the first entry that something is wrong with: it, or the ledger around it, is not what was written. */
  firstBad: number | null
  checkpoints: number
  /** Number of the first entry that is kept. */
  from: number
  /** Entries behind the newest checkpoint. */
  unsealed: number
  /** What is wrong, in sentences, the first twenty. */
  faults: string[]
  newest: Checkpoint | null
  /** By which the newest checkpoint is signed. */
  publicKey: string | null
  /** How many keys signed, one after the other. */
  keys: number
}

const pageSize = 500

/**
 * Walks the whole chain from its start, which is number 1 or the checkpoint up to which entries were let go of; holds each checkpoint against
 * its entry, the signatures against each other, and the end against what the rest of the store knows of it. Writers are not held up.
 */
export async function verifyChain(database: Database, options: VerifyOptions = {}): Promise<LedgerCheck> {
  for (;;) {
    const check = await verifyFrom(database, await readFloor(database), options)
    if (check) return check
  }
}

/** @returns null where entries were let go of meanwhile */
async function verifyFrom(
  database: Database,
  floor: LedgerFloor | null,
  { key, witness = [] }: VerifyOptions,
): Promise<LedgerCheck | null> {
  const findings = createFindings()
  // All that the end is held against is read before the walk: what is written meanwhile only makes the ledger longer.
  const least = await numbersKnown(database)
  const checkpoints = await readCheckpoints(database)
  const kept = await readSigningKeys(database)
  const newest = checkpoints.at(-1) ?? null
  const keys = { kept, own: key ?? null }
  checkSignatures(checkpoints, keys, findings)
  if (floor) checkFloor(floor, checkpoints, keys, findings)
  checkWitness(witness, checkpoints, findings)

  const from = (floor?.number ?? 0) + 1
  const walk = walkFrom(database, { number: from - 1, hash: hashAt(checkpoints, from - 1) }, checkpoints, findings)
  const walked = await walk
  if ((await readFloor(database))?.number !== floor?.number) return null

  const unsealed = Math.max(0, walked.last - (newest?.number ?? 0))
  checkEnd(walked.last, { newest, least }, findings)
  if (key && unsealed >= segmentLength)
    findings.add(
      (newest?.number ?? 0) + 1,
      `The ${unsealed} entries behind ${newest === null ? 'the beginning' : `entry ${newest.number}`} have no checkpoint. A release before checkpoints wrote them and Lockdesk was not started since, or their checkpoints were taken away`,
    )
  return {
    ok: findings.firstBad() === null,
    entries: walked.entries,
    firstBad: findings.firstBad(),
    checkpoints: checkpoints.length,
    from,
    unsealed,
    faults: findings.sentences(),
    newest,
    publicKey: newest && (newest.key_id === key?.keyId ? key.publicKey : (kept.get(newest.key_id) ?? null)),
    keys: new Set(checkpoints.map(({ key_id }) => key_id)).size,
  }
}

const hashAt = (checkpoints: readonly Checkpoint[], number: number) =>
  checkpoints.find(checkpoint => checkpoint.number === number)?.hash ?? ''

/** Each entry behind the one before it, and each checkpoint at its entry. @returns how many, and the number of the last */
async function walkFrom(
  database: Database,
  start: { number: number; hash: string },
  checkpoints: readonly Checkpoint[],
  findings: Findings,
): Promise<{ entries: number; last: number }> {
  const signed = new Map(checkpoints.map(({ number, hash }) => [number, hash]))
  let before: Pick<Entry, 'number' | 'hash'> | null = start.number === 0 ? null : start
  let entries = 0
  for (;;) {
    const page: Entry[] = await database
      .selectFrom('entries')
      .selectAll()
      .where('number', '>', before?.number ?? 0)
      .orderBy('number')
      .limit(pageSize)
      .execute()
    for (const entry of page) {
      entries += 1
      if (!fits(before, entry))
        findings.add(entry.number, `Entry ${entry.number} does not fit behind ${before?.number ?? 'nothing'}`)
      const hash = signed.get(entry.number)
      if (hash !== undefined && hash !== entry.hash)
        findings.add(entry.number, `Entry ${entry.number} is not the one that its checkpoint was signed for`)
      before = entry
    }
    if (page.length === 0) return { entries, last: before?.number ?? 0 }
    await setImmediate() // whoever waits for an answer comes in between
  }
}

/** Numbers that other tables know: the ledger reaches at least as far. */
async function numbersKnown(database: Database): Promise<number> {
  const { max } = database.fn
  const drafts = await database.selectFrom('drafts').select(max('last_number').as('number')).executeTakeFirst()
  const intents = await database.selectFrom('intents').select(max('number').as('number')).executeTakeFirst()
  return Math.max(Number(drafts?.number ?? 0), Number(intents?.number ?? 0))
}

function checkEnd(last: number, known: { newest: Checkpoint | null; least: number }, findings: Findings): void {
  const { newest, least } = known
  if (newest && newest.number > last)
    findings.add(last + 1, `The ledger ends at entry ${last}, and a checkpoint was signed for entry ${newest.number}`)
  if (least > last)
    findings.add(last + 1, `The ledger ends at entry ${last}, and the state of its drafts comes from entry ${least}`)
}
