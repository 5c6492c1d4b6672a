import { Bot } from 'lucide-react'
import './avatar.css'
import { initialsOf } from './initials.ts'

export interface AvatarProps {
  name: string
  kind?: 'person' | 'service' | 'unknown'
  /** The viewer: the one place besides focus where the accent is allowed to fill. */
  me?: boolean
  size?: 'm' | 'l'
}

/** A sign for somebody, always beside the name: it says nothing by itself. */
export function Avatar({ name, kind = 'person', me = false, size = 'm' }: AvatarProps) {
  const { text, isCjk } = initialsOf(name)
  const shape = me ? 'me' : kind === 'service' ? 'bot' : kind === 'unknown' ? 'unk' : false
  const names = ['av', shape, isCjk && kind !== 'service' && 'cjk', size === 'l' && 'l'].filter(Boolean).join(' ')
  return (
    <span className={names} aria-hidden>
      {!me && kind === 'service' ? <Bot className="i" /> : !me && kind === 'unknown' ? '?' : text}
    </span>
  )
}
