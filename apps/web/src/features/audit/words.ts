import { messages } from '../../i18n/messages.ts'
import { en } from './words.en.ts'
import { zh } from './words.zh.ts'

export const auditMessages = messages(en, zh)
