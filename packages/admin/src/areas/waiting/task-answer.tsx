// The form of a user task, beside the data it is about.

import { Alert, Fieldset, Stack, Text } from '@mantine/core';
import { FieldInput } from '../../parts/field-input.tsx';
import { Code } from '../../parts/payload.tsx';
import { type Answer, given, isAnswer, type Question, shown, withMember } from './task-form.ts';
import styles from './waiting-page.module.css';

export interface TaskAnswerProps {
  readonly questions: readonly Question[];
  /** Null when what is written as text is no JSON object. */
  readonly answer: Answer | null;
  /** By pointer. */
  readonly problems: Readonly<Record<string, string>>;
  /** The message as it came. */
  readonly data: string;
  readonly disabled: boolean;
  readonly onChange: (answer: Answer) => void;
}

export function TaskAnswer({ questions, answer, problems, data, disabled, onChange }: TaskAnswerProps) {
  const known = new Set(pointersOf(questions));
  const elsewhere = Object.entries(problems).filter(([pointer]) => !known.has(pointer));
  return (
    <div className={styles.answer}>
      <Stack gap="md">
        {elsewhere.length > 0 && (
          <Alert color="vermilion">
            {elsewhere.map(([pointer, problem]) => (
              <div key={pointer}>
                {pointer} {problem}
              </div>
            ))}
          </Alert>
        )}
        {answer ? (
          <Questions
            questions={questions}
            answer={answer}
            problems={problems}
            disabled={disabled}
            onChange={onChange}
          />
        ) : (
          <Text c="dimmed">The content is no JSON object. Write one in the tab “Content”.</Text>
        )}
      </Stack>
      <div className={styles.data}>
        <div className="overline">Data of the message</div>
        <div className="code-box">
          <Code label="Data of the message" text={data} language="json" />
        </div>
      </div>
    </div>
  );
}

function Questions({
  questions,
  answer,
  problems,
  disabled,
  onChange,
}: Omit<TaskAnswerProps, 'answer' | 'data'> & { readonly answer: Answer }) {
  return (
    <>
      {questions.map((question) => {
        const { key, pointer, field, members, label, description, required } = question;
        const value = answer[key];
        if (field)
          return (
            <FieldInput
              key={pointer}
              field={field}
              value={shown(question, value)}
              problem={problems[pointer]}
              choices={undefined}
              disabled={disabled}
              onChange={(next) => onChange(withMember(answer, key, given(question, next)))}
            />
          );
        return (
          <Fieldset key={pointer} legend={label}>
            <Stack gap="md">
              {description !== undefined && (
                <Text size="sm" c="dimmed">
                  {description}
                </Text>
              )}
              <Questions
                questions={members}
                answer={isAnswer(value) ? value : {}}
                problems={problems}
                disabled={disabled}
                onChange={(next) => {
                  // A part that nobody has to answer is there only when something is in it.
                  const empty = !required && Object.keys(next).length === 0;
                  onChange(withMember(answer, key, empty ? undefined : next));
                }}
              />
            </Stack>
          </Fieldset>
        );
      })}
    </>
  );
}

const pointersOf = (questions: readonly Question[]): string[] =>
  questions.flatMap(({ pointer, members }) => [pointer, ...pointersOf(members)]);
