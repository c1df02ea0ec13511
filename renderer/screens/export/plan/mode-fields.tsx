import { Checkbox, Field, makeStyles, Radio, RadioGroup, SpinButton, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import { exportModes } from '../../../../preload/contract/export-modes.ts';
import type { ExportMode } from '../../../../preload/contract/views.ts';
import { changeDraft } from '../../../stores/draft-store.ts';
import { changeMode, type EditedExport } from '../../../stores/export-draft.ts';
import { modeExplanations, modeLabels } from '../../../text/plan-labels.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '10px' },
  choice: { display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground2 },
  more: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'end',
    gap: '8px 24px',
    paddingLeft: '34px',
  },
  limit: { maxWidth: '280px' },
  percent: { width: '110px' },
});

/** How the export sends, each way with what it means; a mirror with its limit. */
export function ModeFields({ draft }: { readonly draft: EditedExport }) {
  const intl = useIntl();
  const styles = useStyles();
  return (
    <div className={styles.stack}>
      <Field label={intl.formatMessage({ id: 'plan.mode' })}>
        <RadioGroup
          value={draft.mode}
          onChange={(_, data) => changeDraft((edited) => changeMode(edited, data.value as ExportMode))}
        >
          {exportModes.map((mode) => (
            <Radio
              key={mode}
              value={mode}
              label={
                <span className={styles.choice}>
                  <FormattedMessage id={modeLabels[mode]} />
                  <Text size={200} className={styles.quiet}>
                    <FormattedMessage id={modeExplanations[mode]} />
                  </Text>
                </span>
              }
            />
          ))}
        </RadioGroup>
      </Field>
      <div className={styles.more}>
        {draft.mode === 'mirror' && (
          <Field className={styles.limit} label={intl.formatMessage({ id: 'plan.leaver-limit' })}>
            <SpinButton
              className={styles.percent}
              min={0}
              max={100}
              value={draft.leaverLimitPercent}
              displayValue={intl.formatMessage({ id: 'plan.percent' }, { percent: draft.leaverLimitPercent })}
              onChange={(_, data) => {
                const typed = data.value ?? Number.parseInt(data.displayValue ?? '', 10);
                if (!Number.isInteger(typed)) return;
                changeDraft((edited) => ({ ...edited, leaverLimitPercent: Math.min(100, Math.max(0, typed)) }));
              }}
            />
          </Field>
        )}
        <Checkbox
          checked={draft.readBack}
          onChange={(_, data) => changeDraft((edited) => ({ ...edited, readBack: data.checked === true }))}
          label={<FormattedMessage id="plan.read-back" />}
        />
      </div>
    </div>
  );
}
