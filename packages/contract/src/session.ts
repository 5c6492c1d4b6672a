import { z } from 'zod'
import { Binding, Person } from './person.ts'

/** Whom the cloud will name when the caller takes a lock in a workspace. */
export const CloudIdentity = z.object({
  workspace: z.string(),
  workspaceName: z.string(),
  /** `service`: one identity shared by everybody, so Lockdesk keeps a claim beside the holder. */
  mode: z.enum(['service']),
  /** The name as the cloud shows it; null until the cloud has told it. */
  name: z.string().nullable(),
  /** Every id by which the cloud may name this identity. */
  holderIds: z.array(z.string()),
})
export type CloudIdentity = z.infer<typeof CloudIdentity>

export const Me = z.object({
  person: Person.extend({ email: z.string().nullable() }),
  roles: z.array(Binding),
  mustChangePassword: z.boolean(),
  /** The ids by which the cloud names an identity of the caller. */
  holderIds: z.array(z.string()),
  identities: z.array(CloudIdentity),
  mode: z.enum(['demo', 'live']),
})
export type Me = z.infer<typeof Me>

export const DemoSignIn = z.strictObject({ person: z.enum(['ada', 'bo', 'vi']) })
export const EmailSignIn = z.strictObject({ email: z.string().min(3).max(254), password: z.string().min(1).max(1024) })
export const PasswordChange = z.strictObject({
  current: z.string().min(1).max(1024),
  password: z.string().min(12).max(1024),
})

/** The people of the demo, as the sign-in page offers them. */
export const DemoPeople = z.object({
  people: z.array(Person.extend({ id: DemoSignIn.shape.person, role: z.string() })),
})
export type DemoPeople = z.infer<typeof DemoPeople>
