// The menu behind every choice: it opens at its button, is searched by typing and steered by arrow keys.

import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "./icons";

export interface Option {
  value: string;
  label: string;
  icon?: ReactNode;
  hint?: string | undefined;
  danger?: boolean;
  /** Above it stands a line. */
  apart?: boolean;
}

interface PopoverProps {
  anchor: HTMLElement | null;
  onClose: () => void;
  children: ReactNode;
  width?: number | undefined;
  label: string;
}

/** A box in the top layer, beside the element that opened it. It stays inside of the window. */
export function Popover({ anchor, onClose, children, width, label }: PopoverProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return;
    box.showPopover?.();
    const place = () => {
      const at = anchor?.getBoundingClientRect() ?? new DOMRect(innerWidth / 2 - 130, innerHeight / 4, 0, 0);
      const margin = 8;
      const left = Math.max(margin, Math.min(at.left, innerWidth - box.offsetWidth - margin));
      const below = at.bottom + 4;
      const above = at.top - box.offsetHeight - 4;
      const top = below + box.offsetHeight > innerHeight - margin && above > margin ? above : Math.max(margin, Math.min(below, innerHeight - box.offsetHeight - margin));
      box.style.left = `${left}px`;
      box.style.top = `${top}px`;
    };
    place();
    const watch = new ResizeObserver(place);
    watch.observe(box);
    return () => watch.disconnect();
  }, [anchor]);
  useEffect(() => {
    const away = (event: Event) => {
      const target = event.target as Node;
      if (!ref.current?.contains(target) && !anchor?.contains(target)) onClose();
    };
    document.addEventListener("pointerdown", away, true);
    return () => document.removeEventListener("pointerdown", away, true);
  }, [anchor, onClose]);
  return (
    <div ref={ref} popover="manual" data-popover="" className="popover" role="dialog" aria-label={label} style={{ width }}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
        anchor?.focus();
      }}>
      {children}
    </div>
  );
}

interface ListProps {
  label: string;
  options: Option[];
  values?: string[] | undefined;
  multi?: boolean | undefined;
  onPick: (value: string) => void;
  onCreate?: ((text: string) => void) | undefined;
  onSearch?: ((text: string) => void) | undefined;
  search?: boolean | undefined;
  footer?: ReactNode;
}

export function OptionList({ label, options, values = [], multi, onPick, onCreate, onSearch, search = options.length > 6, footer }: ListProps) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(() => Math.max(0, options.findIndex((one) => values.includes(one.value))));
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const needle = text.trim().toLowerCase();
  const found = onSearch || needle === "" ? options : options.filter((one) => `${one.label} ${one.hint ?? ""}`.toLowerCase().includes(needle));
  const creatable = onCreate && needle !== "" && !options.some((one) => one.label.toLowerCase() === needle);
  const rows = creatable ? found.length + 1 : found.length;
  const here = Math.min(at, Math.max(0, rows - 1));
  useEffect(() => input.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const row = list.current?.children[here];
    if (row instanceof HTMLElement) row.scrollIntoView({ block: "nearest" });
  }, [here]);
  const pick = (index: number) => {
    const option = found[index];
    if (option) onPick(option.value);
    else if (creatable) {
      onCreate(text.trim());
      setText("");
    }
  };
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((here + step + rows) % Math.max(1, rows));
    else if (event.key === "Home") setAt(0);
    else if (event.key === "End") setAt(rows - 1);
    else if (event.key === "Enter") pick(here);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="options" onKeyDown={keys}>
      <input ref={input} className={search || onCreate || onSearch ? "options-search" : "unseen"} placeholder={onCreate ? "Find or create…" : "Find…"} value={text}
        role="combobox" aria-expanded="true" aria-controls={id} aria-label={label} aria-activedescendant={rows > 0 ? `${id}-${here}` : undefined}
        readOnly={!(search || onCreate || onSearch)} onChange={(event) => { setText(event.target.value); setAt(0); onSearch?.(event.target.value); }} />
      <div ref={list} id={id} role="listbox" aria-label={label} aria-multiselectable={multi || undefined} className="options-list">
        {found.map((option, index) => (
          <div key={option.value} id={`${id}-${index}`} role="option" aria-selected={values.includes(option.value)}
            className={`option ${index === here ? "here" : ""} ${option.danger ? "danger" : ""} ${option.apart ? "apart" : ""}`}
            onPointerMove={() => setAt(index)} onClick={() => pick(index)}>
            {multi && <span className={`tick ${values.includes(option.value) ? "on" : ""}`}>{values.includes(option.value) && <Icon name="check" size={11} />}</span>}
            {option.icon}
            <span className="option-label">{option.label}</span>
            {option.hint && <small>{option.hint}</small>}
            {!multi && values.includes(option.value) && <Icon name="check" />}
          </div>
        ))}
        {creatable && (
          <div id={`${id}-${found.length}`} role="option" aria-selected="false" className={`option ${here === found.length ? "here" : ""}`}
            onPointerMove={() => setAt(found.length)} onClick={() => pick(found.length)}>
            <Icon name="plus" /><span className="option-label">Create “{text.trim()}”</span>
          </div>
        )}
        {rows === 0 && <div className="option none" role="option" aria-selected="false" aria-disabled="true">Nothing found</div>}
      </div>
      {footer}
    </div>
  );
}

/** A button that opens a list of options. */
export function Picker({ children, className = "picker", label, open: shown, onOpenChange, width, disabled, bare, ...list }: ListProps & {
  children: ReactNode; className?: string; open?: boolean | undefined; onOpenChange?: ((open: boolean) => void) | undefined; width?: number; disabled?: boolean; /** The button is only an icon: the label is its name. Else its text is, and the label a hint. */ bare?: boolean;
}) {
  const [own, setOwn] = useState(false);
  const [anchor, setAnchor] = useState<HTMLButtonElement | null>(null);
  const open = shown ?? own;
  const set = (value: boolean) => { setOwn(value); onOpenChange?.(value); };
  return (
    <>
      <button ref={setAnchor} type="button" className={className} aria-haspopup="listbox" aria-expanded={open} aria-label={bare ? label : undefined} title={label} disabled={disabled}
        onClick={(event) => { event.stopPropagation(); event.preventDefault(); set(!open); }}
        onKeyDown={(event) => { if (event.key === "ArrowDown" && !open) { event.preventDefault(); set(true); } }}>
        {children}
      </button>
      {open && anchor && (
        <Popover anchor={anchor} onClose={() => set(false)} width={width} label={label}>
          <OptionList {...list} label={label} onPick={(value) => { list.onPick(value); if (!list.multi) { set(false); anchor.focus(); } }} />
        </Popover>
      )}
    </>
  );
}
