import type { Claim, Holder } from '@lockdesk/contract'

/** Sentences for people: what happened, what it means, what to do next. */

/** Who has a draft, as people call them: the person behind a shared holder, or whom the cloud names. */
export function nameOf(holder: Holder | null, claim: Claim | null): string {
  if (claim) return `${claim.by.name} (through Lockdesk${claim.onBehalfOf ? `, for ${claim.onBehalfOf}` : ''})`
  if (!holder) return 'nobody'
  return holder.name === '' ? `somebody with the id ${holder.id}` : holder.name
}

export const noRightToTake =
  'You may look here, but not take locks, so nothing was sent. An admin of Lockdesk can give you the role editor in this namespace.'

export const policyHard = (holder: string) =>
  `${holder} holds this draft, and here only admins may take over a held one, so nothing was sent. Ask ${holder} or an admin.`

export const holderChanged = (holder: string) =>
  holder === 'nobody'
    ? 'Meanwhile the draft became free, so nothing was sent. Look again and take it if you still want to.'
    : `Meanwhile ${holder} holds this draft, so nothing was sent. Look again and decide anew.`

export const takePending =
  'A take of this draft is not settled yet, so nothing was sent. Lockdesk finds out by itself, mostly within half a minute: try again then.'

export const draftUnknown =
  'The cloud said less than a minute ago that it knows no such draft. Nothing was sent. Check the id, or try again in a minute.'
export const draftGone =
  'The cloud knows no such draft any more: it was deleted, most likely. There is nothing to take.'

export const draftGoneAfterSending =
  'While the lock was being taken the draft ceased to exist in the cloud. There is nothing to hold any more.'

export const tooManyTakes = (perMinute: number) =>
  `You caused ${perMinute} takes within a minute, which is the limit, so nothing was sent. Wait a little and try again.`

export const ledgerUnavailable =
  'Lockdesk cannot write its ledger, so the take was not sent and nothing changed. Try again; if it stays so, tell whoever runs Lockdesk.'

/** What to do where the cloud could not be asked, by what it takes to make it answer. */
const nextStep = {
  /** It answers by itself. */
  patience: 'Try again when the cloud answers.',
  /** It answers, but not so often. */
  pause: 'Try again in a moment.',
  /** A permission: the reason names who can give it. */
  grant: 'Trying again helps once it is granted.',
  /** Something of Lockdesk's own is wrong: its key, its clock. */
  repair: 'Only whoever runs Lockdesk can put that right; trying again helps after that.',
  unclear: 'Try again; if it stays so, tell whoever runs Lockdesk.',
}
export type Cure = keyof typeof nextStep

export const cloudUnavailable = (reason: string, cure: Cure) =>
  `The draft could not be read before taking it, so nothing was sent and nothing changed. ${reason} ${nextStep[cure]}`

/** With a key that the cloud refuses it would help nobody to know whose it is. */
export const identityUnavailable = (reason: string, cure: Cure) =>
  `Lockdesk does not know yet as whom it would take the lock, and could not ask the cloud, so nothing was sent. ${reason} ${nextStep[cure]}${
    cure === 'repair' ? '' : ' Or ask whoever runs Lockdesk to set LOCKDESK_HOLDER_IDS.'
  }`

export const heldByOther = (holder: string) =>
  `The take was sent, but ${holder} holds the draft. You do not have it; talk to ${holder}, or take over if you may.`

export const lostAgain = (holder: string) =>
  `You had the lock for a moment, and then ${holder} took it. You do not hold it now; talk to ${holder} before taking over.`

export const freeAgain = (holder: string) =>
  `When the take arrived ${holder} held the draft, and now it is free again: try once more.`

export const refusedByRam = (identity: string) =>
  `The cloud refused: the RAM policy of ${identity} does not allow stream:GetDeploymentDraftLock. Whoever manages RAM in your account can grant it.`

export const refusedByRole = (identity: string, namespace: string) =>
  `The cloud refused: ${identity} has no sufficient role in the namespace ${namespace}. An owner of the namespace can make it a member that may develop or unlock drafts.`

export const refusedWithoutReason =
  'The cloud refused the take and did not say which permission is missing. You do not hold the draft; whoever administers the namespace can find out by the request id.'

export const throttled =
  'The cloud limits how often it may be asked and did not carry out the take. You do not hold the draft; try again in a moment.'

export const outcomeUnknown =
  'The take was sent and no answer that can be trusted came back: it may or may not have worked. Do not edit yet; Lockdesk keeps reading the draft and shows who holds it.'

export const stranger = (id: string) =>
  `The cloud says that ${id} holds the draft now, and nobody here is known by that id. If it is Lockdesk's own, set LOCKDESK_HOLDER_IDS to ${id}; until then do not edit.`

export const unwritten =
  'The take was sent, but what came of it could not be written down: treat it as not known. Do not edit yet; Lockdesk settles it by the next reading of the draft.'

export const notYourClaim =
  'Only the person whose claim it is can change its reason. Take the lock over first, if you may.'
