import { readdir, readFile } from 'node:fs/promises';

/**
 * The pids of the ffmpeg and ffprobe that a process has started and that run still, or are stopped. Linux alone tells:
 * `/proc/PID/stat` has the name in brackets, then state and parent (proc(5)).
 */
export async function toolsOf(parentPid: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')));
  return stats.flatMap((stat) => {
    const [, pid, name = '', state, parent] = /^(\d+) \((.*)\) (\S) (\d+)/s.exec(stat) ?? [];
    return Number(parent) === parentPid && /^ff(mpeg|probe)$/.test(name) && state !== 'Z' ? [Number(pid)] : [];
  });
}

/** Whether a process is there and not just waiting to be collected. */
export async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return stat !== '' && !/\) Z /.test(stat);
}
