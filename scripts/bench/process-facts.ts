import { readFile } from 'node:fs/promises';

/** Resident memory of a process, MiB (Linux). */
export async function residentMib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** The most memory that a process has had resident, MiB (Linux). */
export async function peakMib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** Ticks a second of Linux's clock of processes (`getconf CLK_TCK`, 100 on every platform of Node). */
const TICKS_PER_S = 100;

/** What all threads of a process computed so far, seconds (Linux; proc_pid_stat(5), fields 14 and 15). */
export async function computedS(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may have spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
}
