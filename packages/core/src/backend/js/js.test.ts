import { describeBackend } from '../../testing/describe-backend.ts'
import { js } from './js.ts'

describeBackend(js())
