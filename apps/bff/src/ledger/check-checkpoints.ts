import { type Checkpoint, type LedgerFloor, type Witness, checkpointText, floorText } from './checkpoint.ts'
import type { Findings } from './findings.ts'
import { type PublicKey, isSignedBy, keyIdOf } from './signer.ts'

/** Public keys by id: those that the ledger itself keeps, and the one that is known from elsewhere, which counts. */
export interface Keys {
  kept: ReadonlyMap<string, string>
  own: PublicKey | null
}

function publicKeyOf(keyId: string, { kept, own }: Keys): string | null {
  if (own?.keyId === keyId) return own.publicKey
  const publicKey = kept.get(keyId)
  return publicKey !== undefined && keyIdOf(publicKey) === keyId ? publicKey : null
}

/**
 * Checks that each checkpoint is signed, and continues the one before. A key that is not one's own counts where a later checkpoint by one's own
 * stands on it: so it is after a change of the secret.
 * @param checkpoints all of them, oldest first
 */
export function checkSignatures(checkpoints: readonly Checkpoint[], keys: Keys, findings: Findings): void {
  let previous: Checkpoint | null = null
  let ownUpTo = 0
  for (const checkpoint of checkpoints) {
    const { number, key_id, signature } = checkpoint
    const publicKey = publicKeyOf(key_id, keys)
    if (
      publicKey === null ||
      !isSignedBy(publicKey, checkpointText(checkpoint, previous?.signature ?? null), signature)
    )
      findings.add(
        number,
        `The checkpoint at entry ${number} is not signed as it stands there, or one before it was taken out`,
      )
    if (key_id === keys.own?.keyId) ownUpTo = number
    previous = checkpoint
  }
  const strange = checkpoints.find(({ number }) => number > ownUpTo)
  if (keys.own !== null && strange)
    findings.add(
      strange.number,
      `The checkpoints from entry ${strange.number} on are signed by another key (${strange.key_id}) than that of this secret (${keys.own.keyId}). Where the secret was not changed on purpose, somebody else signed`,
    )
}

/** Checks that it was with the key that the beginning was let go of, and that a checkpoint stands there. */
export function checkFloor(
  floor: LedgerFloor,
  checkpoints: readonly Checkpoint[],
  keys: Keys,
  findings: Findings,
): void {
  const { number, key_id, signature } = floor
  const on = checkpoints.find(checkpoint => checkpoint.number === number)
  const publicKey = publicKeyOf(key_id, keys)
  if (!on || publicKey === null || !isSignedBy(publicKey, floorText(floor, on.signature), signature))
    findings.add(number, `The entries up to ${number} are said to have been let go of, and nobody with the key said so`)
}

/**
 * Checks what is there against what somebody kept elsewhere. Only this shows that the end was cut off together with its checkpoints, or that
 * somebody who has the key wrote the ledger anew.
 */
export function checkWitness(
  witness: readonly Witness[],
  checkpoints: readonly Checkpoint[],
  findings: Findings,
): void {
  const byNumber = new Map(checkpoints.map(checkpoint => [checkpoint.number, checkpoint]))
  for (const { number, hash, signature } of witness) {
    const found = byNumber.get(number)
    if (!found) findings.add(number, `The witness knows a checkpoint at entry ${number}, and the ledger has none there`)
    else if (found.hash !== hash || found.signature !== signature)
      findings.add(number, `The checkpoint at entry ${number} is not the one that the witness knows`)
  }
}
