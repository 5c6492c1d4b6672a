import type { Database } from '../database/schema.ts'
import type { Store } from '../database/store.ts'
import { readMarks } from './derived-marks.ts'
import { mendLives } from './draft-lives.ts'
import { tallyEntries } from './entry-tallies.ts'
import { HistoryBehind } from './ledger.ts'
import { catchUpHolds, type Progress } from './project-holds.ts'
import { readHead } from './read-ledger.ts'

/** So many entries may wait to be counted: they are counted when they are asked for. */
const mostUncounted = 1_000
/** Whoever asks waits for so many entries to be taken in, and is told to come again where there are more. */
const mostWaitedFor = 20_000

/** What brings that which is derived from the entries up to them, in the background. */
export interface CatchUp {
  /** Told after each write how far things are; begins where they are behind. */
  note(progress: Progress | null): void
  /**
   * Resolves when the holds are level with the ledger as it was when this was called.
   * @throws HistoryBehind there is much to take in yet: after an upgrade, for minutes at most
   */
  level(): Promise<void>
}

/**
 * Whatever is behind at the beginning is taken in at once, each piece in a transaction of its own: those who write have their turns between.
 * @param onFault what stopped it; it goes on with the next write
 */
export async function startCatchUp(
  database: Database,
  store: Store,
  onFault: (error: unknown) => void,
): Promise<CatchUp> {
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    if ((await behind()) > 0 && !(await isQuiet(database))) {
      // Whoever left the holds behind remembered no drafts either.
      await store.write(({ tx, now }) => mendLives(tx, now))
      while (!(await store.write(({ tx }) => catchUpHolds(tx)))) continue
    }
    while (!(await store.write(({ tx }) => tallyEntries(tx)))) continue
  }
  function begin(): Promise<void> {
    running ??= run().finally(() => (running = null))
    return running
  }
  const inBackground = () => void begin().catch(onFault)

  async function behind(): Promise<number> {
    const [head, marks] = await Promise.all([readHead(database), readMarks(database)])
    return head - marks.holds
  }

  if ((await behind()) > 0) inBackground()
  return {
    note(progress) {
      if (progress && (!progress.isLevel || progress.uncounted >= mostUncounted)) inBackground()
    },
    async level() {
      const left = await behind()
      if (left === 0) return
      if (left > mostWaitedFor) {
        inBackground()
        throw new HistoryBehind(left)
      }
      if (await isQuiet(database)) return
      await begin()
    },
  }
}

/** Whether the entries behind the mark are of kinds that change no hold. */
async function isQuiet(database: Database): Promise<boolean> {
  const { holds } = await readMarks(database)
  const first = await database
    .selectFrom('entries')
    .select('number')
    .where('number', '>', holds)
    .where('kind', 'in', ['held', 'changed', 'freed', 'deleted'])
    .limit(1)
    .executeTakeFirst()
  return first === undefined
}
