import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

const lookEveryCommits = 64
const longestLogBytes = 32 * 1024 * 1024
/** How long a commit that finds the log as long as that may wait for readers that are under way; four times as long where it has doubled. */
const waitMs = 20
const longestWaitMs = 2_000

/**
 * SQLite writes its log back into the file by itself, but begins it anew only when no reader is in it just then: among readers that never pause
 * it would grow without end.
 * @returns to be called behind commits: where the log has grown, the readers of the moment are waited for, shortly, and it begins anew
 */
export function keepLogShort(raw: DatabaseSync, file: string, patienceMs: number): () => void {
  let commits = 0
  return () => {
    commits += 1
    if (commits % lookEveryCommits !== 0) return
    const excess = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) / longestLogBytes
    if (excess < 1) return
    raw.exec(`PRAGMA busy_timeout = ${Math.round(Math.min(longestWaitMs, waitMs * excess ** 2))}`)
    try {
      raw.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch {
      // What was committed stays in the log, and whatever is wrong with the disk is told by the next commit.
    } finally {
      raw.exec(`PRAGMA busy_timeout = ${patienceMs}`)
    }
  }
}
