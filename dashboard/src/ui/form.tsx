// What dialogs with a form share: a draft, what is wrong with it, and the way to save it.

import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { useMutation } from "@tanstack/react-query";
import { fieldErrors, reason, words } from "../lib/api";
import { Button, Dialog } from "./parts";

export function useDraft<T extends object>(start: T) {
  const [draft, setDraft] = useState(start);
  const set = (change: Partial<T>) => setDraft((old) => ({ ...old, ...change }));
  return [draft, set, setDraft] as const;
}

/** A dialog that saves. Its children get what is wrong with each field. */
export function FormDialog<R>({ title, action, wide, onClose, save, onSaved, children, disabled }: {
  title: string; action: string; wide?: boolean; onClose: () => void; save: () => Promise<R>; onSaved?: (saved: R) => void; children: (errors: Record<string, string>) => ReactNode; disabled?: boolean;
}) {
  const work = useMutation({ mutationFn: save, meta: { quiet: true }, onSuccess: (saved) => { onClose(); onSaved?.(saved); } });
  const errors = fieldErrors(work.error);
  const form = useRef<HTMLFormElement>(null);
  const [unsaid, setUnsaid] = useState("");
  // What stands beside its field is not said again below; what has no field is.
  useLayoutEffect(() => {
    const said = [...(form.current?.querySelectorAll("small.wrong") ?? [])].map((one) => one.textContent);
    const rest = Object.entries(fieldErrors(work.error)).filter(([, message]) => !said.includes(message)).map(([field, message]) => `${words(field)} ${message}`);
    setUnsaid(work.error === null ? "" : Object.keys(fieldErrors(work.error)).length > 0 ? rest.join("; ") : reason(work.error));
    form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [work.error]);
  return (
    <Dialog title={title} onClose={onClose} {...(wide && { wide })}>
      <form ref={form} className="stack" onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); work.mutate(); }}>
        {children(errors)}
        {unsaid && <p className="wrong" role="alert">{unsaid}</p>}
        <footer><Button onClick={onClose}>Cancel</Button><Button kind="primary" type="submit" busy={work.isPending} disabled={disabled}>{action}</Button></footer>
      </form>
    </Dialog>
  );
}

const COLORS: [string, string][] = [["#6b7280", "Grey"], ["#3b82f6", "Blue"], ["#8b5cf6", "Violet"], ["#ec4899", "Pink"], ["#ef4444", "Red"], ["#f59e0b", "Amber"], ["#22c55e", "Green"], ["#14b8a6", "Teal"]];

export function ColorField({ value, onChange }: { value: string; onChange: (color: string) => void }) {
  return (
    <div className="field">
      <span className="strong">Color</span>
      <div className="swatches">
        {COLORS.map(([color, name]) => <button key={color} type="button" aria-label={name} title={name} aria-pressed={value === color} style={{ background: color }} onClick={() => onChange(color)} />)}
        <input type="color" className="input" aria-label="Another color" value={value} onChange={(event) => onChange(event.target.value)} />
      </div>
    </div>
  );
}
