import type { Sentence } from '../../i18n/sentence.ts'
import { readingFaults } from '../../ui/reading-fault.ts'

/** Every sentence of taking a lock. Names come in as they are, and are rendered as text. */
export const en = {
  close: 'Close',
  dismiss: 'Dismiss',
  openEditor: 'Open editor',
  addReason: 'Add a reason',
  takeOver: 'Take over…',
  takeAgain: 'Take',
  copyDetails: 'Copy details',
  request: 'Request',

  taken: {
    title: (draft: string) => `You hold ${draft}`,
    announced: (draft: string) => `Taken: ${draft} is yours.`,
    wasFree: 'It was free.',
    wasHeld: (holder: string) => `${holder} held it before.`,
    claimMoved: (before: string, identity: string) =>
      `${before} held it through Lockdesk; the cloud keeps naming ${identity}.`,
    byAnswer: 'The cloud’s answer says so; reading the draft afterwards did not show it yet.',
    noRelease: 'It stays yours until somebody else takes it: the cloud has no release.',
  },
  alreadyYours: {
    title: (draft: string) => `${draft} was already yours`,
    text: 'Nothing was sent and nothing changed.',
  },
  heldByOther: {
    gotIt: (winner: string, draft: string) => `${winner} got ${draft} before you`,
    keepsIt: (holder: string, draft: string) => `${holder} still holds ${draft}`,
    freeAgain: (draft: string) => `${draft} is free again`,
    nothingLost: 'You hold nothing; no text was lost.',
    lostAgain: (winner: string, draft: string) => `You had ${draft} for a moment; ${winner} has it now`,
    mayBeLost: (before: string) =>
      `You do not hold it any more. When you got it, ${before} lost it: what ${before} had not saved may be lost.`,
    hadBeenFree: 'You do not hold it any more. It was free before you got it.',
    cloudKept: 'The cloud did not hand it over. Nothing changed.',
    tryOnce: 'Somebody had it for a moment and let go. Try once more.',
  },
  holderChanged: {
    taken: (holder: string, draft: string) => `${holder} holds ${draft} now`,
    freed: (draft: string) => `${draft} has become free`,
    text: 'It changed while you decided. Nothing was sent.',
  },
  refused: {
    title: (draft: string) => `The cloud refused ${draft}`,
    ram: (identity: string) =>
      `The RAM policy of ${identity} does not allow stream:GetDeploymentDraftLock. An administrator of the Alibaba Cloud account can grant it.`,
    namespaceRole: (identity: string, namespace: string) =>
      `${identity} lacks “Unlock SQL/YAML Job Draft” (or “Develop SQL/YAML Job”) in ${namespace}. An owner of ${namespace} can grant it.`,
    unspecified: 'The cloud refused and did not say why.',
    withCode: (code: string) => `Its code is ${code}.`,
    nothingChanged: 'Nothing changed.',
    theIdentity: 'the service account',
  },
  unknown: {
    title: (draft: string) => `We do not know yet whether you hold ${draft}`,
    text: 'The cloud did not answer clearly. Lockdesk is reading the draft, not asking again. Until that is settled, nobody else can take it through Lockdesk.',
    namesStranger: (id: string) =>
      `The cloud names ${id}, which may be Lockdesk’s own identity. An administrator can tell it in LOCKDESK_HOLDER_IDS.`,
  },
  settled: {
    mine: (draft: string) => `Settled: you hold ${draft}`,
    notMine: (draft: string) => `Settled: you do not hold ${draft}`,
    heldBy: (holder: string) => `${holder} holds it.`,
    free: 'It is free.',
  },
  lost: {
    title: (draft: string) => `We do not know whether the take of ${draft} was sent`,
    text: 'Your browser got no answer. The board is being read again; the take is not repeated.',
  },
  problems: {
    pending: {
      title: (draft: string) => `An earlier take of ${draft} is not settled`,
      text: 'Whether it worked is not known yet, so nothing was sent. Lockdesk reads the draft until it knows; try again then.',
    },
    policyHard: {
      title: (namespace: string) => `Only admins take over in ${namespace}`,
      text: (draft: string) =>
        `${draft} is held, and this namespace is hard. Ask an admin of Lockdesk. Nothing was sent.`,
    },
    noRight: {
      title: (draft: string) => `You may not take ${draft}`,
      text: (right: string, namespace: string) =>
        `You lack the right “${right}” in ${namespace}. An admin of Lockdesk can give it to you. Nothing was sent.`,
    },
    cloudUnavailable: {
      title: (draft: string) => `${draft} was not taken: the cloud cannot be asked`,
      text: 'Who holds it now cannot be read, so nothing was sent.',
      soon: 'The board goes on as soon as the cloud answers.',
      /** Where the cloud's code tells no cause: the server's whole sentence, which is English. */
      otherwise: (detail: string | undefined, _code: string | undefined) => detail,
      causes: readingFaults.en,
    },
    ledgerUnavailable: {
      title: (draft: string) => `${draft} was not taken: Lockdesk cannot write it down`,
      text: 'What is not written down first is not sent. Tell whoever runs Lockdesk.',
    },
    throttled: {
      title: (draft: string) => `${draft} was not taken: the cloud limits the calls`,
      text: (wait: string) => `Nothing changed. Try again ${wait}.`,
    },
    tooMany: {
      title: 'Too many takes in a minute',
      text: (wait: string) => `Nothing was sent. Try again ${wait}.`,
    },
    draftGone: {
      title: (draft: string) => `${draft} does not exist any more`,
      text: 'The cloud no longer has this draft. Its history stays here.',
    },
    notFound: {
      title: (draft: string) => `${draft} was not found`,
      text: 'Lockdesk knows no such draft, or you may not see its namespace. Nothing was sent.',
    },
    notSignedIn: {
      title: 'You have been signed out',
      text: (draft: string) => `${draft} was not taken. Sign in and try again.`,
    },
    passwordChangeNeeded: {
      title: 'Change your password first',
      text: (draft: string) => `${draft} was not taken: with a one-time password nothing else is allowed.`,
    },
    foreignOrigin: {
      title: (draft: string) => `${draft} was not taken: the request seemed to come from another site`,
      text: 'Open Lockdesk at its own address and try again. Nothing was sent to the cloud.',
    },
    badRequest: {
      title: (draft: string) => `${draft} was not taken: the request was not understood`,
      text: 'Reload the page: it may be older than the server. Nothing was sent to the cloud.',
    },
    tooLarge: {
      title: (draft: string) => `${draft} was not taken: the reason is too long`,
      text: 'Up to 280 characters fit. Nothing was sent to the cloud.',
    },
    internal: {
      title: (draft: string) => `Something went wrong while taking ${draft}`,
      text: 'Whether you hold it is shown on the board, which is being read again. The take is not repeated.',
    },
  },
  wait: {
    seconds: (n: number) => (n <= 1 ? 'in a second' : `in ${n} s`),
    minutes: (n: number) => `in ${n} min`,
    later: 'in a while',
  },

  dialog: {
    title: (draft: string) => `Take over ${draft}`,
    titleFree: (draft: string) => `Take ${draft}`,
    from: 'From',
    to: 'To',
    free: 'Free',
    you: 'you',
    asWhom: (identity: string): Sentence => ['as ', { code: identity }, ' in the cloud'],
    asUnknown: 'as Lockdesk’s service account in the cloud',
    savedAgo: (ago: string) => `saved ${ago}`,
    mayBeLost: (holder: string) => `What ${holder} has not saved may be lost.`,
    mayBeLostSince: (holder: string, time: string) => `What ${holder} typed since ${time} may be lost.`,
    noCopy: 'The cloud keeps no copy of unsaved text.',
    claimOnly: (holder: string, identity: string) =>
      `${holder} holds it through Lockdesk; the cloud keeps naming ${identity}. Nothing is sent: only the claim moves to you.`,
    claimNobody: (identity: string) =>
      `${identity} holds it, and nobody’s claim stands behind it. Nothing is sent: only the claim becomes yours.`,
    sharedEditor: (holder: string) => `If ${holder} has the draft open, you would both be writing as the same account.`,
    noRelease: 'Lockdesk cannot give it back: the cloud has no release. It stays yours until somebody else takes it.',
    reason: 'Reason',
    reasonHint: 'Optional. Shown on the board and kept in the audit.',
    counter: (n: number, most: number) => `${n} / ${most}`,
    now: 'Take over now',
    takeNow: 'Take now',
    cancel: 'Cancel',
    sending: 'Taking…',
    sendingNote: 'Sent once. Closing this does not call it back; the result is told on the page.',
    rearmed: (holder: string) => `${holder} holds it now. Check again before you take it.`,
    rearmedFree: 'It has become free meanwhile. Check again before you take it.',
    checkAgain: 'Check again before you take it.',
    changed: 'What you saw has changed.',
    isYours: 'You hold it now. There is nothing left to take.',
    isPending: 'An earlier take of this draft is not settled yet. Nothing can be sent until it is.',
    isGone: 'The draft does not exist any more.',
    notAllowed: 'Taking over is not open to you as it stands now.',
    notOnBoard: 'This draft is no longer on the board.',
  },
}

export type TakeWords = typeof en
