import {
  MessageBar,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { CheckView, SegmentMatching } from '../../../preload/contract/views.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { goToSection, Section } from '../../components/section.tsx';
import { usualProfiles } from '../../stores/export-size.ts';
import type { MessageKey } from '../../text/messages.ts';
import { useFormat } from '../../text/use-format.ts';
import { FindingsList } from './findings-list.tsx';
import { PreviewTable } from './preview-table.tsx';
import type { useCheck } from './use-check.ts';
import { useFindings } from './use-findings.ts';

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
  quiet: { color: tokens.colorNeutralForeground2 },
  checking: { minHeight: '20px' },
});

interface CheckSectionProps {
  readonly check: ReturnType<typeof useCheck>;
  /** What is checked. */
  readonly segments: readonly SegmentMatching[];
  readonly onChooseFiles: () => void;
}

/** What would be sent: counts over the whole of every file, what was found, and the first rows as contacts. */
export function CheckSection({ check, segments, onChooseFiles }: CheckSectionProps) {
  const styles = useStyles();
  const format = useFormat();
  const { view, pending, error } = check;
  const findings = useFindings(segments, view !== null && !pending);
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
            <FindingsList found={findings} segments={segments} />
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
