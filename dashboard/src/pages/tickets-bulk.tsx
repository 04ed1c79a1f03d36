// What can be done with the rows that are selected.

import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import type { Ticket } from "@dispatch-server/client";
import { api } from "../lib/api";
import { useActions } from "../lib/actions";
import { plural } from "../lib/format";
import { client, refreshCounts, useMe, useStatuses } from "../lib/query";
import { toast } from "../lib/toast";
import { Button, Dialog, IconButton } from "../ui/parts";
import type { Menu } from "../ui/ticket-menu";

export function BulkBar({ tickets, spam, onMenu, onClear, onDelete }: { tickets: Ticket[]; spam: boolean; onMenu: (menu: Menu) => void; onClear: () => void; onDelete: () => void }) {
  const { isAdmin } = useMe();
  const apply = useActions(isAdmin);
  const [merging, setMerging] = useState(false);
  const { data: statuses } = useStatuses(tickets[0]?.brandId);
  const oneBrand = new Set(tickets.map((ticket) => ticket.brandId)).size === 1;
  const menu = (kind: Menu["kind"]) => (event: React.MouseEvent<HTMLElement>) => onMenu({ kind, tickets, anchor: event.currentTarget });
  const resolved = statuses?.find((status) => status.key === "resolved");
  return (
    <div className="bulk" role="toolbar" aria-label={`${tickets.length} selected`}>
      <strong>{tickets.length} selected</strong>
      {!spam && <>
        <Button icon="check" onClick={() => { if (resolved) void apply(tickets, { kind: "status", status: resolved }); onClear(); }}>Resolve</Button>
        <Button onClick={menu("status")}>Status</Button>
        <Button onClick={menu("priority")}>Priority</Button>
        {oneBrand && <Button onClick={menu("assignee")}>Assign</Button>}
        {oneBrand && <Button onClick={menu("category")}>Category</Button>}
        {oneBrand && <Button onClick={menu("tags")}>Tags</Button>}
        {oneBrand && tickets.length > 1 && <Button icon="merge" onClick={() => setMerging(true)}>Merge</Button>}
      </>}
      <Button icon="spam" onClick={() => { void apply(tickets, { kind: "spam", isSpam: !spam }); onClear(); }}>{spam ? "Not spam" : "Spam"}</Button>
      <Button icon="trash" kind="danger" onClick={onDelete}>Delete</Button>
      <IconButton icon="close" label="Clear the selection" onClick={onClear} />
      {merging && <Merge tickets={tickets} onClose={() => setMerging(false)} onDone={() => { setMerging(false); onClear(); }} />}
    </div>
  );
}

function Merge({ tickets, onClose, onDone }: { tickets: Ticket[]; onClose: () => void; onDone: () => void }) {
  const [target, setTarget] = useState([...tickets].sort((a, b) => a.number - b.number)[0]?.id ?? "");
  const merge = useMutation({
    mutationFn: () => api.tickets.merge(tickets[0]?.brandId ?? "", target, { sourceTicketIds: tickets.filter((ticket) => ticket.id !== target).map((ticket) => ticket.id) }),
    onSuccess: (merged) => {
      toast(`${plural(merged.mergedCount, "ticket")} merged into ${merged.ticketNumber}`);
      refreshCounts();
      void client.invalidateQueries({ queryKey: ["tickets"] });
      onDone();
    },
  });
  return (
    <Dialog title={`Merge ${tickets.length} tickets`} onClose={onClose}>
      <div className="stack">
        <p>Comments, files, tags and watchers of the others go to the one that stays; they are closed as duplicates.</p>
        <fieldset className="choices"><legend>Which one stays?</legend>
          {tickets.map((ticket) => (
            <label key={ticket.id}><input type="radio" name="target" checked={target === ticket.id} onChange={() => setTarget(ticket.id)} /><span className="dim">{ticket.ticketNumber}</span> <span className="cut">{ticket.title}</span></label>
          ))}
        </fieldset>
        <footer><Button onClick={onClose}>Cancel</Button><Button kind="primary" busy={merge.isPending} onClick={() => merge.mutate()}>Merge</Button></footer>
      </div>
    </Dialog>
  );
}
