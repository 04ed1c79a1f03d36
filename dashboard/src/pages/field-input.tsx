// The control of a custom field, by its type.

import { useEffect, useState } from "react";
import type { FieldDefinition } from "@dispatch-server/client";

export function FieldInput({ field, value, onChange, compact, id }: { field: FieldDefinition; value: unknown; onChange: (value: unknown) => void; compact?: boolean; id?: string }) {
  const structured = field.type === "array" || field.type === "object";
  const write = (it: unknown) => (it === undefined || it === null ? "" : structured || typeof it === "object" ? JSON.stringify(it) : String(it));
  const [text, setText] = useState(write(value));
  const [wrong, setWrong] = useState(false);
  useEffect(() => setText(write(value)), [value]);
  const className = compact ? "prop-input" : "input";
  const common = { id, className, "aria-label": compact ? field.label : undefined, "aria-invalid": wrong || undefined } as const;
  const commit = (next: string) => {
    if (next === write(value)) return;
    if (next === "") return onChange(null);
    if (field.type === "number") {
      const number = Number(next);
      setWrong(!Number.isFinite(number));
      return Number.isFinite(number) && onChange(number);
    }
    if (!structured) return onChange(next);
    try {
      onChange(JSON.parse(next));
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  if (field.type === "boolean") return <span className="prop-check"><input {...common} className="" type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} /></span>;
  if (field.type === "select") {
    return (
      <select {...common} value={text} onChange={(event) => commit(event.target.value)}>
        <option value="">{field.placeholder ?? "–"}</option>
        {text !== "" && !field.options.includes(text) && <option>{text}</option>}
        {field.options.map((option) => <option key={option}>{option}</option>)}
      </select>
    );
  }
  if (field.type === "multiselect") {
    const chosen = Array.isArray(value) ? value.map(String) : [];
    return <span className="field-choices" role="group" aria-label={field.label}>{field.options.map((option) => <label key={option}><input type="checkbox" checked={chosen.includes(option)} onChange={(event) => onChange(event.target.checked ? [...chosen, option] : chosen.filter((one) => one !== option))} /> {option}</label>)}</span>;
  }
  const type = { number: "text", date: "date", url: "url" }[field.type as string] ?? "text";
  return <input {...common} type={type} inputMode={field.type === "number" ? "decimal" : undefined} placeholder={field.placeholder ?? "–"} value={text} onChange={(event) => setText(event.target.value)} onBlur={(event) => commit(event.target.value)} onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()} />;
}
