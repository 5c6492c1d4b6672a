/** A name that loses its middle, not its end, where room is short; the whole is in the title. */
export function LongName({ text, className = 'name' }: { text: string; className?: string }) {
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
