// What stands above a list: status chips, search, filters, sort and columns.

import { memo, type Ref, useEffect, useRef, useState } from "react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { DndContext, closestCenter, KeyboardSensor, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { arrayMove, SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { api } from "../lib/api";
import { type Column, type FilterName, type ListState, PRIORITIES, SORTS, toggled } from "../lib/filters";
import { useBrands, useCategories, useMe, useMembers, useStatusesOf, useTags } from "../lib/query";
import { Icon, PriorityIcon, StatusDot } from "../ui/icons";
import { Avatar, IconButton } from "../ui/parts";
import { type Option, Picker, Popover } from "../ui/picker";

const TYPED_MS = 250;
const SOURCES = ["api", "dashboard", "portal", "email", "web", "slack", "sms", "recurring", "automation", "import"];

export function SearchBox({ ref, value, onChange }: { ref: Ref<HTMLInputElement>; value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(value), [value]);
  const later = (next: string) => { setText(next); clearTimeout(timer.current); timer.current = setTimeout(() => onChange(next), TYPED_MS); };
  return (
    <label className="search">
      <Icon name="search" />
      <input ref={ref} type="search" aria-label="Search tickets" placeholder="Search…" maxLength={200} value={text} onChange={(event) => later(event.target.value)}
        onKeyDown={(event) => { if (event.key === "Escape") { later(""); event.currentTarget.blur(); } if (event.key === "Enter") event.currentTarget.blur(); }} />
      <kbd>/</kbd>
    </label>
  );
}

function SortPickerView({ state, onChange }: { state: ListState; onChange: (state: ListState) => void }) {
  return (
    <Picker label="Sort" className="button plain sort" search={false} width={190} values={[state.sort, `order:${state.order}`]}
      options={[...Object.entries(SORTS).map(([value, label]) => ({ value, label })), { value: "order:desc", label: "Descending", apart: true }, { value: "order:asc", label: "Ascending" }]}
      onPick={(value) => onChange(value.startsWith("order:") ? { ...state, order: value.slice(6) as "asc" } : { ...state, sort: value })}>
      <Icon name={state.order === "asc" ? "up" : "down"} size={12} /> <span>{SORTS[state.sort]}</span>
    </Picker>
  );
}

function ColumnRow({ column, on, onToggle }: { column: Column; on: boolean; onToggle: () => void }) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition } = useSortable({ id: column.key, disabled: !on });
  return (
    <li ref={setNodeRef} style={{ transform: CSS.Translate.toString(transform), transition }}>
      <label><input type="checkbox" checked={on} disabled={column.key === "title"} onChange={onToggle} /> {column.label}</label>
      {on && <button ref={setActivatorNodeRef} type="button" className="grip" {...attributes} {...listeners} aria-label={`Move ${column.label}`}><Icon name="grip" /></button>}
    </li>
  );
}

function ColumnsButtonView({ all, shown, onChange }: { all: Column[]; shown: string[]; onChange: (keys: string[]) => void }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }));
  const rest = all.filter((column) => !shown.includes(column.key));
  return (
    <>
      <IconButton icon="columns" label="Columns" className="columns-button" aria-expanded={anchor !== null} onClick={(event) => setAnchor(anchor ? null : event.currentTarget)} />
      {anchor && (
        <Popover anchor={anchor} onClose={() => setAnchor(null)} label="Columns" width={220}>
          <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={({ active, over }) => {
            if (over && active.id !== over.id) onChange(arrayMove(shown, shown.indexOf(String(active.id)), shown.indexOf(String(over.id))));
          }}>
            <ul className="column-list">
              <SortableContext items={shown} strategy={verticalListSortingStrategy}>
                {shown.flatMap((key) => all.find((column) => column.key === key) ?? []).map((column) => <ColumnRow key={column.key} column={column} on onToggle={() => onChange(shown.filter((key) => key !== column.key))} />)}
              </SortableContext>
              {rest.map((column) => <li key={column.key}><label><input type="checkbox" checked={false} onChange={() => onChange([...shown, column.key])} /> {column.label}</label></li>)}
            </ul>
          </DndContext>
        </Popover>
      )}
    </>
  );
}

/** One chip for what is active, one for each status in display order, one for all. */
function ChipsView({ brandId, state, onChange }: { brandId: string | undefined; state: ListState; onChange: (state: ListState) => void }) {
  const { data: brands = [] } = useBrands();
  const ids = brandId ? [brandId] : brands.map((brand) => brand.id);
  const statuses = useStatusesOf(ids);
  const { status: chosen = "active", ...others } = state.filters;
  const keys = statuses.map((status) => status.key);
  const counts = useQuery({
    queryKey: ["chips", brandId ?? "queue", others, keys],
    enabled: keys.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Record<string, { number: number; capped: boolean }>> => {
      const count = async (status: string) => {
        const { count: number, capped } = await (brandId ? api.tickets.count(brandId, { ...others, status } as never, { signal }) : api.queue.count({ ...others, status } as never, { signal }));
        return [status, { number, capped }] as const;
      };
      return Object.fromEntries(await Promise.all(["active", ...keys].map(count)));
    },
  });
  const shown = (key: string) => { const one = counts.data?.[key]; return one && <small>{one.capped ? "10k+" : one.number}</small>; };
  const set = (status: string) => onChange({ ...state, filters: { ...state.filters, status } });
  const wanted = chosen.split(",");
  return (
    <div className="chips" role="group" aria-label="Status">
      <button type="button" aria-pressed={chosen === "active"} onClick={() => set("active")}>Active {shown("active")}</button>
      {statuses.map((status) => (
        <button key={status.key} type="button" aria-pressed={wanted.includes(status.key)} title={`${status.name} (Shift: add)`}
          onClick={(event) => set(event.shiftKey && !["active", "all"].includes(chosen) ? toggled(chosen, status.key) || "active" : status.key)}>
          <StatusDot color={status.color} isActive={status.isActive} half={status.key === "pending"} /> {status.name} {shown(status.key)}
        </button>
      ))}
      <button type="button" aria-pressed={chosen === "all"} onClick={() => set("all")}>All</button>
    </div>
  );
}

