import {
  Checkbox,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { PlanGuard, PlanView } from '../../../../preload/contract/views.ts';
import { accept, isAnswered, refuse, usePlanStore } from '../../../stores/plan-store.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '8px', marginBottom: '12px' },
  title: { display: 'block' },
  answer: { maxWidth: '260px', marginTop: '8px', marginBottom: '6px' },
});

/** What would be asked before this plan is carried out, each with its answer. Answering sends nothing. */
export function PlanGuards({ plan }: { readonly plan: PlanView }) {
  const styles = useStyles();
  if (plan.guards.length === 0) return null;
  return (
    <div className={styles.stack} data-testid="plan-guards">
      {plan.guards.map((guard) => (
        <Guard key={`${plan.planId} ${guard.kind}`} guard={guard} />
      ))}
    </div>
  );
}

function Guard({ guard }: { readonly guard: PlanGuard }) {
  const intl = useIntl();
  const styles = useStyles();
  const accepted = usePlanStore((state) => state.accepted);
  const { kind, ...values } = guard;
  const answered = isAnswered(guard, accepted);
  return (
    <MessageBar intent={answered ? 'info' : 'warning'} layout="multiline" data-testid={`guard-${kind}`}>
      <MessageBarBody>
        <MessageBarTitle className={styles.title}>
          {intl.formatMessage({ id: `plan.guard.${kind}` }, values)}
        </MessageBarTitle>
        <FormattedMessage id={`plan.guard.${kind}.advice`} />
        {guard.kind === 'too-many-leavers' && <TypedNumber kind="leavers" people={guard.leavers} />}
        {guard.kind === 'too-many-clearings' && <TypedNumber kind="clearings" people={guard.people} />}
        {guard.kind === 'unreadable-lines' && (
          <Tick
            checked={answered}
            label="plan.guard.unreadable-lines.agree"
            onChange={(yes) => (yes ? accept({ unreadableLines: true }) : refuse('unreadableLines'))}
          />
        )}
        {guard.kind === 'other-account' && (
          <Tick
            checked={answered}
            label="plan.guard.other-account.agree"
            onChange={(yes) => (yes ? accept({ otherAccount: true }) : refuse('otherAccount'))}
          />
        )}
      </MessageBarBody>
    </MessageBar>
  );
}

interface TickProps {
  readonly checked: boolean;
  readonly label: 'plan.guard.unreadable-lines.agree' | 'plan.guard.other-account.agree';
  readonly onChange: (yes: boolean) => void;
}

function Tick({ checked, label, onChange }: TickProps) {
  return (
    <div>
      <Checkbox
        checked={checked}
        onChange={(_, data) => onChange(data.checked === true)}
        label={<FormattedMessage id={label} />}
      />
    </div>
  );
}

/** So many people are changed only by somebody who has read how many they are. */
function TypedNumber({ kind, people }: { readonly kind: 'leavers' | 'clearings'; readonly people: number }) {
  const intl = useIntl();
  const styles = useStyles();
  const [typed, setTyped] = useState('');
  return (
    <Field
      className={styles.answer}
      label={intl.formatMessage({ id: 'plan.guard.type-number' }, { number: intl.formatNumber(people) })}
    >
      <Input
        value={typed}
        inputMode="numeric"
        autoComplete="off"
        onChange={(_, data) => {
          setTyped(data.value);
          // However the person groups digits.
          const number = data.value.replace(/[\s.,’'\u00a0\u202f]/g, '');
          if (number === String(people)) accept({ [kind]: people });
          else refuse(kind);
        }}
      />
    </Field>
  );
}
