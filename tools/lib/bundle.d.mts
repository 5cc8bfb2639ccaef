export declare function bundledPackages(): string[]
export declare function bundle(folder: string, into?: string): Promise<void>
