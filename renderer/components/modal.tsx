import { Dialog, DialogSurface, makeStyles } from '@fluentui/react-components';
import { type ReactElement, useRef } from 'react';
import { WhenGone } from './when-gone.tsx';

const useStyles = makeStyles({ wide: { maxWidth: 'min(1040px, calc(100vw - 48px))' } });

interface ModalProps {
  /** Escape was pressed. */
  readonly onClose: () => void;
  /** The dialog has faded and left the page: only now may the screen it belongs to go. */
  readonly onGone?: () => void;
  /** For tables: as wide as the window allows. */
  readonly wide?: boolean;
  /** What the dialog holds (a `DialogBody`); null while it is closed. */
  readonly children: ReactElement | null;
}

/**
 * A question over the window. It stays in the tree once it was open, and shows what it held until it has faded. On
 * closing, the focus goes back to where it was, if that is still there and nothing else has taken it.
 */
export function Modal({ onClose, onGone, wide = false, children }: ModalProps) {
  const styles = useStyles();
  const open = children !== null;
  const wasOpen = useRef(false);
  const opener = useRef<Element | null>(null);
  const shown = useRef<ReactElement | null>(null);
  const wasWide = useRef(wide);
  if (open && !wasOpen.current) opener.current = document.activeElement;
  wasOpen.current = open;
  if (open) {
    shown.current = children;
    wasWide.current = wide;
  }
  if (shown.current === null) return null;

  const gone = (): void => {
    const element = opener.current;
    opener.current = null;
    // Only then has the dialog let go of the focus, and of the page it hid.
    setTimeout(() => {
      onGone?.();
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && element instanceof HTMLElement && element.isConnected) element.focus({ preventScroll: true });
    });
  };

  return (
    <Dialog open={open} modalType="alert" onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface {...(wasWide.current ? { className: styles.wide } : {})}>
        <WhenGone then={gone} />
        {shown.current}
      </DialogSurface>
    </Dialog>
  );
}
