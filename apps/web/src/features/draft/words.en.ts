import type { Sentence } from '../../i18n/sentence.ts'

type Name = { name: string }
type Code = { code: string }

const times = (n: number) => (n > 1 ? `, ${n} times` : '')

/** Every sentence of the draft panel. */
export const en = {
  panel: (draft: string) => `Draft ${draft}`,
  close: 'Close',
  copyLink: 'Copy link',
  copy: (what: string) => `Copy ${what}`,
  linkCopied: 'Link copied',
  loading: 'Reading its history',
  retry: 'Try again',
  previous: 'Previous',
  next: 'Next',
  notFound: {
    title: 'This draft is not here',
    text: 'Lockdesk knows no draft by this link, or you may not see its namespace.',
  },
  failed: {
    title: 'Its history could not be read',
    text: 'What stands above comes from the board and stays right.',
  },

  statement: {
    free: 'Nobody holds this.',
    held: (who: Name, age: string): Sentence => [who, ` has held this for ${age}.`],
    mine: (age: string): Sentence => [{ name: 'You' }, ` have held this for ${age}.`],
    through: (identity: Code): Sentence => ['Through Lockdesk: the cloud names ', identity, '.'],
    onBehalfOf: (whom: string) => `For ${whom}.`,
    lastHeldBy: (who: Name, at: string): Sentence => ['Last held by ', who, `, until ${at}.`],
    gone: 'The cloud no longer has this draft.',
    goneSince: (at: string) => `Found to be gone at ${at}. Its history stays here.`,
    stale: (at: string) => `As of ${at}.`,
    staleText: 'The cloud has not answered since, so this may have changed.',
    staleTake: 'A take reads the draft first, and is refused where that fails.',
    never: 'This namespace has not been read completely yet.',
    unsure: 'It is not known yet who holds this.',
    readFree: 'It was free when last read.',
    readHeld: (who: Name): Sentence => [who, ' held it when it was last read.'],
    pending: 'We do not know yet whether a take of this draft worked.',
    pendingSince: (at: string) =>
      `It was sent at ${at} and got no clear answer. Lockdesk reads the draft until it knows, and does not ask again.`,
  },

  actions: {
    take: 'Take',
    taking: 'Taking…',
    takeOver: 'Take over…',
    openEditor: 'Open editor',
    console: 'Console',
    asWhom: (identity: Code): Sentence => ['You take it as ', identity, ' in the cloud.'],
    asUnknown: 'You take it as Lockdesk’s service account in the cloud.',
    whyRole: (namespace: string) =>
      `You see ${namespace} as a viewer. An admin of Lockdesk can make you an editor; then you may take drafts here.`,
    whyPolicy: (namespace: string) => `${namespace} is hard: only admins of Lockdesk take over what somebody holds.`,
    whyOther: 'You may not take this draft.',
  },

  facts: {
    howWeKnow: 'How we know',
    modified: 'Modified',
    overdueAt: 'Overdue at',
    reason: 'Reason',
    labels: 'Labels',
    exact: 'Taken in Lockdesk, to the millisecond',
    bounded: (gap: string) => `Two sweeps, ${gap} apart. Not taken in Lockdesk`,
    unwatched: (gap: string) => `It changed within ${gap} that nobody watched`,
    atLeast: 'Held when watching began. The start is not known',
    modifiedBy: (time: string, who: string | null, ago: string | null) =>
      [who === null ? time : `${time} by ${who}`, ago].filter(Boolean).join(', '),
    overdueIn: (time: string, left: string) => `${time}, in ${left}`,
    overdueSince: (time: string, over: string) => `${time}, overdue for ${over}`,
    noReason: 'None given',
    addReason: 'Add a reason',
    editReason: 'Edit reason',
    saveReason: 'Save',
    savingReason: 'Saving…',
    cancel: 'Cancel',
    reasonHint: 'Enter saves. Both texts stay in the audit.',
    reasonFailed: 'The reason was not saved.',
    counter: (n: number, most: number) => `${n} / ${most}`,
  },

  holds: {
    title: 'Holds',
    period: 'Period',
    periods: { '24h': '24 h', '7d': '7 d', '30d': '30 d' },
    label: (period: string) => `Holds of the last ${period}. The events below say the same in words.`,
    notWatched: 'not watched',
    none: (period: string) => `No hold seen in the last ${period}.`,
    more: (n: number) => `${n} more holders are not drawn.`,
    newestOnly: 'The newest 50 holds are drawn.',
    bar: (who: string, from: string, to: string) => `${who}: ${from} to ${to}`,
    now: 'now',
  },

  events: {
    title: 'Events',
    all: 'All events',
    none: 'Nothing has happened since watching began.',
    newest: 'The newest 50.',
    older: (n: number) => `Show ${n} more`,
    somebody: 'Somebody',
    withToken: (token: Code): Sentence => [', token ', token],
    held: (to: Name): Sentence => [to, ' holds it; it was free'],
    heldBefore: (to: Name): Sentence => [to, ' already held it when watching began'],
    changedHands: (to: Name, from: Name): Sentence => [to, ' holds it now; before, ', from, ' did'],
    freed: (from: Name): Sentence => ['Free; ', from, ' let go'],
    freedAfter: (from: Name, heldFor: string): Sentence => ['Free; ', from, ` held it ${heldFor}`],
    deleted: (): Sentence => ['The draft is gone from the cloud'],
    deletedWhileHeld: (from: Name): Sentence => ['The draft is gone from the cloud; ', from, ' held it'],
    taken: (actor: Name, token: Sentence): Sentence => [actor, ' took it', ...token, '; it was free'],
    takenOver: (actor: Name, from: Name, token: Sentence): Sentence => [actor, ' took it over from ', from, ...token],
    claimMoved: (actor: Name, from: Name, identity: Code, token: Sentence): Sentence => [
      actor,
      ' took it over from ',
      from,
      ' within Lockdesk',
      ...token,
      '; the cloud keeps naming ',
      identity,
    ],
    claimEnded: (identity: Code): Sentence => [identity, ' locked it anew outside Lockdesk; the claim has ended'],
    reasonChanged: (actor: Name): Sentence => [actor, ' changed the reason'],
    intent: (actor: Name): Sentence => [actor, ' asked for the lock'],
    alreadyTheirs: (actor: Name): Sentence => [actor, ' wanted to take what was already theirs'],
    lostRace: (actor: Name, winner: Name): Sentence => [actor, ' tried to take it; ', winner, ' has it'],
    stopped: (actor: Name, n: number): Sentence => [
      actor,
      ` wanted to take it${times(n)}; the holder had changed, nothing was sent`,
    ],
    refused: (actor: Name): Sentence => [actor, ' tried to take it; the cloud refused'],
    unknown: (actor: Name): Sentence => [actor, ' tried to take it; whether it worked is not known yet'],
    notTaken: (actor: Name): Sentence => ['The take of ', actor, ' did not work, as a later reading showed'],
    noChange: (actor: Name): Sentence => [actor, ' tried to take it; nothing changed'],
    denied: (actor: Name, n: number): Sentence => ['Lockdesk refused ', actor, `${times(n)}: the right is missing`],
    deniedByPolicy: (actor: Name, n: number): Sentence => [
      'Lockdesk refused ',
      actor,
      `${times(n)}: only admins take over here`,
    ],
    gap: (length: string): Sentence => [`Not watched for ${length}`],
    setting: (actor: Name): Sentence => [actor, ' changed who may do what'],
  },

  ids: {
    title: 'Ids',
    name: 'Full name',
    draft: 'Draft',
    holder: 'Holder',
    workspace: 'Workspace',
    engine: 'Engine',
  },
}

export type DraftWords = typeof en
