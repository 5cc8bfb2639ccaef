/** Settings before checking, from flags or a file. */
export interface Written {
  readonly model?: string
  readonly data?: string
  readonly registry?: string
  readonly store?: string
  readonly host?: string
  readonly port?: string
  readonly maxBody?: string
  readonly maxUpload?: string
  readonly maxRows?: string
  readonly maxFeatures?: string
  readonly maxUnits?: string
  readonly maxEpochs?: string
  readonly maxJobs?: string
  readonly rate?: string
  readonly bodySeconds?: string
  readonly jobs?: string
  readonly queue?: string
  readonly checkpointEvery?: string
  readonly jobThreads?: string
  readonly allowRoot?: readonly string[]
  readonly allowUrl?: readonly string[]
  readonly allowPrivateUrls?: boolean
  readonly traces?: string
  readonly track?: string
  readonly register?: boolean
  readonly backend?: string
  readonly threads?: string
  readonly open?: boolean
  readonly log?: boolean
}
