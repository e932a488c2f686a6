import type { SentTurn } from '../answer/respond.ts';
import type { HistoryMessage } from '../prompt/history.ts';

/** What the model was sent in the turns before, so that a conversation can be sent again word for word. */
export interface TurnMemory {
  readonly remember: (turn: SentTurn) => void;
  /** A conversation as people see it, with its questions as the model got them where that is known. */
  readonly asSent: (history: readonly HistoryMessage[]) => readonly HistoryMessage[];
}

const mostTurns = 200;
/** "It is read-write." answers many questions; no two get the same answer of this length. */
const tellingLength = 60;

/** Lives as long as the engine: after a restart no model has read anything, and the plain questions do. */
export function createTurnMemory(): TurnMemory {
  const turns: SentTurn[] = [];
  const find = (question: string, answer: string): SentTurn | undefined => {
    const same = turns.filter(turn => turn.answer.trim() === answer.trim());
    const asked = same.findLast(turn => turn.question === question) ?? same.findLast(turn => turn.question !== '' && question.includes(turn.question));
    // What a command asks is not what was typed: then the answer tells which turn it was, if only one can be meant.
    return asked ?? (answer.trim().length >= tellingLength && new Set(same.map(turn => turn.question)).size === 1 ? same.at(-1) : undefined);
  };
  return {
    remember: turn => {
      if (turn.answer.trim() === '') return;
      turns.push(turn);
      if (turns.length > mostTurns) turns.shift();
    },
    asSent: history => history.map((message, index) => {
      const reply = history[index + 1];
      const sent = message.role === 'user' && reply?.role === 'assistant' ? find(message.text, reply.text) : undefined;
      return sent === undefined ? message : { role: 'user', text: sent.text, evidence: sent.evidence, question: sent.question };
    }),
  };
}
