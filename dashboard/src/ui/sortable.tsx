// A list that is put in order by mouse, finger or keyboard, and says aloud what it does.

import type { ReactNode } from "react";
import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { arrayMove, SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { Icon } from "./icons";

interface Item { id: string; name: string }

function Row<T extends Item>({ item, children }: { item: T; children: ReactNode }) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id: item.id });
  return (
    <li ref={setNodeRef} data-id={item.id} className={isDragging ? "dragging" : ""} style={{ transform: CSS.Translate.toString(transform), transition }}>
      <button ref={setActivatorNodeRef} type="button" className="grip" {...attributes} {...listeners} aria-label={`Move ${item.name}`}><Icon name="grip" /></button>
      {children}
    </li>
  );
}

export function Sortable<T extends Item>({ items, onOrder, label, children }: { items: T[]; onOrder: (items: T[]) => void; label: string; children: (item: T) => ReactNode }) {
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }));
  const name = (id: unknown) => items.find((item) => item.id === id)?.name ?? "";
  const place = (id: unknown) => items.findIndex((item) => item.id === id) + 1;
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter}
      accessibility={{ announcements: {
        onDragStart: ({ active }) => `${name(active.id)} picked up, at place ${place(active.id)} of ${items.length}.`,
        onDragOver: ({ active, over }) => over ? `${name(active.id)} is now at place ${place(over.id)} of ${items.length}.` : undefined,
        onDragEnd: ({ active, over }) => over ? `${name(active.id)} put down at place ${place(over.id)}.` : `${name(active.id)} put back.`,
        onDragCancel: ({ active }) => `${name(active.id)} put back.`,
      } }}
      onDragEnd={({ active, over }) => {
        if (over && active.id !== over.id) onOrder(arrayMove(items, place(active.id) - 1, place(over.id) - 1));
      }}>
      <SortableContext items={items} strategy={verticalListSortingStrategy}>
        <ul className="sortable" aria-label={label}>{items.map((item) => <Row key={item.id} item={item}>{children(item)}</Row>)}</ul>
      </SortableContext>
    </DndContext>
  );
}
