import {
  Badge,
  MessageBar,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { CheckView } from '../../../preload/contract/views.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { goToSection, Section } from '../../components/section.tsx';
import { usualProfiles } from '../../stores/export-size.ts';
import { reasonLabels } from '../../text/labels.ts';
import type { MessageKey } from '../../text/messages.ts';
import { useFieldLabel } from '../../text/use-field-label.ts';
import { useFormat } from '../../text/use-format.ts';
import { PreviewTable } from './preview-table.tsx';
import type { useCheck } from './use-check.ts';

type CountName = keyof CheckView['counts'];
const countLabels: readonly { readonly name: CountName; readonly label: MessageKey; readonly hint: MessageKey }[] = [
  { name: 'rows', label: 'check.rows', hint: 'check.rows.hint' },
  { name: 'valid', label: 'check.valid', hint: 'check.valid.hint' },
  { name: 'invalid', label: 'check.invalid', hint: 'check.invalid.hint' },
  { name: 'duplicates', label: 'check.duplicates', hint: 'check.duplicates.hint' },
  { name: 'unreadable', label: 'check.unreadable', hint: 'check.unreadable.hint' },
];

/** Rows that are lost call for attention; a duplicate is not lost, its row is part of another's contact. */
function toneOf(name: CountName, value: number): CountTileProps['tone'] {
  if (name === 'valid') return 'valid';
  return (name === 'invalid' || name === 'unreadable') && value > 0 ? 'attention' : 'plain';
}

const useStyles = makeStyles({
  counts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(88px, 1fr))',
    gap: '8px',
    margin: 0,
  },
  count: {
    padding: '10px 12px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  label: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  number: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  valid: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  stale: { opacity: 0.55 },
  stack: { display: 'flex', flexDirection: 'column', gap: '12px', marginTop: '12px' },
  findings: { margin: 0, paddingLeft: '18px', display: 'flex', flexDirection: 'column', gap: '8px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  checking: { minHeight: '20px' },
  example: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
});

function Findings({ view }: { readonly view: CheckView }) {
  const styles = useStyles();
  const intl = useIntl();
  const format = useFormat();
  const labelOf = useFieldLabel();
  if (view.rejections.length === 0 && view.leftOut.length === 0 && view.longAddresses === 0) return null;
  return (
    <ul className={styles.findings}>
      {view.rejections.map(({ reason, count, example, rowNumbers }) => (
        <li key={reason}>
          <Text weight="semibold">
            <FormattedMessage
              id="check.rejection"
              values={{ count, reason: intl.formatMessage({ id: reasonLabels[reason] }) }}
            />
          </Text>{' '}
          {example !== '' && (
            <Badge appearance="outline" color="informative" className={styles.example}>
              {example}
            </Badge>
          )}
          <br />
          <Text size={200} className={styles.quiet}>
            <FormattedMessage
              id={count > rowNumbers.length ? 'check.rejection.first-rows' : 'check.rejection.rows'}
              values={{ rows: rowNumbers.map(format.number).join(intl.formatMessage({ id: 'list-separator' })) }}
            />
          </Text>
        </li>
      ))}
      {view.leftOut.map(({ field, count, maxLength }) => (
        <li key={field}>
          <FormattedMessage id="check.left-out" values={{ count, field: labelOf(field), length: maxLength }} />
        </li>
      ))}
      {view.longAddresses > 0 && (
        <li>
          <FormattedMessage id="check.long-addresses" values={{ count: view.longAddresses }} />
        </li>
      )}
    </ul>
  );
}

interface CheckSectionProps {
  readonly check: ReturnType<typeof useCheck>;
  readonly onChooseFiles: () => void;
}

/** What would be sent: counts over the whole of every file, what was found, and the first rows as contacts. */
export function CheckSection({ check, onChooseFiles }: CheckSectionProps) {
  const styles = useStyles();
  const format = useFormat();
  const { view, pending, error } = check;
  return (
    <Section
      title={<FormattedMessage id="check.title" />}
      description={<FormattedMessage id="check.description" />}
      actions={
        <span className={styles.checking}>
          {pending && <Spinner size="tiny" label={<FormattedMessage id="check.pending" />} />}
        </span>
      }
    >
      <ErrorNotice
        error={error}
        actions={{
          retry: check.again,
          'choose-files': onChooseFiles,
          'show-matching': () => goToSection('export-matching'),
        }}
      />
      {view === null && error === null && !pending && (
        <Text className={styles.quiet}>
          <FormattedMessage id="check.nothing-yet" />
        </Text>
      )}
      {view !== null && (
        <div className={pending ? styles.stale : undefined} aria-busy={pending} data-testid="check">
          <dl className={styles.counts}>
            {countLabels.map(({ name, label, hint }) => (
              <CountTile
                key={name}
                label={label}
                hint={hint}
                value={format.number(view.counts[name])}
                testId={`count-${name}`}
                tone={toneOf(name, view.counts[name])}
              />
            ))}
          </dl>
          <div className={styles.stack}>
            <Text className={styles.quiet}>
              <FormattedMessage id="check.batches" values={{ count: view.batches }} />
            </Text>
            {view.counts.valid > usualProfiles && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>
                  <FormattedMessage
                    id="check.many-profiles"
                    values={{ count: view.counts.valid, usual: usualProfiles, requests: view.batches }}
                  />
                </MessageBarBody>
              </MessageBar>
            )}
            <Findings view={view} />
            <PreviewTable preview={view.preview} />
          </div>
        </div>
      )}
    </Section>
  );
}

interface CountTileProps {
  readonly label: MessageKey;
  readonly hint: MessageKey;
  readonly value: string;
  readonly testId: string;
  readonly tone: 'plain' | 'valid' | 'attention';
}

function CountTile({ label, hint, value, testId, tone }: CountTileProps) {
  const intl = useIntl();
  const styles = useStyles();
  return (
    <div className={styles.count} title={intl.formatMessage({ id: hint })}>
      <dt className={styles.label}>
        <FormattedMessage id={label} />
      </dt>
      <dd
        data-testid={testId}
        className={mergeClasses(styles.number, tone === 'valid' && styles.valid, tone === 'attention' && styles.bad)}
      >
        {value}
      </dd>
    </div>
  );
}
