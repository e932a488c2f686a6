/** Where the headless VS Code lies, and the two files that start it. */
export interface VscodeHost {
  readonly folder: string;
  readonly node: string;
  readonly entry: string;
}

export function vscodeHost(): VscodeHost;
export function isVscodeHostReady(): boolean;
export function chromiumFile(): string | undefined;
export function setUpVscodeHost(report?: (message: string) => void): Promise<VscodeHost>;
