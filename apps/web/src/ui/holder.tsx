import type { Claim, Holder } from '@lockdesk/contract'
import { MousePointerClick } from 'lucide-react'
import { useMessages } from '../i18n/messages.ts'
import { Avatar } from './avatar.tsx'
import './holder.css'
import { uiMessages } from './messages.ts'
import { partyName, shown } from './shown-name.ts'
import { Tag } from './tag.tsx'

export interface HolderNameProps {
  holder: Holder
  /** The person who stands behind a shared holder. */
  claim?: Claim | null | undefined
  /** The viewer's own. */
  me?: boolean
}

/**
 * Who holds a lock, in one line. Where a claim stands behind a shared holder it is the person who is named,
 * "Lin Wei (through Lockdesk)", and the holder of the cloud is in the title.
 */
export function HolderName({ holder, claim, me = false }: HolderNameProps) {
  const words = useMessages(uiMessages)
  const title = [shown(holder.name), holder.id].filter(Boolean).join(' · ')
  if (claim) {
    return (
      <span className="who" title={title}>
        <Avatar name={shown(claim.by.name)} me={me} />
        <span className="clip">
          {partyName(claim.by)}
          {claim.onBehalfOf !== undefined && <span className="t3"> · {claim.onBehalfOf}</span>}
        </span>
        {!me && <span className="via clip"> {words.throughLockdesk('').trim()}</span>}
        {me && <Tag tone="mine">{words.you}</Tag>}
        {me && (
          <span className="t3 how" title={words.through}>
            <MousePointerClick className="i i-14" aria-label={words.through} role="img" />
          </span>
        )}
      </span>
    )
  }
  return (
    <span className="who" title={title}>
      <Avatar name={shown(holder.name)} kind={holder.kind} me={me} />
      <span className="clip">{partyName(holder)}</span>
      {me && <Tag tone="mine">{words.you}</Tag>}
      {!me && holder.kind === 'service' && <Tag tone="line">{words.bot}</Tag>}
      {holder.member === false && <Tag tone="warn">{words.hasLeft}</Tag>}
    </span>
  )
}
