// Merging a ticket into another one of its brand.

import { useState } from "react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import type { Ticket } from "@dispatch-server/client";
import { api } from "../lib/api";
import { client, refreshCounts } from "../lib/query";
import { toast } from "../lib/toast";
import { StatusDot } from "../ui/icons";
import { Dialog } from "../ui/parts";
import { OptionList } from "../ui/picker";

export function MergeInto({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const [, go] = useLocation();
  const [text, setText] = useState("");
  const search = text.trim();
  const found = useQuery({
    queryKey: ["merge", ticket.brandId, search || ticket.customerId],
    queryFn: () => api.tickets.list(ticket.brandId, search ? { search, limit: 10, merged: false } : { ...(ticket.customerId && { customerId: ticket.customerId }), merged: false, limit: 10 }),
    placeholderData: (old) => old,
  });
  const merge = useMutation({
    mutationFn: (target: string) => api.tickets.merge(ticket.brandId, target, { sourceTicketIds: [ticket.id] }),
    onSuccess: (target) => {
      toast(`${ticket.ticketNumber} merged into ${target.ticketNumber}`);
      refreshCounts();
      void client.invalidateQueries({ queryKey: ["tickets"] });
      onClose();
      go(`/brands/${target.brandId}/tickets/${target.id}`);
    },
  });
  const options = (found.data?.data ?? []).filter((one) => one.id !== ticket.id).map((one) => ({
    value: one.id, label: one.title, hint: one.ticketNumber, icon: <StatusDot color={one.statusRef.color} isActive={one.statusRef.isActive} />,
  }));
  return (
    <Dialog title={`Merge ${ticket.ticketNumber} into…`} onClose={onClose}>
      <p className="dim">Its comments and files go to the ticket you choose; this one is closed as a duplicate.</p>
      <div className="inset"><OptionList label="Find the ticket that stays" options={options} search onSearch={setText} onPick={(id) => !merge.isPending && merge.mutate(id)} /></div>
    </Dialog>
  );
}
