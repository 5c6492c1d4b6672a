import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { BackupFault } from '../database/backup-fault.ts'
import { CopyDiffers, TargetNotEmpty, copyRows } from '../ledger/copy-rows.ts'
import { DatabaseFault } from '../database/database-fault.ts'
import { isPostgres } from '../database/is-postgres.ts'
import { openDatabase } from '../database/open-database.ts'
import type { Database } from '../database/schema.ts'
import { openLedger } from '../ledger/open-ledger.ts'
import { createSigner } from '../ledger/signer.ts'
import { type LedgerCheck, verifyChain } from '../ledger/verify-chain.ts'
import { askRunning } from './ask-running.ts'
import { storeFileOf } from './control-file.ts'
import type { Performed } from './perform.ts'

export interface CopyFacts {
  /** A store that is a file. */
  from: string
  /** An empty PostgreSQL, or a file that is not there. */
  to: string
  /** The secret by which the checkpoints of a store are signed. */
  secretOf(url: string): string | null
  now: () => number
}

/** Not done, and nothing is left of it. The message is the sentence for the operator. */
class NotCopied extends Error {}

/**
 * Copies a ledger, with everything beside it, and verifies the copy: into an empty PostgreSQL, or as a backup into a new file. Where Lockdesk runs
 * it goes on meanwhile; the copy is as the ledger was at one moment. All of it or nothing.
 */
export async function copyLedger(facts: CopyFacts): Promise<Performed> {
  const file = storeFileOf(facts.from)
  if (file === null)
    return no('--from must be a store that is a file. A PostgreSQL is copied by its own means, pg_dump for one.')
  if (!existsSync(file)) return no(`There is no store at ${file}.`)
  try {
    return isPostgres(facts.to) ? await copyIntoPostgres(file, facts) : await copyIntoFile(file, facts)
  } catch (error) {
    if (error instanceof NotCopied) return no(error.message)
    throw error
  }
}

const no = (...lines: string[]): Performed => ({ isWell: false, lines })

async function copyIntoFile(file: string, facts: CopyFacts): Promise<Performed> {
  const target = storeFileOf(facts.to)
  if (target === null) return no('--to must be postgres://… or sqlite:PATH.')
  await backUp(file, target, facts)
  const { check, counts } = await lookInto(target, facts).catch(async (error: unknown) => {
    await removeStore(target)
    throw error
  })
  if (!check.ok) return no(...broken(check), `The copy is in ${target}, as broken as the ledger is.`)
  return {
    isWell: true,
    lines: [
      `Copied to ${target}: ${counts.entries} entries, ${check.checkpoints} checkpoints, ${counts.drafts} drafts. Chain and checkpoints are whole.`,
      `Keep the file ${join(dirname(file), 'secret')} with it: it signs the checkpoints.`,
    ],
  }
}

async function copyIntoPostgres(file: string, facts: CopyFacts): Promise<Performed> {
  const snapshot = `${file}.copy-${randomUUID().slice(0, 8)}`
  await backUp(file, snapshot, facts)
  try {
    const source = await openDatabase(`sqlite:${snapshot}`, facts.now)
    try {
      const target = await openTarget(facts)
      try {
        return await copyBetween(source.database, target.database, { ...facts, file })
      } finally {
        await target.close()
      }
    } finally {
      await source.close()
    }
  } finally {
    await removeStore(snapshot)
  }
}

async function openTarget({ to, now }: CopyFacts) {
  try {
    return await openDatabase(to, now)
  } catch (error) {
    if (!(error instanceof DatabaseFault)) throw error
    throw new NotCopied(error.message.replace(/^LOCKDESK_DATABASE_URL: /, '--to: '))
  }
}

async function copyBetween(
  source: Database,
  target: Database,
  { secretOf, from, file }: CopyFacts & { file: string },
): Promise<Performed> {
  const secret = secretOf(from)
  const key = secret === null ? {} : { key: createSigner(secret) }
  const before = await verifyChain(source, key)
  if (!before.ok) return no(...broken(before), 'Nothing was copied.')
  const { counts, check } = await target
    .transaction()
    .execute(async tx => {
      const copied = await copyRows(source, tx)
      const after = await verifyChain(tx, key)
      if (!after.ok || after.entries !== before.entries || after.checkpoints !== before.checkpoints)
        throw new NotCopied(['The copy does not verify; the target was left empty.', ...after.faults].join('\n'))
      return { counts: copied, check: after }
    })
    .catch((error: unknown) => {
      if (error instanceof TargetNotEmpty || error instanceof CopyDiffers)
        throw new NotCopied(`The target was left as it was: ${error.message}.`)
      throw error
    })
  await sql`analyze`.execute(target)
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return {
    isWell: true,
    lines: [
      `Copied ${rows} rows of ${counts.size} tables: ${check.entries} entries, ${check.checkpoints} checkpoints, ${counts.get('drafts') ?? 0} drafts.`,
      'All of them were read back and are the same; chain and checkpoints are whole.',
      `Set LOCKDESK_DATABASE_URL to the target, and LOCKDESK_SECRET to what ${join(dirname(file), 'secret')} holds (or what it is now): it signs checkpoints and sessions.`,
      'What Lockdesk writes into the old store from now on is not in the copy: stop it there before you start it here.',
    ],
  }
}

/** As the store is at one moment: by the process that owns it, or where none runs, from here. */
async function backUp(file: string, path: string, { now }: CopyFacts): Promise<void> {
  const answer = await askRunning(file, { kind: 'backup', path })
  if (answer && !answer.isWell) throw new NotCopied(answer.lines.join('\n'))
  if (answer) return
  const opened = await openLedger({ url: `sqlite:${file}`, wall: now, secret: () => null })
  try {
    await opened.backupTo?.(path)
  } catch (error) {
    throw error instanceof BackupFault ? new NotCopied(error.message) : error
  } finally {
    await opened.close()
  }
}

async function lookInto(file: string, { secretOf, from, now }: CopyFacts) {
  const secret = secretOf(from)
  const { database, close } = await openDatabase(`sqlite:${file}`, now)
  try {
    const check = await verifyChain(database, secret === null ? {} : { key: createSigner(secret) })
    const { drafts } = await database
      .selectFrom('drafts')
      .select(eb => eb.fn.countAll<number>().as('drafts'))
      .executeTakeFirstOrThrow()
    return { check, counts: { entries: check.entries, drafts: Number(drafts) } }
  } finally {
    await close()
    await removeTraces(file)
  }
}

const broken = (check: LedgerCheck) => [
  `The ledger does not verify: entry ${check.firstBad} is the first that something is wrong with.`,
  ...check.faults,
]

async function removeStore(file: string): Promise<void> {
  await rm(file, { force: true })
  await removeTraces(file)
}

/** What an opening leaves beside a store. */
async function removeTraces(file: string): Promise<void> {
  for (const end of ['-owner', '-wal', '-shm']) await rm(`${file}${end}`, { force: true })
}
