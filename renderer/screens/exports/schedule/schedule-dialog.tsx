import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Radio,
  RadioGroup,
  Switch,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView } from '../../../../preload/contract/views.ts';
import { call } from '../../../bridge/client.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { BackgroundFields } from '../../../components/schedule/background-fields.tsx';
import { useAction } from '../../../components/use-action.ts';
import { currentMirror } from '../../../stores/mirror-store.ts';
import { notify } from '../../../stores/ui-store.ts';
import { changeOf, choiceOf, type ScheduleChoice } from './schedule-choice.ts';
import { ScheduleFields } from './schedule-fields.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  inside: { display: 'flex', flexDirection: 'column', gap: '8px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What is done with the schedules of several exports: they stay and are switched, or one takes the place of all. */
type Several = { readonly what: 'keep'; readonly on: boolean } | { readonly what: 'define' };

interface ScheduleDialogProps {
  readonly views: readonly ExportView[];
  readonly onClose: () => void;
}

/** When one export, or several at once, run by themselves (customer-insights-exports.md 3.5). */
export function ScheduleDialog({ views, onClose }: ScheduleDialogProps) {
  const intl = useIntl();
  const styles = useStyles();
  const [first] = views;
  const exportIds = views.map(({ exportId }) => exportId);
  const isOne = views.length === 1;
  const [several, setSeveral] = useState<Several>({ what: 'keep', on: true });
  const [choice, setChoice] = useState<ScheduleChoice>(() => {
    const { schedules } = currentMirror();
    const own = isOne ? schedules.exports.find(({ exportId }) => exportId === first?.exportId) : undefined;
    return { ...choiceOf(own, schedules), ...(isOne ? {} : { follows: 'own' as const }) };
  });
  const isDefined = isOne || several.what === 'define';
  const change = changeOf(choice);
  const save = useAction(async () => {
    if (!isDefined) await call('schedules.switch', { exportIds, on: several.on });
    else if (change !== null) await call('schedules.set', { exportIds, change });
    onClose();
    notify('schedule.saved', { name: first?.name ?? '', count: views.length });
  });
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="schedule.title" values={{ name: first?.name ?? '', count: views.length }} />
      </DialogTitle>
      <DialogContent className={styles.content}>
        {!isOne && (
          <>
            <RadioGroup
              aria-label={intl.formatMessage({ id: 'schedule.several' })}
              value={several.what}
              onChange={(_, data) =>
                setSeveral(data.value === 'define' ? { what: 'define' } : { what: 'keep', on: true })
              }
            >
              <Radio value="keep" label={<FormattedMessage id="schedule.several.keep" />} />
              <Radio value="define" label={<FormattedMessage id="schedule.several.define" />} />
            </RadioGroup>
            {several.what === 'keep' && (
              <div className={styles.inside}>
                <Switch
                  checked={several.on}
                  label={intl.formatMessage({ id: several.on ? 'schedule.run.on' : 'schedule.run.off' })}
                  onChange={(_, { checked }) => setSeveral({ what: 'keep', on: checked })}
                />
                <Text size={200} className={styles.quiet}>
                  <FormattedMessage id="schedule.several.keep.hint" />
                </Text>
              </div>
            )}
          </>
        )}
        {isDefined && <ScheduleFields value={choice} onChange={setChoice} />}
        <BackgroundFields />
        <ErrorNotice error={save.error} actions={{ retry: () => void save.run() }} />
      </DialogContent>
      <DialogActions>
        <Button
          appearance="primary"
          disabled={isDefined && change === null}
          disabledFocusable={save.pending}
          onClick={() => void save.run()}
        >
          <FormattedMessage id="action.save" />
        </Button>
        <Button onClick={onClose}>
          <FormattedMessage id="action.cancel" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}
