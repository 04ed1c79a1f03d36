// The small parts that every page is made of.

import { type ButtonHTMLAttributes, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { isMissing, reason } from "../lib/api";
import { hue, initials } from "../lib/format";
import { dismiss, useToasts } from "../lib/toast";
import { Icon } from "./icons";

export function Button({ kind = "plain", icon, busy, children, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & {
  kind?: "plain" | "primary" | "ghost" | "danger"; icon?: string; busy?: boolean;
}) {
  return (
    <button type="button" {...rest} disabled={rest.disabled || busy} className={`button ${kind} ${rest.className ?? ""}`}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A button that is only an icon; the label is for its hint and for readers of screens. */
export function IconButton({ icon, label, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { icon: string; label: string }) {
  return (
    <button type="button" aria-label={label} title={label} {...rest} className={`icon-button ${rest.className ?? ""}`}>
      <Icon name={icon} />
    </button>
  );
}

export function Avatar({ name, url, size = 20 }: { name: string; url?: string | null | undefined; size?: number }) {
  if (url && /^https?:|^\//.test(url)) return <img className="avatar" src={url} alt="" width={size} height={size} loading="lazy" />;
  return (
    <span className="avatar" aria-hidden="true" data-initials={initials(name)} style={{ width: size, height: size, fontSize: size * 0.42, ["--hue" as string]: hue(name) }} />
  );
}

export function Chip({ color, children, onRemove }: { color?: string; children: ReactNode; onRemove?: () => void }) {
  return (
    <span className="chip">
      {color && <i style={{ background: color }} />}
      <span>{children}</span>
      {onRemove && <button type="button" aria-label={`Remove ${typeof children === "string" ? children : ""}`} onClick={onRemove}><Icon name="close" size={10} /></button>}
    </span>
  );
}

/** A label, its control, and what is wrong with it. The control gets its id by being a function. */
export function Field({ label, hint, error, children }: {
  label: string; hint?: ReactNode; error?: string | undefined;
  children: (props: { id: string; "aria-invalid"?: boolean; "aria-describedby"?: string }) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, ...(error && { "aria-invalid": true }), ...((error || hint) && { "aria-describedby": `${id}-hint` }) })}
      {(error || hint) && <small id={`${id}-hint`} className={error ? "wrong" : ""}>{error ?? hint}</small>}
    </div>
  );
}

export function Switch({ checked, onChange, label, disabled, hint, quiet }: {
  checked: boolean; onChange: (value: boolean) => void; label: string; disabled?: boolean; hint?: string; quiet?: boolean;
}) {
  return (
    <label className="switch">
      <input type="checkbox" role="switch" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      <span className="track" aria-hidden="true" />
      <span className={quiet ? "unseen" : undefined}>{label}{hint && <small>{hint}</small>}</span>
    </label>
  );
}

export function Empty({ icon = "inbox", title, children }: { icon?: string; title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <span className="empty-icon"><Icon name={icon} size={22} /></span>
      <h2>{title}</h2>
      {children && <div>{children}</div>}
    </div>
  );
}

/** What went wrong, with a way on. What a server does not have yet is no mistake of anybody. */
export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  if (isMissing(error)) {
    return <Empty icon="plug" title="Not set up">There is nothing here yet, or you have no access to it.</Empty>;
  }
  return (
    <div className="empty" role="alert">
      <span className="empty-icon"><Icon name="spam" size={22} /></span>
      <h2>This did not load</h2>
      <div>{reason(error)}</div>
      {retry && <Button icon="refresh" onClick={retry}>Try again</Button>}
    </div>
  );
}

export function Skeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className="skeleton" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => <div key={index} style={{ width: `${92 - ((index * 17) % 40)}%` }} />)}
    </div>
  );
}

/** A modal dialog of the browser: it keeps the focus, makes the rest inert and closes with Esc. */
export function Dialog({ title, onClose, children, wide, bare }: {
  title: string; onClose: () => void; children: ReactNode; wide?: boolean; bare?: boolean;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("[autofocus], [data-autofocus]")?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={ref} className={`dialog ${wide ? "wide" : ""} ${bare ? "bare" : ""}`} aria-labelledby={id}
      onCancel={(event) => { if (event.target !== event.currentTarget) return; event.preventDefault(); onClose(); }}
      onMouseDown={(event) => event.target === event.currentTarget && onClose()}>
      <div className="dialog-body">
        {bare ? <h2 id={id} className="unseen">{title}</h2> : (
          <header><h2 id={id}>{title}</h2><IconButton icon="close" label="Close" onClick={onClose} /></header>
        )}
        {children}
      </div>
    </dialog>
  );
}

/** A question before what cannot be taken back. */
export function Confirm({ title, children, action, onConfirm, onClose, typed }: {
  title: string; children?: ReactNode; action: string; onConfirm: () => unknown; onClose: () => void; typed?: string;
}) {
  const [busy, setBusy] = useState(false);
  const [text, setText] = useState("");
  const [error, setError] = useState<unknown>(null);
  const go = async () => {
    setBusy(true);
    try {
      await onConfirm();
      onClose();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="stack">
        {children}
        {typed && <Field label={`Type ${typed} to confirm`}>{(props) => <input {...props} className="input" value={text} onChange={(event) => setText(event.target.value)} />}</Field>}
        {error !== null && <p className="wrong" role="alert">{reason(error)}</p>}
        <footer><Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" data-autofocus busy={busy} disabled={typed !== undefined && text !== typed} onClick={go}>{action}</Button></footer>
      </div>
    </Dialog>
  );
}

export function Toasts() {
  const toasts = useToasts();
  return (
    <div className="toasts" role="region" aria-label="Messages" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={`toast ${toast.kind}`}>
          <span>{toast.text}</span>
          {toast.action && <button type="button" onClick={() => { toast.action?.run(); dismiss(toast.id); }}>{toast.action.label}</button>}
          <IconButton icon="close" label="Dismiss" onClick={() => dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}

export function Copy({ text, label = "Copy" }: { text: string; label?: string }) {
  const [done, setDone] = useState(false);
  return (
    <Button icon={done ? "check" : "copy"} onClick={async () => {
      await navigator.clipboard?.writeText(text);
      setDone(true);
      setTimeout(() => setDone(false), 1_500);
    }}>{done ? "Copied" : label}</Button>
  );
}

/** A secret that the server shows once. */
export function Secret({ value, label }: { value: string; label: string }) {
  return (
    <div className="secret">
      <p><strong>{label}</strong> Copy it now: it is not shown again.</p>
      <div><code>{value}</code><Copy text={value} /></div>
    </div>
  );
}
