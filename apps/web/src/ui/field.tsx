import { useId, type ComponentProps, type ReactNode } from 'react'
import './field.css'

export interface FieldProps extends ComponentProps<'input'> {
  label: ReactNode
  hint?: ReactNode
  /** What is wrong with the value, as a sentence. */
  fault?: string | undefined
  /** Stands at the end of the field: a button, a key. */
  after?: ReactNode
}

/** A labelled line of text for forms. */
export function Field({ label, hint, fault, after, className, ...input }: FieldProps) {
  const id = useId()
  const note = fault ?? hint
  return (
    <div className={className}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="field l">
        <input
          {...input}
          id={id}
          aria-invalid={fault !== undefined || undefined}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
        />
        {after}
      </div>
      {note !== undefined && (
        <p id={`${id}-note`} className={fault === undefined ? 'field-hint' : 'field-fault'}>
          {note}
        </p>
      )}
    </div>
  )
}
