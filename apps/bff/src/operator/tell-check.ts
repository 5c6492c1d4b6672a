import { witnessLine } from '../ledger/checkpoint.ts'
import type { ExportCheck } from '../ledger/verify-export.ts'
import type { LedgerCheck } from '../ledger/verify-chain.ts'
import type { Performed } from './perform.ts'

/**
 * What a walk along the ledger found, in words. The last line is a witness: whoever keeps it where nobody can change it can show later that up to
 * there nothing was changed.
 * @param hasWitness whether it was held against checkpoints that were kept
 */
export function tellCheck(check: LedgerCheck, hasWitness: boolean): Performed {
  const { ok, entries, from, unsealed, faults, newest, checkpoints, keys, firstBad } = check
  const begin =
    from > 1 ? [`Entries up to ${from - 1} were let go of; their last checkpoint is where this begins.`] : []
  if (!ok)
    return {
      isWell: false,
      lines: [
        `${counted(entries, 'entry', 'entries')}: entry ${firstBad} is the first that something is wrong with.`,
        ...faults,
        ...begin,
      ],
    }
  return {
    isWell: true,
    lines: [
      `${counted(entries, 'entry', 'entries')}: every one fits the one before it.`,
      ...begin,
      `${counted(checkpoints, 'checkpoint', 'checkpoints')}: ${checkpoints === 0 ? 'nothing is signed yet' : 'each is signed, and is about the entry that is there'}.`,
      ...(keys > 1
        ? [`They are signed by ${keys} keys, one after the other: right where LOCKDESK_SECRET was changed so often.`]
        : []),
      ...(unsealed > 0 ? [`The last ${counted(unsealed, 'entry', 'entries')} wait for a checkpoint.`] : []),
      ...(hasWitness
        ? ['All agrees with the checkpoints that were kept.']
        : [
            'That nobody cut off the end, or has the key and wrote all anew, shows only beside a checkpoint that was kept elsewhere (--witness FILE).',
          ]),
      ...(newest ? [witnessLine(newest)] : []),
    ],
  }
}

/** What a walk over an exported file found, in words. */
export function tellExportCheck(check: ExportCheck, hasWitness: boolean): Performed {
  const { ok, rows, runs, from, to, faults, firstBad, witnessed } = check
  if (!ok)
    return {
      isWell: false,
      lines: [
        `${counted(rows, 'row', 'rows')}: entry ${firstBad} is the first that something is wrong with.`,
        ...faults,
      ],
    }
  const limits =
    runs > 1
      ? `They are ${runs} pieces of neighbouring entries, as a filter leaves them: inside each nothing is missing; whether something is missing between them cannot be told from the file.`
      : 'They are neighbours: nothing is missing between the first and the last.'
  return {
    isWell: true,
    lines: [
      rows === 0
        ? 'The file has no rows.'
        : `${counted(rows, 'row', 'rows')}, from entry ${from} to ${to}: each shows what its hash was made of, and fits its neighbours.`,
      ...(rows > 0 ? [limits] : []),
      ...(hasWitness
        ? [`${counted(witnessed, 'checkpoint', 'checkpoints')} of the witness are about rows of this file, and agree.`]
        : [
            'That nobody wrote all of it anew shows only beside a checkpoint that was kept elsewhere (--witness FILE).',
          ]),
    ],
  }
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`
