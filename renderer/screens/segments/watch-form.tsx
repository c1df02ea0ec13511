import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Text,
  tokens,
} from '@fluentui/react-components';
import { FolderOpenRegular } from '@fluentui/react-icons';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SegmentView, WatchView } from '../../../preload/contract/views.ts';
import { asClientError, type ClientError, call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  folder: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', gap: '8px', alignItems: 'end' },
  matches: { minHeight: '58px', overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
  line: { display: 'block' },
});

interface Found {
  readonly count: number;
  readonly newest: readonly string[];
}

/** What a folder and a pattern come to now; asked again at every change, the latest answer counts. */
function useMatches(folder: string, pattern: string): { found: Found | null; error: ClientError | null } {
  const [state, setState] = useState<{ found: Found | null; error: ClientError | null }>({ found: null, error: null });
  useEffect(() => {
    let outdated = false;
    const answer = (given: typeof state): void => {
      if (!outdated) setState(given);
    };
    if (folder === '' || pattern.trim() === '') answer({ found: null, error: null });
    else {
      call('watches.look', { folder, pattern }).then(
        (found) => answer({ found, error: null }),
        (thrown: unknown) => answer({ found: null, error: asClientError(thrown) }),
      );
    }
    return () => {
      outdated = true;
    };
  }, [folder, pattern]);
  return state;
}

interface WatchFormProps {
  /** Null: each new file becomes a segment of its own. */
  readonly segment: SegmentView | null;
  readonly current: WatchView | undefined;
  readonly onDone: () => void;
}

/** Which folder is watched, for which names, and whether new files are read by themselves. */
export function WatchForm({ segment, current, onDone }: WatchFormProps) {
  const intl = useIntl();
  const styles = useStyles();
  const segmentId = segment?.segmentId ?? null;
  const [folder, setFolder] = useState('');
  const [pattern, setPattern] = useState('');
  const [takes, setTakes] = useState<WatchView['takes']>(current?.takes ?? 'by-itself');
  const { found, error } = useMatches(folder, pattern);
  const propose = useAction(async () => {
    const proposed = await call('watches.propose', { segmentId });
    setFolder(proposed.folder);
    setPattern(proposed.pattern);
  });
  const first = useRef(propose.run);
  useEffect(() => void first.current(), []);
  const choose = useAction(async () => {
    const chosen = await call('watches.chooseFolder', { folder });
    if (chosen.folder !== null) setFolder(chosen.folder);
  });
  const save = useAction(async () => {
    await call('watches.save', { segmentId, folder, pattern, takes });
    onDone();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save.run();
  };
  const incomplete = folder.trim() === '' || pattern.trim() === '' || error !== null;
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <DialogTitle>
          {segment === null ? (
            <FormattedMessage id="watch.title.new-segments" />
          ) : (
            <FormattedMessage id="watch.title" values={{ name: segment.name }} />
          )}
        </DialogTitle>
        <DialogContent className={styles.content}>
          <div className={styles.folder}>
            <Field required label={intl.formatMessage({ id: 'watch.folder' })}>
              <Input value={folder} maxLength={4_096} onChange={(_, data) => setFolder(data.value)} />
            </Field>
            <Button icon={<FolderOpenRegular />} disabledFocusable={choose.pending} onClick={() => void choose.run()}>
              <FormattedMessage id="watch.choose" />
            </Button>
          </div>
          <Field
            required
            label={intl.formatMessage({ id: 'watch.pattern' })}
            hint={intl.formatMessage({ id: 'watch.pattern.hint' })}
          >
            <Input value={pattern} maxLength={255} onChange={(_, data) => setPattern(data.value)} />
          </Field>
          <div className={styles.matches} role="status" data-testid="watch-matches">
            {found !== null && (
              <>
                <Text size={200} weight="semibold" className={styles.line}>
                  <FormattedMessage id="watch.matches" values={{ count: found.count }} />
                </Text>
                <Text size={200} className={styles.line}>
                  {intl.formatList(found.newest.slice(0, 4), { type: 'unit' })}
                </Text>
                <Text size={200} className={styles.line}>
                  <FormattedMessage id="watch.from-now-on" />
                </Text>
              </>
            )}
          </div>
          <Field label={intl.formatMessage({ id: 'watch.takes' })}>
            <RadioGroup value={takes} onChange={(_, data) => setTakes(data.value as WatchView['takes'])}>
              <Radio
                value="by-itself"
                label={intl.formatMessage({
                  id: segment === null ? 'watch.takes.new-segment' : 'watch.takes.by-itself',
                })}
              />
              <Radio value="when-asked" label={intl.formatMessage({ id: 'watch.takes.when-asked' })} />
            </RadioGroup>
          </Field>
          <ErrorNotice error={error ?? propose.error ?? choose.error ?? save.error} />
        </DialogContent>
        <DialogActions>
          <Button type="submit" appearance="primary" disabled={incomplete} disabledFocusable={save.pending}>
            <FormattedMessage id="watch.save" />
          </Button>
          <Button onClick={onDone}>
            <FormattedMessage id="action.cancel" />
          </Button>
        </DialogActions>
      </DialogBody>
    </form>
  );
}
