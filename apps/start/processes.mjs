// What the starter asks about processes and ports: is this pid alive, is it ours, may we have this port.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** The command line of a living process, or '' when there is none (a zombie counts as none). */
export function commandLine(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return '';
  if (process.platform === 'linux') return readProc(pid, 'cmdline').replaceAll('\0', ' ').trim();
  const listed = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return listed.status === 0 ? listed.stdout.trim() : '';
}

/** Waits until a pid is gone; false when it still lives after the limit. */
export async function gone(pid, limitMs) {
  const deadline = Date.now() + limitMs;
  while (commandLine(pid) !== '') {
    if (Date.now() > deadline) return false;
    await delay(25);
  }
  return true;
}

/** Sends a signal to a process that may be gone already. */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Whether nothing listens on the port, on the loopback addresses or on all of them. */
export async function portIsFree(port) {
  for (const host of ['127.0.0.1', '::1', undefined]) {
    const code = await tryListen(port, host);
    if (code !== '' && code !== 'EADDRNOTAVAIL' && code !== 'EAFNOSUPPORT') return false;
  }
  return true;
}

/** A port that the system says is free just now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function tryListen(port, host) {
  return new Promise((resolve) => {
    const probe = net.createServer().once('error', (error) => resolve(error.code));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve('')));
  });
}

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