function FilterBarView({ brandId, state, onChange, spam }: { brandId: string | undefined; state: ListState; onChange: (state: ListState) => void; spam: boolean }) {
  const { member: me } = useMe();
  const [added, setAdded] = useState<FilterName | null>(null);
  const { data: brands = [] } = useBrands();
  const { data: people } = useMembers(brandId);
  const { data: categories = [] } = useCategories(brandId);
  const { data: tags = [] } = useTags(brandId);
  const companies = useQuery({ queryKey: ["companies", brandId, "names"], queryFn: () => api.companies.list(brandId ?? "", { limit: 100 }), enabled: !!brandId && (added === "companyId" || !!state.filters.companyId) });
  const set = (name: FilterName, value: string) => onChange({ ...state, filters: { ...state.filters, [name]: value } });
  interface Kind { name: FilterName; label: string; icon: string; multi?: boolean; options: Option[] }
  const yes = [{ value: "true", label: "Yes" }];
  const day = 86_400_000;
  const since = [[1, "Last 24 hours"], [7, "Last 7 days"], [30, "Last 30 days"], [90, "Last 90 days"]].map(([days, label]) => ({ value: new Date(Math.floor(Date.now() / day - Number(days)) * day).toISOString().slice(0, 10), label: String(label) }));
  const kinds: Kind[] = [
    { name: "priority", label: "Priority", icon: "chart", multi: true, options: PRIORITIES.map((value) => ({ value, label: value[0]?.toUpperCase() + value.slice(1), icon: <PriorityIcon priority={value} /> })) },
    { name: "assigneeId", label: "Assignee", icon: "user", options: [{ value: "me", label: "Me" }, { value: "unassigned", label: "Nobody" }, ...(people?.members ?? []).filter((one) => one.id !== me.id).map((one) => ({ value: one.id, label: one.displayName ?? one.email, icon: <Avatar name={one.displayName ?? one.email} size={16} /> }))] },
    ...(brandId ? [
      { name: "categoryId" as const, label: "Category", icon: "folder", options: [{ value: "null", label: "None" }, ...categories.map((one) => ({ value: one.id, label: one.name, icon: <i className="dot" style={{ background: one.color }} /> }))] },
      { name: "tagIds" as const, label: "Tags", icon: "tag", multi: true, options: tags.map((one) => ({ value: one.id, label: one.name, icon: <i className="dot" style={{ background: one.color }} /> })) },
      { name: "companyId" as const, label: "Company", icon: "building", options: (companies.data?.data ?? []).map((one) => ({ value: one.id, label: one.name })) },
    ] : [{ name: "brandIds" as const, label: "Brand", icon: "list", multi: true, options: brands.map((one) => ({ value: one.id, label: one.name })) }]),
    { name: "source", label: "Source", icon: "globe", multi: true, options: SOURCES.map((value) => ({ value, label: value })) },
    { name: "createdAfter", label: "Created", icon: "clock", options: since },
    { name: "updatedAfter", label: "Updated", icon: "clock", options: since },
    { name: "overdue", label: "Overdue", icon: "clock", options: yes },
    { name: "hasAttachments", label: "Has files", icon: "clip", options: yes },
  ];
  const present = kinds.filter((kind) => state.filters[kind.name] || kind.name === added);
  const names = (kind: Kind) => (state.filters[kind.name] ?? "").split(",").filter(Boolean).map((value) => kind.options.find((option) => option.value === value)?.label ?? value).join(", ");
  return (
    <div className="filters">
      {present.map((kind) => (
        <span key={kind.name} className="filter">
          <Picker className="filter-button" label={`${kind.label}: ${names(kind) || "any"}`} options={kind.options} values={(state.filters[kind.name] ?? "").split(",")} multi={kind.multi} width={220}
            open={kind.name === added ? true : undefined} onOpenChange={(open) => !open && setAdded(null)}
            onPick={(value) => set(kind.name, kind.multi ? toggled(state.filters[kind.name], value) : value)}>
            <Icon name={kind.icon} size={13} /> {kind.label}{names(kind) && <strong>{names(kind)}</strong>}
          </Picker>
          {state.filters[kind.name] && <button type="button" className="filter-clear" aria-label={`Remove the filter ${kind.label}`} onClick={() => { setAdded(null); set(kind.name, ""); }}><Icon name="close" size={11} /></button>}
        </span>
      ))}
      {!spam && <Picker className="button ghost" label="Add a filter" width={200} search={false} options={kinds.map((kind) => ({ value: kind.name, label: kind.label, icon: <Icon name={kind.icon} /> }))}
        onPick={(value) => setTimeout(() => setAdded(value as FilterName))}>
        <Icon name="filter" /> <span>Filter</span>
      </Picker>}
    </div>
  );
}

// Pages that come in while somebody scrolls draw the list again, and nothing above it.
export const SortPicker = memo(SortPickerView);
export const ColumnsButton = memo(ColumnsButtonView);
export const Chips = memo(ChipsView);
export const FilterBar = memo(FilterBarView);
