// Files on their way up, and those that are there.

import { useCallback, useState } from "react";
import type { Attachment } from "@dispatch-server/client";
import { api, reason } from "../lib/api";
import { bytes } from "../lib/format";
import { toast } from "../lib/toast";
import { Icon } from "./icons";
import { Dialog } from "./parts";

const SIZE_MAX = 50 * 1024 * 1024;
const FILES_MAX = 50;
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

export interface Upload {
  key: number;
  name: string;
  size: number;
  attachment?: Attachment;
  error?: string;
}
let next = 1;

/** Sends files as soon as they are chosen, so that sending the text does not wait for them. */
export function useUploads(brandId: string, ticketId: string | null) {
  const [files, setFiles] = useState<Upload[]>([]);
  const add = useCallback((chosen: Iterable<File>) => {
    for (const file of [...chosen].slice(0, FILES_MAX)) {
      const key = next++;
      // A pasted picture has no name of its own.
      const name = file.name === "image.png" ? `pasted-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.png` : file.name;
      if (file.size > SIZE_MAX || file.size === 0) {
        toast(file.size === 0 ? `${name} is empty.` : `${name} is larger than 50 MB.`, { kind: "error" });
        continue;
      }
      setFiles((old) => [...old, { key, name, size: file.size }]);
      const body = { filename: name, contentType: file.type || "application/octet-stream", data: file };
      const sent = ticketId === null ? api.attachments.upload(brandId, null, body) : api.attachments.upload(brandId, ticketId, body);
      sent.then(
        (attachment) => setFiles((old) => old.map((one) => (one.key === key ? { ...one, attachment } : one))),
        (error: unknown) => setFiles((old) => old.map((one) => (one.key === key ? { ...one, error: reason(error) } : one))),
      );
    }
  }, [brandId, ticketId]);
  const remove = useCallback((key: number) => setFiles((old) => old.filter((one) => {
    if (one.key === key && one.attachment && ticketId) void api.attachments.delete(brandId, ticketId, one.attachment.id).catch(() => undefined);
    return one.key !== key;
  })), [brandId, ticketId]);
  const clear = useCallback(() => setFiles([]), []);
  return { files, add, remove, clear, busy: files.some((file) => !file.attachment && !file.error), ids: files.flatMap((file) => file.attachment?.id ?? []) };
}

export function UploadList({ files, onRemove }: { files: Upload[]; onRemove: (key: number) => void }) {
  if (files.length === 0) return null;
  return (
    <ul className="files">
      {files.map((file) => (
        <li key={file.key} className={file.error ? "failed" : ""}>
          <Icon name="clip" size={13} /><span className="cut">{file.name}</span>
          <small>{file.error ?? (file.attachment ? bytes(file.size) : "uploading…")}</small>
          <button type="button" aria-label={`Remove ${file.name}`} onClick={() => onRemove(file.key)}><Icon name="close" size={11} /></button>
        </li>
      ))}
    </ul>
  );
}

export function FileButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  return (
    <label className="icon-button file-button" title="Add files">
      <Icon name="clip" />
      <input type="file" multiple aria-label="Add files" onChange={(event) => { onFiles([...(event.target.files ?? [])]); event.target.value = ""; }} />
    </label>
  );
}

/** Files that are there. A picture opens here, everything else is downloaded; the link is asked for at the click. */
export function Attachments({ brandId, ticketId, files, onDelete }: { brandId: string; ticketId: string; files: Attachment[]; onDelete?: (file: Attachment) => void }) {
  const [shown, setShown] = useState<{ file: Attachment; url: string } | null>(null);
  if (files.length === 0) return null;
  const openFile = async (file: Attachment) => {
    try {
      const picture = PICTURES.includes(file.contentType);
      const { downloadUrl } = await api.attachments.get(brandId, ticketId, file.id, picture ? { inline: true } : {});
      if (!downloadUrl) return toast("This file is not there any more.", { kind: "error" });
      if (picture) return setShown({ file, url: downloadUrl });
      const link = document.createElement("a");
      link.href = downloadUrl;
      link.rel = "noopener";
      link.click();
    } catch (error) {
      toast(reason(error), { kind: "error" });
    }
  };
  return (
    <>
      <ul className="files">
        {files.map((file) => (
          <li key={file.id}>
            <button type="button" className="file-open" onClick={() => void openFile(file)} title={PICTURES.includes(file.contentType) ? "Show" : "Download"}>
              <Icon name={PICTURES.includes(file.contentType) ? "eye" : "download"} size={13} /><span className="cut">{file.filename}</span><small>{bytes(file.size)}</small>
            </button>
            {onDelete && <button type="button" aria-label={`Delete ${file.filename}`} onClick={() => onDelete(file)}><Icon name="close" size={11} /></button>}
          </li>
        ))}
      </ul>
      {shown && (
        <Dialog title={shown.file.filename} wide onClose={() => setShown(null)}>
          <div className="picture"><img src={shown.url} alt={shown.file.filename} /></div>
        </Dialog>
      )}
    </>
  );
}
