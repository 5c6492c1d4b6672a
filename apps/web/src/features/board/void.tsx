import type { ReactNode } from 'react'

export interface VoidProps {
  title: string
  text: string
  /** `alert` where something went wrong. */
  role?: 'alert'
  /** The way on, where there is one. */
  children?: ReactNode
}

/** Stands where there is nothing to show, and says why. */
export function Void({ title, text, role, children }: VoidProps) {
  return (
    <div className="void" role={role}>
      <h2>{title}</h2>
      <p>{text}</p>
      {children !== undefined && <div className="acts">{children}</div>}
    </div>
  )
}
