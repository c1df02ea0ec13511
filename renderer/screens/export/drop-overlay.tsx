import { makeStyles, Subtitle1, tokens } from '@fluentui/react-components';
import { ArrowUploadRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { FormattedMessage } from 'react-intl';
import { isModalOpen } from '../../components/modal-open.ts';
import { addFiles } from './segment-files.ts';

const useStyles = makeStyles({
  overlay: {
    position: 'fixed',
    inset: 0,
    zIndex: 2_000_000,
    display: 'grid',
    placeItems: 'center',
    padding: '24px',
    backgroundColor: tokens.colorBackgroundOverlay,
    pointerEvents: 'none',
  },
  target: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: '12px',
    padding: '48px 64px',
    borderRadius: tokens.borderRadiusXLarge,
    border: `2px dashed ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow28,
  },
  icon: { fontSize: '48px', color: tokens.colorBrandForeground1 },
});

const carriesFiles = (event: DragEvent): boolean =>
  (event.dataTransfer?.types.includes('Files') ?? false) && !isModalOpen();

/** Takes segment files dropped anywhere on the window, and shows while they hover that it will. */
export function DropOverlay() {
  const styles = useStyles();
  const [hovering, setHovering] = useState(false);

  useEffect(() => {
    // Every element entered and left tells; the pointer is outside once as many were left as were entered.
    let depth = 0;
    const enter = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      depth += 1;
      setHovering(true);
    };
    const over = (event: DragEvent): void => {
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = carriesFiles(event) ? 'copy' : 'none';
    };
    const leave = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setHovering(false);
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      depth = 0;
      setHovering(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0 && !isModalOpen()) void addFiles(files);
    };
    document.addEventListener('dragenter', enter);
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragenter', enter);
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, []);

  if (!hovering) return null;
  return (
    <div className={styles.overlay} data-testid="drop-overlay" aria-hidden>
      <div className={styles.target}>
        <ArrowUploadRegular className={styles.icon} />
        <Subtitle1>
          <FormattedMessage id="segments.drop-here" />
        </Subtitle1>
      </div>
    </div>
  );
}
