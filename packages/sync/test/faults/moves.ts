// F34: the moves between states that are legal, and a note of every one that is made on a stage, so that any other is told.
import type pg from 'pg';

type Move = readonly [from: readonly string[], to: readonly string[]];

interface Stateful {
  /** The column that carries the state. */
  column: string;
  moves: readonly Move[];
}

/** A row that was not there before. */
const nothing = '';
const shown = [
  'new',
  'pending',
  'held',
  'sending',
  'checking',
  'conflict',
  'completed',
  'warning',
  'failed',
  'skipped',
];

/** Read from the code that writes them, whose functions are named; what no function does is illegal. */
const legal: Readonly<Record<string, Stateful>> = {
  change: {
    column: 'state',
    moves: [
      // closeTx numbers it; where a person keeps its record from Xero it goes nowhere.
      [[nothing], ['pending', 'skipped']],
      // closeTx: a newer change of the record takes its place. What is in flight or settled stays what it is.
      [['pending', 'rejected'], ['superseded']],
      // setDoNotSync keeps the record from Xero, chooseSide keeps what Xero holds, a claim finds the record gone.
      [['pending', 'rejected'], ['skipped']],
      // insertExport freezes it into an export, without which nothing is sent.
      [['pending'], ['claimed']],
      // writeVerdicts: only what was claimed comes to a verdict, and what was refused makes room for a newer change.
      [['claimed'], ['sent', 'rejected', 'superseded']],
      // giveUp, giveUpUnsent and writeConflicts: it waits again, unless it was replaced or its record excluded meanwhile.
      [['claimed'], ['pending', 'superseded', 'skipped']],
      // retryChanges: a person lets it go once more.
      [['rejected'], ['pending']],
    ],
  },
  record: {
    column: 'sync_state',
    moves: [
      // writeRecords; an entity that does not go to Xero is skipped from the first.
      [[nothing], ['new', 'skipped']],
      // closeTx: it was written here, whatever it was, and waits or is kept from Xero; so it is when it is given back or released.
      [shown, ['pending', 'skipped']],
      // insertExport; and after an edit or an exclusion in flight writeRetry and writeCutOff say again that it is on its way, or not known to be there.
      [
        ['pending', 'skipped', 'held', 'sending', 'checking'],
        ['sending', 'checking'],
      ],
      // holdChanges: it waits for a parent or an account; a refused parent holds children that are in flight, too.
      [['pending', 'sending'], ['held']],
      // writeSent and writeRejected: only what was in flight ends, though it was excluded or held meanwhile; an edit in flight leaves it pending.
      [
        ['sending', 'checking', 'held', 'skipped'],
        ['completed', 'warning', 'failed'],
      ],
      // writeConflicts: Xero's was changed, as a comparison before sending told.
      [['sending', 'checking', 'held'], ['conflict']],
      // chooseSide: what Xero holds stays, taken over or with the difference told.
      [['conflict'], ['completed', 'warning']],
      // writeReadRecords: lists that are only read from Xero.
      [['new'], ['completed']],
    ],
  },
  run: {
    column: 'state',
    moves: [
      // openRun.
      [[nothing], ['waiting']],
      // beginRun: it is taken, or taken up again.
      [['waiting', 'parked'], ['running']],
      // parkRun, and askRun's pause of a run that nobody carries.
      [['running', 'waiting'], ['parked']],
      // resumeRun: a person lets it go on.
      [['parked'], ['waiting']],
      // askRun's stop of a run that nobody carries, or endRun when its worker hears it.
      [['waiting', 'running', 'parked'], ['stopped']],
      // endRun; what has ended is never taken up again.
      [['running'], ['done']],
    ],
  },
  export: {
    column: 'state',
    moves: [
      // insertExport: what may have landed already looks before it is sent.
      [[nothing], ['prepared', 'retrying']],
      // beginAttempt, before the call goes.
      [['prepared', 'retrying'], ['sending']],
      // writeRetry, lookAgain, and writeCutOff of a call whose worker ended; a comparison that failed was made of one that is still prepared.
      [['prepared', 'sending'], ['retrying']],
      // closeExport: what is closed stays so. A comparison settles what was not sent in this coming.
      [
        ['prepared', 'sending', 'retrying'],
        ['sent', 'failed'],
      ],
      // Only what Xero refused as a whole is halved.
      [['sending'], ['split']],
    ],
  },
};

/** A move is noted once for an organisation, and nobody waits for whoever notes the same just now. */
export async function noteMoves(owner: pg.Pool): Promise<void> {
  const triggers = Object.entries(legal).map(
    ([table, { column }]) => `
    CREATE FUNCTION note_${table}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
      DECLARE before text := '${nothing}';
      BEGIN
        IF TG_OP = 'UPDATE' THEN before := OLD.${column}; END IF;
        INSERT INTO state_move SELECT NEW.organisation_id, '${table}', before, NEW.${column}
         WHERE NOT EXISTS (SELECT 1 FROM state_move m WHERE m.organisation_id = NEW.organisation_id AND m.of = '${table}'
                           AND m.was = before AND m.became = NEW.${column});
        RETURN NULL;
      END $$;
    CREATE TRIGGER note_made AFTER INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION note_${table}();
    CREATE TRIGGER note_moved AFTER UPDATE OF ${column} ON ${table} FOR EACH ROW
      WHEN (OLD.${column} IS DISTINCT FROM NEW.${column}) EXECUTE FUNCTION note_${table}();`,
  );
  await owner.query(`
    CREATE TABLE state_move (organisation_id uuid NOT NULL, of text NOT NULL, was text NOT NULL, became text NOT NULL);
    CREATE INDEX ON state_move (organisation_id);
    ${triggers.join('')}`);
}

/** The moves that an organisation's rows made and that no function makes. */
export async function findIllegalMoves(owner: pg.Pool, organisation: string): Promise<string[]> {
  const { rows } = await owner.query<{ of: string; was: string; became: string }>(
    'SELECT DISTINCT of, was, became FROM state_move WHERE organisation_id = $1',
    [organisation],
  );
  return rows
    .filter(({ of, was, became }) => !isLegal(of, was, became))
    .map(({ of, was, became }) => `F34 illegal: a ${of} went from '${was}' to '${became}'`);
}

function isLegal(of: string, was: string, became: string): boolean {
  return legal[of]?.moves.some(([from, to]) => from.includes(was) && to.includes(became)) ?? false;
}
