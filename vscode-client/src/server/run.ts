// Runs a program to its end.

import { execFile } from 'node:child_process';

/** How a program ended; `status` is null when it could not be started or was killed. */
export interface Ended {
  status: number | null;
  out: string;
  err: string;
}

export function run(command: string, args: string[], signal?: AbortSignal): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { encoding: 'utf8', windowsHide: true, maxBuffer: 16 << 20, ...(signal && { signal }) } as const;
    execFile(command, args, options, (fault, out, err) => {
      const status = fault === null ? 0 : typeof fault.code === 'number' ? fault.code : null;
      resolve({ status, out, err: err || (fault?.message ?? '') });
    });
  });
}
