import { Dropdown, Field, Input, makeStyles, Option, Select } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import { exportModes } from '../../../preload/contract/export-modes.ts';
import type { ExportMode } from '../../../preload/contract/views.ts';
import { useMainLandmark } from '../../components/main-landmark.ts';
import { Section } from '../../components/section.tsx';
import { type ManyExports, type NamingRules, offeredFields } from '../../stores/many-exports.ts';
import { changeMany } from '../../stores/many-exports-store.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { modeLabels } from '../../text/plan-labels.ts';
import { useFieldLabel } from '../../text/use-field-label.ts';

const byDictionary = 'dictionary';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 350px), 1fr))',
    gap: '14px',
    alignItems: 'start',
    '& > *': { minWidth: 0 },
  },
  full: { minWidth: 0, width: '100%' },
});

/** What all exports have in common: connection, mode, what is sent, how it is matched, and how things are named. */
export function SharedSettings({ many, disabled }: { readonly many: ManyExports; readonly disabled: boolean }) {
  const intl = useIntl();
  const styles = useStyles();
  const mountNode = useMainLandmark();
  const labelOf = useFieldLabel();
  const segments = useMirror((mirror) => mirror.segments);
  const connections = useMirror((mirror) => mirror.connections).filter(({ mayUse }) => mayUse);
  const rule = (change: Partial<NamingRules>): void =>
    changeMany((edited) => ({ ...edited, rules: { ...edited.rules, ...change } }));
  const fields = offeredFields(many, segments);
  return (
    <Section title={<FormattedMessage id="many.shared" />}>
      <div className={styles.fields}>
        <Field required label={intl.formatMessage({ id: 'export.connection' })}>
          <Select
            className={styles.full}
            select={{ className: styles.full }}
            value={many.connectionId ?? ''}
            disabled={disabled}
            onChange={(_, { value }) =>
              changeMany((edited) => ({ ...edited, connectionId: value === '' ? null : value }))
            }
          >
            {many.connectionId === null && (
              <option value="">{intl.formatMessage({ id: 'export.connection.choose' })}</option>
            )}
            {connections.map(({ connectionId, displayName }) => (
              <option key={connectionId} value={connectionId}>
                {displayName}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={intl.formatMessage({ id: 'many.mode' })}>
          <Select
            className={styles.full}
            select={{ className: styles.full }}
            value={many.mode}
            disabled={disabled}
            onChange={(_, { value }) => changeMany((edited) => ({ ...edited, mode: value as ExportMode }))}
          >
            {exportModes.map((mode) => (
              <option key={mode} value={mode}>
                {intl.formatMessage({ id: modeLabels[mode] })}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={intl.formatMessage({ id: 'many.fields' })}>
          <Dropdown
            className={styles.full}
            mountNode={mountNode}
            multiselect
            disabled={disabled}
            value={intl.formatList(many.fields.map(labelOf), { type: 'unit' })}
            selectedOptions={[...many.fields]}
            onOptionSelect={(_, data) => {
              const chosen = new Set(['email', ...data.selectedOptions]);
              changeMany((edited) => ({ ...edited, fields: fields.filter((field) => chosen.has(field)) }));
            }}
          >
            {fields.map((field) => (
              <Option key={field} value={field} disabled={field === 'email'}>
                {labelOf(field)}
              </Option>
            ))}
          </Dropdown>
        </Field>
        <Field label={intl.formatMessage({ id: 'many.matched-as' })}>
          <Select
            className={styles.full}
            select={{ className: styles.full }}
            value={many.matchedAs ?? byDictionary}
            disabled={disabled}
            onChange={(_, { value }) =>
              changeMany((edited) => ({ ...edited, matchedAs: value === byDictionary ? null : value }))
            }
          >
            <option value={byDictionary}>{intl.formatMessage({ id: 'many.matched-as.headings' })}</option>
            {many.rows.map(({ segmentId }) => (
              <option key={segmentId} value={segmentId}>
                {intl.formatMessage({ id: 'many.matched-as.segment' }, { name: segments[segmentId]?.name ?? '' })}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label={intl.formatMessage({ id: 'many.rule.export' })}
          hint={intl.formatMessage({ id: 'many.rule.hint' })}
        >
          <Input
            value={many.rules.exportName}
            maxLength={255}
            disabled={disabled}
            onChange={(_, { value }) => rule({ exportName: value })}
          />
        </Field>
        <Field
          label={intl.formatMessage({ id: 'many.rule.list' })}
          hint={intl.formatMessage({ id: 'many.rule.list.hint' })}
        >
          <Input
            value={many.rules.listName}
            maxLength={255}
            disabled={disabled}
            onChange={(_, { value }) => rule({ listName: value })}
          />
        </Field>
      </div>
    </Section>
  );
}
