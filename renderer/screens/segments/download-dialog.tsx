import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Field,
  makeStyles,
  ProgressBar,
  Radio,
  RadioGroup,
  Text,
  tokens,
} from '@fluentui/react-components';
import { SaveRegular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SavingView, SegmentView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { notify } from '../../stores/ui-store.ts';
import { share } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '16px' },
  facts: { margin: 0, display: 'flex', flexDirection: 'column', gap: '4px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  progress: { display: 'flex', flexDirection: 'column', gap: '6px' },
});

interface DownloadDialogProps {
  readonly segments: readonly SegmentView[];
  readonly onDone: () => void;
}

/** Saving all rows of one segment or several as CSV: what is in the file, and what a spreadsheet makes of it. */
export function DownloadDialog({ segments, onDone }: DownloadDialogProps) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const [together, setTogether] = useState(true);
  const [formulasAsText, setFormulasAsText] = useState(false);
  const [formulas, setFormulas] = useState<{ readonly cells: number; readonly example: string | null } | null>(null);
  const [progress, setProgress] = useState<SavingView | null>(null);
  const [saveId] = useState(() => crypto.randomUUID());
  const segmentIds = segments.map(({ segmentId }) => segmentId);
  const rows = segments.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const unreadable = segments.reduce((sum, { unreadableCount }) => sum + unreadableCount, 0);
  const [first] = segments;
  const values = { count: segments.length, name: first?.name ?? '' };

  const look = useAction(async () => setFormulas(await call('segments.countFormulas', { segmentIds })));
  const lookFirst = useRef(look.run);
  useEffect(() => void lookFirst.current(), []);
  useEffect(
    () => window.segue.on('saving.changed', ({ value }) => value.saveId === saveId && setProgress(value)),
    [saveId],
  );
  const save = useAction(async () => {
    try {
      const saved = await call('segments.saveMembers', { saveId, segmentIds, together, formulasAsText });
      if (saved.savedTo === null) return;
      notify('download.saved', { count: saved.rows, file: saved.savedTo });
      onDone();
    } finally {
      setProgress(null);
    }
  });
  const cancel = (): void => {
    if (save.pending) void call('segments.cancelSaving', { saveId }).catch(() => undefined);
    else onDone();
  };
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="download.title" values={values} />
      </DialogTitle>
      <DialogContent className={styles.content}>
        <div className={styles.facts}>
          <Text>
            <FormattedMessage id="download.what" values={{ rows }} />
          </Text>
          {segments.length === 1 && first?.readAt != null && (
            <Text className={styles.quiet}>
              <FormattedMessage
                id="download.read"
                values={{ file: first.fileName, time: format.exactTime(first.readAt) }}
              />
            </Text>
          )}
          {unreadable > 0 && (
            <Text className={styles.quiet}>
              <FormattedMessage id="download.unreadable" values={{ count: unreadable }} />
            </Text>
          )}
        </div>
        {segments.length > 1 && (
          <Field label={intl.formatMessage({ id: 'download.files' })}>
            <RadioGroup
              value={together ? 'together' : 'each'}
              onChange={(_, { value }) => setTogether(value === 'together')}
              disabled={save.pending}
            >
              <Radio value="together" label={intl.formatMessage({ id: 'download.together' })} />
              <Radio value="each" label={intl.formatMessage({ id: 'download.each' })} />
            </RadioGroup>
          </Field>
        )}
        {formulas !== null && formulas.cells > 0 && (
          <Field
            label={intl.formatMessage({ id: 'download.formulas' })}
            hint={intl.formatMessage(
              { id: 'download.formulas.found' },
              { count: formulas.cells, example: formulas.example ?? '' },
            )}
          >
            <RadioGroup
              value={formulasAsText ? 'text' : 'unaltered'}
              onChange={(_, { value }) => setFormulasAsText(value === 'text')}
              disabled={save.pending}
            >
              <Radio value="unaltered" label={intl.formatMessage({ id: 'download.formulas.unaltered' })} />
              <Radio value="text" label={intl.formatMessage({ id: 'download.formulas.as-text' })} />
            </RadioGroup>
          </Field>
        )}
        {formulas !== null && formulas.cells === 0 && (
          <Text className={styles.quiet}>
            <FormattedMessage id="download.formulas.none" />
          </Text>
        )}
        {progress !== null && (
          <div className={styles.progress}>
            <ProgressBar
              aria-label={intl.formatMessage({ id: 'download.saving' })}
              value={share(progress.rows, progress.total)}
            />
            <Text size={200} className={styles.quiet}>
              <FormattedMessage id="download.progress" values={{ rows: progress.rows, total: progress.total }} />
            </Text>
          </div>
        )}
        <ErrorNotice error={save.error ?? look.error} actions={{ retry: () => void save.run() }} />
      </DialogContent>
      <DialogActions>
        <Button
          appearance="primary"
          icon={<SaveRegular />}
          disabledFocusable={save.pending}
          onClick={() => void save.run()}
        >
          <FormattedMessage id="download.save" />
        </Button>
        <Button onClick={cancel}>
          <FormattedMessage id="action.cancel" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}
