import type { Happening } from '../../ui/what-happened.ts'
import type { AuditKind } from './audit-search.ts'

const happenings: Record<Happening, string> = {
  held: 'Held',
  'changed-hands': 'Changed hands',
  freed: 'Freed',
  deleted: 'Draft deleted',
  taken: 'Taken',
  'taken-over': 'Taken over',
  'claim-moved': 'Claim moved',
  'claim-ended': 'Claim ended',
  'reason-changed': 'Reason changed',
  intent: 'Taking',
  'already-yours': 'Already theirs',
  'lost-race': 'Lost race',
  stopped: 'Stopped',
  refused: 'Refused',
  unknown: 'Not known yet',
  'not-taken': 'Not taken',
  'no-change': 'No change',
  denied: 'Denied',
  gap: 'Not watched',
  setting: 'Setting',
}

const kinds: Record<AuditKind, string> = {
  taken: 'Taken here',
  held: 'Held',
  changed: 'Changed hands',
  freed: 'Freed',
  deleted: 'Draft deleted',
  attempt: 'Attempts',
  intent: 'Intents',
  denied: 'Denied',
  gap: 'Not watched',
  setting: 'Settings',
}

const count = (n: number) => n.toLocaleString('en')

/** Every word of the audit page. */
export const en = {
  title: 'Audit',
  events: 'Events',
  filters: 'Filters',
  what: 'What',
  anything: 'Everything',
  holder: 'Holder',
  actor: 'Actor',
  namespace: 'Namespace',
  draft: 'Draft',
  clear: 'Clear filters',
  remove: (filter: string) => `Remove filter ${filter}`,
  happenings,
  kinds,

  columns: {
    when: 'When',
    what: 'What',
    draft: 'Draft',
    holder: 'Holder',
    actor: 'Actor and reason',
    known: 'How known',
    request: 'Request',
  },
  table: 'Events of the audit, newest first',
  day: (date: string, zone: string) => `${date} · times in ${zone}`,
  free: 'free',
  gone: 'gone',
  stays: 'stays',
  becomes: 'then',
  through: 'through Lockdesk',
  notKnown: 'not known',
  times: (n: number) => `${n} times`,
  noRight: 'the right is missing',
  policyHard: 'only admins take over here',
  forWhom: (whom: string) => `for ${whom}`,
  copyRequest: (id: string) => `Copy request id ${id}`,
  known: {
    sweeps: 'Two sweeps',
    gap: 'After a gap',
    start: 'At the start',
    lockdesk: 'Lockdesk',
    token: 'API token',
    reading: 'A reading',
  },
  gap: (namespace: string, length: string) => `${namespace} not watched for ${length}.`,
  gapText: 'Of changes in this time only the result is known, not the moment.',

  news: (n: string) => `${n} new`,
  show: 'Show',
  older: 'Older',
  loadingOlder: 'Reading…',
  shown: (n: number) => (n === 1 ? '1 event, newest first' : `${count(n)} events, newest first`),
  more: 'there are older ones',
  whole: 'nothing older',
  ownOnly: 'You see what you did, what was tried in your name, and what you held. Admins see everybody’s.',
  intents: 'A take’s intent is told by its end.',

  loading: 'Reading the events',
  empty: {
    title: 'Nothing has been written down yet',
    text: 'Each lock that is seen to change, and each take, becomes a line here.',
  },
  noMatch: {
    title: 'No event matches',
    text: 'The filters are the reason: without them there may be some.',
  },
  failed: {
    title: 'The events could not be read',
    text: 'Nothing is lost: they are kept in the ledger.',
    older: 'Older events could not be read.',
    retry: 'Try again',
  },

  chain: {
    verify: 'Verify the chain',
    verifying: 'Verifying…',
    verified: 'Chain verified',
    facts: (entries: number, at: string) => `${count(entries)} entries, ${at}`,
    failed: 'Could not be verified',
    broken: (number: number) => `Entry ${count(number)} does not fit the one before it.`,
    brokenText: (after: number) =>
      `The ${count(after)} from it on prove nothing until this is explained. Keep a copy of the database and tell whoever runs Lockdesk.`,
  },
}

export type AuditWords = typeof en
