// The two places where messages wait for people, told apart in one place.

import { type Icon, IconTrash, IconUserCheck } from '@sluice/icons';
import { api } from '../../frame/api.ts';

interface Act {
  readonly verb: string;
  readonly done: string;
  /** What it means for all that match. */
  readonly explanation: string;
}

export interface Kind {
  /** First part of the keys of its queries, and its path. */
  readonly id: 'trash' | 'user-tasks';
  readonly label: string;
  readonly description: string;
  readonly icon: Icon;
  readonly calls: typeof api.userTasks;
  readonly one: string;
  readonly many: string;
  /** To let it go on, and to end it. */
  readonly onward: Act;
  readonly away: Act;
  readonly empty: { readonly title: string; readonly text: string };
}

export const TRASH: Kind = {
  id: 'trash',
  label: 'Trash',
  description: 'Messages that could not go on. Nothing is lost: mend what is wrong and let them run again.',
  icon: IconTrash,
  calls: api.trash,
  one: 'message',
  many: 'messages',
  onward: {
    verb: 'Replay',
    done: 'replayed',
    explanation: 'They run again at their nodes with the content they have. What fails again comes back here.',
  },
  away: {
    verb: 'Discard',
    done: 'discarded',
    explanation: 'They end here. Their processes finish without what these messages would have done.',
  },
  empty: {
    title: 'Nothing failed',
    text: 'When a step gives up on a message, it lands here with the reason, its content and every attempt, until you replay or discard it.',
  },
};

export const TASKS: Kind = {
  id: 'user-tasks',
  label: 'User tasks',
  description: 'Messages at which a process waits for somebody to decide.',
  icon: IconUserCheck,
  calls: api.userTasks,
  one: 'task',
  many: 'tasks',
  onward: {
    verb: 'Accept',
    done: 'accepted',
    explanation: 'They go on to what comes after their tasks, with the content they have.',
  },
  away: {
    verb: 'Reject',
    done: 'rejected',
    explanation: 'The messages end here. Their processes finish without what would have come after the task.',
  },
  empty: {
    title: 'Nothing waits for you',
    text: 'A process with a node of the kind “user-task” stops there: its message appears here, and goes on when somebody accepts it.',
  },
};
