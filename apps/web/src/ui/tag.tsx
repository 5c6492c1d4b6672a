import type { ReactNode } from 'react'
import './tag.css'

export interface TagProps {
  tone?: 'plain' | 'mine' | 'line' | 'warn' | 'err'
  children: ReactNode
}

/** One word that sorts a thing. */
export function Tag({ tone = 'plain', children }: TagProps) {
  return <span className={tone === 'plain' ? 'tag' : `tag ${tone}`}>{children}</span>
}

/** A key of the keyboard, as its cap shows it. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="kbd">{children}</kbd>
}
