import type { Verification } from '@lockdesk/contract'
import { instant } from './present-holder.ts'
import type { LedgerCheck } from './verify-chain.ts'

/** What the walk found as the API shows it: fields are picked, none is passed on unseen. */
export function presentCheck(check: LedgerCheck): Verification {
  const { ok, entries, firstBad, checkpoints, from, unsealed, faults, newest, publicKey } = check
  return {
    ok,
    entries,
    firstBad,
    checkpoints,
    from,
    unsealed,
    faults,
    newest: newest && {
      number: newest.number,
      hash: newest.hash,
      at: instant(newest.at),
      ledgerId: newest.ledger_id,
      keyId: newest.key_id,
      signature: newest.signature,
    },
    publicKey,
  }
}
