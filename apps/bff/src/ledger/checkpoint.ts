import type { Selectable } from 'kysely'
import type { CheckpointTable, LedgerFloorTable } from '../database/trust-tables.ts'

export type Checkpoint = Selectable<CheckpointTable>
export type LedgerFloor = Selectable<LedgerFloorTable>

/**
 * What the signature of a checkpoint covers, a fact a line. The signature of the checkpoint before is one of them: none can be taken out of the
 * row, put in, or signed anew without all after it.
 * @param previous signature of the checkpoint before; null before the first
 */
export function checkpointText(facts: Omit<Checkpoint, 'signature' | 'key_id'>, previous: string | null): string {
  const { ledger_id, number, hash, at } = facts
  return [
    'lockdesk checkpoint 1',
    `ledger ${ledger_id}`,
    `number ${number}`,
    `hash ${hash}`,
    `at ${at}`,
    `after ${previous ?? 'nothing'}`,
  ].join('\n')
}

/**
 * What the signature of a floor covers.
 * @param checkpoint signature of the checkpoint that it stands on
 */
export function floorText({ number, at }: Pick<LedgerFloor, 'number' | 'at'>, checkpoint: string): string {
  return ['lockdesk floor 1', `number ${number}`, `at ${at}`, `on ${checkpoint}`].join('\n')
}

/** A line about a checkpoint that somebody keeps where whoever runs Lockdesk cannot change it. */
export interface Witness {
  ledgerId: string
  number: number
  hash: string
  signature: string
}

/** `witness LEDGER NUMBER HASH SIGNATURE` */
export function witnessLine({ ledger_id, number, hash, signature }: Checkpoint): string {
  return `witness ${ledger_id} ${number} ${hash} ${signature}`
}

/** A line of a file of witnesses is none. */
export class WitnessFault extends Error {
  constructor(line: number) {
    super(
      `line ${line} of the witness file is none: each is "witness LEDGER NUMBER HASH SIGNATURE", as verify prints it`,
    )
    this.name = 'WitnessFault'
  }
}

/**
 * Reads lines as {@link witnessLine} writes them, in any order; empty ones and those that begin with # are passed over.
 * @throws WitnessFault
 */
export function parseWitness(text: string): Witness[] {
  return text.split('\n').flatMap((line, index) => {
    if (/^\s*(#|$)/.test(line)) return []
    const [, ledgerId, number, hash, signature] =
      /^\s*witness (\S+) ([1-9]\d{0,14}) ([0-9a-f]{64}) ([\w-]+)\s*$/.exec(line) ?? []
    if (!ledgerId || !number || !hash || !signature) throw new WitnessFault(index + 1)
    return [{ ledgerId, number: Number(number), hash, signature }]
  })
}
