import { shown } from './shown-name.ts'

/** A name that loses its middle, not its end, where room is short; the whole is in the title. */
export function LongName({ text: raw, className = 'name' }: { text: string; className?: string }) {
  const text = shown(raw)
  const signs = [...text]
  if (signs.length <= 24) {
    return (
      <span className={`${className} clip`} title={text}>
        {text}
      </span>
    )
  }
  const cut = signs.length - 10
  return (
    <span className={`${className} mid`} title={text}>
      <span>{signs.slice(0, cut).join('')}</span>
      <span>{signs.slice(cut).join('')}</span>
    </span>
  )
}

/** A party's name: where it ends with the end of an id, which tells it from another, that end is never cut. */
export function PartyText({ text, title, className = '' }: { text: string; title: string; className?: string }) {
  const [, name, tail] = /^(.*) (··\S+)$/.exec(text) ?? [undefined, text, undefined]
  return (
    <span className={`tailed ${className}`} title={title}>
      <span className="clip">{name}</span>
      {tail !== undefined && <span>{`\u00a0${tail}`}</span>}
    </span>
  )
}
