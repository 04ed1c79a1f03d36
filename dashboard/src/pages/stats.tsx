// Statistics over the brands in reach.

import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { api } from "../lib/api";
import { minutes } from "../lib/format";
import { useBrands, useStatusesOf } from "../lib/query";
import { StatusDot } from "../ui/icons";
import { Avatar, Skeleton, Trouble } from "../ui/parts";
import { PageHead } from "../ui/shell";

interface Day { date: string; created: number; resolved: number }

function Chart({ days }: { days: Day[] }) {
  const ref = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(760);
  const [height, left, bottom] = [200, 34, 22];
  // It is drawn as wide as it stands, so that its letters keep their form.
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.max(200, entry.contentRect.width)));
    if (ref.current) watch.observe(ref.current);
    return () => watch.disconnect();
  }, []);
  const top = Math.max(4, ...days.flatMap((day) => [day.created, day.resolved]));
  const x = (index: number) => left + (index / Math.max(1, days.length - 1)) * (width - left - 8);
  const y = (value: number) => 8 + (1 - value / top) * (height - bottom - 8);
  const line = (pick: (day: Day) => number) => days.map((day, index) => `${index === 0 ? "M" : "L"}${x(index).toFixed(1)} ${y(pick(day)).toFixed(1)}`).join("");
  const total = (pick: (day: Day) => number) => days.reduce((sum, day) => sum + pick(day), 0);
  return (
    <>
      <div className="legend"><span><i className="dot" style={{ background: "var(--accent)" }} /> Created {total((day) => day.created)}</span><span><i className="dot" style={{ background: "var(--good)" }} /> Resolved {total((day) => day.resolved)}</span></div>
      <svg ref={ref} className="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Created ${total((day) => day.created)}, resolved ${total((day) => day.resolved)} in ${days.length} days`}>
        {[0, 0.5, 1].map((part) => <g key={part}><line x1={left} x2={width - 8} y1={y(top * part)} y2={y(top * part)} stroke="var(--line)" /><text x={left - 6} y={y(top * part) + 4} textAnchor="end">{Math.round(top * part)}</text></g>)}
        <path d={line((day) => day.created)} fill="none" stroke="var(--accent)" strokeWidth="2" strokeLinejoin="round" />
        <path d={line((day) => day.resolved)} fill="none" stroke="var(--good)" strokeWidth="2" strokeLinejoin="round" />
        {[0, Math.floor(days.length / 2), days.length - 1].map((index) => <text key={index} x={x(index)} y={height - 4} textAnchor={index === 0 ? "start" : index === days.length - 1 ? "end" : "middle"}>{days[index]?.date.slice(5)}</text>)}
      </svg>
    </>
  );
}

export function Stats() {
  const [days, setDays] = useState("30");
  const [brand, setBrand] = useState("");
  const { data: brands = [] } = useBrands();
  const scope = { ...(brand && { brandIds: [brand] }) };
  const stats = useQuery({ queryKey: ["stats", days, brand], queryFn: () => api.queue.stats({ ...scope, days: Number(days) }), placeholderData: (old) => old });
  const trends = useQuery({ queryKey: ["trends", days, brand], queryFn: () => api.queue.trends({ ...scope, days: Number(days) }), placeholderData: (old) => old });
  const team = useQuery({ queryKey: ["team-metrics", days, brand], queryFn: () => api.queue.teamMetrics({ ...scope, startDate: new Date(Date.now() - Number(days) * 86_400_000) }), placeholderData: (old) => old });
  useEffect(() => { document.title = "Statistics · Dispatch"; }, []);
  const statuses = useStatusesOf(brand ? [brand] : brands.map((one) => one.id));
  const byStatus = stats.data?.byStatus ?? {};
  const top = Math.max(1, ...Object.values(byStatus));
  return (
    <>
      <PageHead title="Statistics">
        <select className="input" style={{ width: "auto" }} aria-label="Brand" value={brand} onChange={(event) => setBrand(event.target.value)}><option value="">All brands</option>{brands.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select>
        <select className="input" style={{ width: "auto" }} aria-label="Time" value={days} onChange={(event) => setDays(event.target.value)}><option value="7">7 days</option><option value="30">30 days</option><option value="90">90 days</option><option value="365">A year</option></select>
      </PageHead>
      <div className="page">
        {stats.isPending ? <Skeleton /> : stats.error ? <Trouble error={stats.error} retry={() => void stats.refetch()} /> : <>
          <div className="stat-grid">
            <div className="stat"><span>Tickets created</span><strong>{stats.data.total}</strong></div><div className="stat"><span>Still active</span><strong>{stats.data.active}</strong></div>
            <div className="stat"><span>First reply, on average</span><strong>{minutes(stats.data.responseMetrics.avgFirstResponseMinutes)}</strong></div><div className="stat"><span>Resolution, on average</span><strong>{minutes(stats.data.responseMetrics.avgResolutionMinutes)}</strong></div>
          </div>
          <div className="card">{trends.data && <Chart days={trends.data.data} />}</div>
          <div className="card"><h2>By status</h2><ul className="bars">{statuses.map((status) => <li key={status.key}><span className="person"><StatusDot color={status.color} isActive={status.isActive} half={status.key === "pending"} /><span className="cut">{status.name}</span></span><i style={{ width: `${((byStatus[status.key] ?? 0) / top) * 100}%`, background: status.color }} /><b>{byStatus[status.key] ?? 0}</b></li>)}</ul></div>
          <div className="card"><h2>Team</h2>{team.data?.members.length === 0 ? <p className="dim">Nobody has resolved or closed a ticket in this time.</p> : <table className="table"><thead><tr><th>Person</th><th className="end">Resolved</th><th className="end">Closed</th><th className="end">Satisfaction</th></tr></thead><tbody>{team.data?.members.map((one) => <tr key={one.memberId}><td><span className="person"><Avatar name={one.memberName ?? one.memberEmail} size={22} />{one.memberName ?? one.memberEmail}</span></td><td className="end">{one.ticketsResolved}</td><td className="end">{one.ticketsClosed}</td><td className="end">{one.csatScore === null ? "–" : `${one.csatScore} %`}</td></tr>)}</tbody></table>}</div>
        </>}
      </div>
    </>
  );
}
