import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { PlanView } from '../../../../preload/contract/views.ts';
import type { MessageKey } from '../../../text/messages.ts';
import { requestLabels } from '../../../text/plan-labels.ts';
import { useFormat } from '../../../text/use-format.ts';

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(230px, 1fr))',
    gap: '12px 24px',
    margin: '16px 0 0',
  },
  fact: { minWidth: 0 },
  name: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  value: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  quiet: { display: 'block', color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
});

function Fact({ name, testId, children }: { name: MessageKey; testId: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.fact}>
      <dt className={styles.name}>
        <FormattedMessage id={name} />
      </dt>
      <dd className={styles.value} data-testid={testId}>
        {children}
      </dd>
    </div>
  );
}

/** What a run takes: requests by kind, time, what is left of today's, and what it may do to the bill. */
export function PlanFacts({ plan }: { readonly plan: PlanView }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const { requests, requestsToday, duration, account, leaverIdSource } = plan;
  const left = Math.max(0, requestsToday.limit - requestsToday.made);
  const kinds = (Object.keys(requestLabels) as (keyof typeof requestLabels)[])
    .filter((kind) => requests[kind] > 0)
    .map((kind) => intl.formatMessage({ id: requestLabels[kind] }, { count: requests[kind] }));
  return (
    <dl className={styles.facts}>
      <Fact name="plan.requests" testId="plan-requests">
        {format.number(requests.total)}
        <Text size={200} className={styles.quiet}>
          {intl.formatList(kinds, { type: 'unit' })}
        </Text>
        {leaverIdSource !== null && (
          <Text size={200} className={styles.quiet}>
            <FormattedMessage
              id={leaverIdSource.chosen === 'pages' ? 'plan.ids-by-pages' : 'plan.ids-by-look-ups'}
              values={{
                pages: leaverIdSource.requests.pages ?? 0,
                lookUps: leaverIdSource.requests['look-ups'],
              }}
            />
          </Text>
        )}
      </Fact>
      <Fact name="plan.requests-left" testId="plan-requests-left">
        {format.number(left)}
        <Text size={200} className={styles.quiet}>
          <FormattedMessage
            id={requests.total > left ? 'plan.requests-left.too-few' : 'plan.requests-left.enough'}
            values={{ limit: requestsToday.limit }}
          />
        </Text>
      </Fact>
      <Fact name="plan.duration" testId="plan-duration">
        {format.duration(duration.ms)}
        <Text size={200} className={styles.quiet}>
          <FormattedMessage id={duration.from === 'pace' ? 'plan.duration.pace' : 'plan.duration.earlier-runs'} />
        </Text>
      </Fact>
      <Fact name="plan.active-contacts" testId="plan-active-contacts">
        {account === null ? (
          <FormattedMessage id="plan.not-known" />
        ) : (
          <>
            <FormattedMessage
              id="plan.active-contacts.forecast"
              values={{ now: account.activeContacts, after: account.activeContactsAfter }}
            />
            <Text size={200} className={styles.quiet}>
              <FormattedMessage id="plan.active-contacts.explanation" />
            </Text>
          </>
        )}
      </Fact>
      <Fact name="plan.opt-outs" testId="plan-opt-outs">
        {plan.optOutsReadAt === null ? (
          <FormattedMessage id="plan.not-known" />
        ) : (
          <FormattedMessage id="plan.opt-outs.read" values={{ time: format.exactTime(plan.optOutsReadAt) }} />
        )}
      </Fact>
    </dl>
  );
}
