import type { LockEvent } from '@lockdesk/contract'
import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import { draftKey } from '../../api/draft-key.ts'
import { formatInterval } from '../../i18n/interval.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { useCopy } from '../../ui/copy.tsx'
import { EventGlyph } from '../../ui/event-mark.tsx'
import { LongName, PartyText } from '../../ui/name.tsx'
import { draftTitle, partyBehind, partyNameBeside, shown } from '../../ui/shown-name.ts'
import { type Happening, whatHappened } from '../../ui/what-happened.ts'
import { KnownCell } from './known-cell.tsx'
import { auditMessages } from './words.ts'

const refusals: readonly Happening[] = ['denied', 'refused']

/** One entry as a line that alone answers who, what, from whom, why and how it is known. */
export function EventRow({ event }: { event: LockEvent }) {
  const language = useLanguage()
  const words = useMessages(auditMessages)
  const happening = whatHappened(event)
  const isExact = event.how === 'lockdesk' || event.known === 'exact'
  return (
    <tr className={refusals.includes(happening) ? 'denied' : undefined}>
      <td className="when">
        <time dateTime={event.at.by} title={`${event.at.after ?? '…'} – ${event.at.by} · #${event.number}`}>
          {formatInterval(event.at, language, { isExact })}
        </time>
      </td>
      <td>
        <span className="verb">
          <EventGlyph event={event} />
          <span className="clip">{words.happenings[happening]}</span>
        </span>
      </td>
      <td>
        <DraftCell event={event} />
      </td>
      <td>
        {event.kind !== 'setting' && <span className="in-card">{words.holder}</span>}
        <HolderCell event={event} happening={happening} />
      </td>
      <td>
        <span className="in-card">{words.actor}</span>
        <ActorCell event={event} />
      </td>
      <td>
        <span className="in-card">{words.columns.known}</span>
        <KnownCell event={event} />
      </td>
      <td>{event.requestId !== undefined && <RequestCell id={event.requestId} />}</td>
    </tr>
  )
}

function DraftCell({ event: { ref, draftName } }: { event: LockEvent }) {
  if (ref.draftId === undefined) return null
  const open = draftKey({ ...ref, draftId: ref.draftId })
  return (
    <span className="row-x">
      <Link to="/" search={{ open }} className="to-draft">
        <LongName text={draftTitle(draftName, ref.draftId)} />
      </Link>
      <span className="t3 ns">{ref.namespace}</span>
    </span>
  )
}

function HolderCell({ event, happening }: { event: LockEvent; happening: Happening }) {
  const words = useMessages(auditMessages)
  const { from, to, claim, claimBefore } = event
  const free = <span className="t3">{event.kind === 'deleted' ? words.gone : words.free}</span>
  const parties = { from: from && partyBehind(from, claimBefore), to: to && partyBehind(to, claim?.by) }
  const after = to && parties.to && (
    <PartyText className="t1" title={`${shown(to.name)} · ${to.id}`} text={partyNameBeside(parties.to, parties.from)} />
  )
  if (event.kind === 'setting') return null
  if (
    event.kind === 'attempt' ||
    event.kind === 'denied' ||
    event.kind === 'intent' ||
    happening === 'reason-changed'
  ) {
    return (
      <span className="ft">
        <span className="t3">{words.stays}</span>
        {after ?? free}
      </span>
    )
  }
  return (
    <span className="ft">
      {from && parties.from ? (
        <PartyText
          className="t1"
          title={`${shown(from.name)} · ${from.id}`}
          text={partyNameBeside(parties.from, parties.to)}
        />
      ) : (
        <span className="t3">{words.free}</span>
      )}
      <ArrowRight className="i" role="img" aria-label={words.becomes} />
      {after ?? free}
    </span>
  )
}

function ActorCell({ event }: { event: LockEvent }) {
  const words = useMessages(auditMessages)
  const { actor, token, outcome, reason, count, claim } = event
  if (!actor && !reason) return <span className="t3">{words.notKnown}</span>
  const why = [
    event.kind === 'denied' && (outcome === 'policy-hard' ? words.policyHard : words.noRight),
    count !== undefined && count > 1 && words.times(count),
    claim?.onBehalfOf !== undefined && words.forWhom(claim.onBehalfOf),
    reason && shown(reason),
  ].filter(Boolean)
  const text = [actor?.name, token, ...why].filter(Boolean).join(' · ')
  return (
    <span className="actor clip" title={text}>
      {actor && <span className="t1">{actor.name}</span>}
      {token !== undefined && <span className="code"> {token}</span>}
      {why.length > 0 && <span className="t3">{`${actor ? ' · ' : ''}${why.join(' · ')}`}</span>}
    </span>
  )
}

function RequestCell({ id }: { id: string }) {
  const words = useMessages(auditMessages)
  const copy = useCopy()
  return (
    <button
      type="button"
      className="code t3 request"
      title={id}
      aria-label={words.copyRequest(id)}
      onClick={() => void copy(id)}
    >
      {id.slice(0, 8)}
    </button>
  )
}
