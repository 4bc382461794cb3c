// Lines that find no room are counted, and the log goes on where it was cut.
import { expect, test } from 'vitest';
import { createLog } from './log.ts';

/** A volume with so many bytes of room, as a file of it takes them: what fits is taken, then nothing. */
function createVolume() {
  const volume = {
    room: 0,
    text: '',
    write: (bytes: Buffer) => {
      const taken = bytes.subarray(0, volume.room);
      if (taken.length === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      volume.room -= taken.length;
      volume.text += taken.toString();
      return taken.length;
    },
  };
  return volume;
}

test('a log without room loses lines, ends nothing, and says how many they were', () => {
  const volume = createVolume();
  const log = createLog('worker', 'info', volume.write);
  log.info('one');
  volume.room = 20;
  log.info('two');
  log.info('three');
  volume.room = 10_000;
  log.info('four');
  log.info('five');
  const [cut, ...lines] = volume.text.trimEnd().split('\n');
  expect(cut).toHaveLength(20);
  expect(lines.map((line) => JSON.parse(line)).map(({ msg }) => msg)).toEqual([
    '3 lines of this log could not be written',
    'four',
    'five',
  ]);
});

test('a pipe whose reader is late is tried again for half a second, once', () => {
  const pipe = { refusals: 20, asked: 0, text: '' };
  const log = createLog('worker', 'info', (bytes) => {
    pipe.asked += 1;
    pipe.refusals -= 1;
    if (pipe.refusals >= 0) throw Object.assign(new Error('try again'), { code: 'EAGAIN' });
    pipe.text += bytes.toString();
    return bytes.length;
  });
  log.info('one');
  expect(JSON.parse(pipe.text).msg).toBe('one');
  Object.assign(pipe, { refusals: 1_000, asked: 0, text: '' });
  log.info('two');
  expect(pipe.asked).toBe(51);
  // Whoever writes on waits no more, until there is room.
  log.info('three');
  expect(pipe.asked).toBe(52);
  pipe.refusals = 0;
  log.info('four');
  const lines = pipe.text.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
    '2 lines of this log could not be written',
    'four',
  ]);
});
