import { Hono } from 'hono'
import { z } from 'zod'
import { WorldOptions } from './build-world.ts'
import { NotPossible } from './director.ts'
import type { Controls } from './controls.ts'
import { Fault } from './faults.ts'
import { SwitchesChange } from './switches.ts'

const Person = z.strictObject({ id: z.string().min(1), name: z.string() })
const ConsoleLock = z.strictObject({
  workspace: z.string(),
  namespace: z.string(),
  draftId: z.string(),
  holder: Person.nullable(),
})
const NewDraft = z.strictObject({
  workspace: z.string().min(1),
  namespace: z.string().min(1).max(200),
  name: z.string().min(1).max(2000),
  folder: z.string().max(2000).optional(),
})
const Members = z.strictObject({
  workspace: z.string(),
  namespace: z.string(),
  members: z.array(z.strictObject({ id: z.string().min(1), role: z.string().default('EDITOR') })).max(10_000),
})
const Pause = z.strictObject({ paused: z.boolean() })

/** The control plane: `/_emulator`, unsigned, for demonstrations and tests. What it cannot understand is a 400. */
export function controlRoutes(controls: Controls): Hono {
  return new Hono()
    .get('/calls', c => c.json(controls.calls()))
    .get('/drafts', c => c.json(controls.truth()))
    .post('/drafts', async c => {
      const { folder, ...draft } = await read(c.req.raw, NewDraft)
      return c.json(controls.createDraft(folder === undefined ? draft : { ...draft, folder }))
    })
    .delete('/drafts/:draftId', c => {
      controls.deleteDraft(c.req.param('draftId'))
      return c.json({ draftId: c.req.param('draftId') })
    })
    .post('/console/lock', async c => c.json(controls.lockInConsole(await read(c.req.raw, ConsoleLock))))
    .get('/switches', c => c.json(controls.switches()))
    .put('/switches', async c => c.json(controls.setSwitches(await read(c.req.raw, SwitchesChange))))
    .get('/faults', c => c.json({ faults: controls.listFaults() }))
    .post('/faults', async c => {
      controls.addFault(await read(c.req.raw, Fault))
      return c.json({ faults: controls.listFaults() })
    })
    .delete('/faults', c => {
      controls.clearFaults()
      return c.json({ faults: [] })
    })
    .get('/members', c =>
      c.json({
        members: controls.members({
          workspace: c.req.query('workspace') ?? '',
          namespace: c.req.query('namespace') ?? '',
        }),
      }),
    )
    .post('/members', async c => {
      const { members, ...address } = await read(c.req.raw, Members)
      controls.setMembers({ ...address, members })
      return c.json({ members: controls.members(address) })
    })
    .get('/people', c => c.json({ paused: controls.colleagues.paused }))
    .post('/people', async c => {
      controls.colleagues.pause((await read(c.req.raw, Pause)).paused)
      return c.json({ paused: controls.colleagues.paused })
    })
    .post('/world', async c => {
      controls.rebuild(await read(c.req.raw, WorldOptions))
      return c.json(controls.describeWorld())
    })
    .all('*', c => c.json({ error: 'The control plane has no such call.' }, 404))
    .onError((error, c) => {
      if (error instanceof NotPossible) return c.json({ error: error.message }, error.status)
      if (error instanceof z.ZodError) {
        return c.json(
          {
            error: 'This is not what the call takes.',
            issues: error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
          },
          400,
        )
      }
      throw error
    })
}

async function read<T extends z.ZodType>(request: Request, schema: T): Promise<z.output<T>> {
  const text = await request.text()
  return schema.parse(parsed(text))
}

/** Something no schema accepts stands for what is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
