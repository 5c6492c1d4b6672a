import { useMessages } from '../i18n/messages.ts'
import { Dialog } from '../ui/dialog.tsx'
import { useLetterKeys } from '../ui/letter-keys.tsx'
import { Kbd } from '../ui/tag.tsx'
import './keys-dialog.css'
import { appMessages } from './messages.ts'

type KeyName = keyof (typeof appMessages)['en']['key']

const anywhere: [KeyName, string[]][] = [
  ['find', [/mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘K' : 'Ctrl K']],
  ['filter', ['/']],
  ['help', ['?']],
  ['close', ['Esc']],
]
const list: [KeyName, string[]][] = [
  ['move', ['j', 'k']],
  ['open', ['↵']],
  ['mine', ['m']],
]
const draft: [KeyName, string[]][] = [
  ['take', ['t']],
  ['editor', ['o']],
  ['copy', ['c']],
]

/** Exactly the keys there are, and the switch that turns the letters off. */
export function KeysDialog({ onClose }: { onClose(): void }) {
  const words = useMessages(appMessages)
  const { on, turn } = useLetterKeys()
  return (
    <Dialog title={words.keys} lead={words.keysLead} onClose={onClose} className="keys">
      <div className="groups">
        {(
          [
            [words.keysAnywhere, anywhere],
            [words.keysList, list],
            [words.keysDraft, draft],
          ] as const
        ).map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([name, caps]) => (
                <div key={name}>
                  <dt>{words.key[name]}</dt>
                  <dd>
                    {caps.map(cap => (
                      <Kbd key={cap}>{cap}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="letters">
        <input
          type="checkbox"
          role="switch"
          checked={on}
          aria-checked={on}
          onChange={event => turn(event.target.checked)}
        />
        <b>{words.letterKeys}</b>
        <span className="t3">{words.letterKeysHint}</span>
      </label>
    </Dialog>
  )
}
