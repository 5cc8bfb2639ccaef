import { isOwnMetric, type Som } from '@som/core'

/** Whether a map can be handed to a thread: a metric or kernel that is a function of the user's own cannot. */
export const canLeaveThread = ({ metric, kernel }: Pick<Som, 'metric' | 'kernel'>): boolean =>
  !isOwnMetric(metric) && typeof kernel === 'string'
