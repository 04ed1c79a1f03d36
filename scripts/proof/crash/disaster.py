"""What else may befall a server than SIGKILL. Each kind has four moments: it equips the place, does something while the
clients write, does something to the files of the dead, and ends before the last look."""

import bisect
import mmap
import os
import pathlib
import shutil
import struct
import subprocess
import time

import server
from server import Api, Gone

SECTOR = 512
RECORD = struct.Struct("=4I7Q")
DATA, SYNC, CREATE, UNLINK, RENAME, LINK, MKDIR, BEGIN = range(1, 9)
RECOVERS_SECONDS = 10  # after the disaster is over, until a write is taken again


class Plain:
    """SIGKILL alone: the page cache lives on."""

    refuses = False  # whether writes may be answered with 5xx
    in_memory = False
    suppresses = frozenset()  # why outgoing mail may be given up

    def __init__(self, run):
        self.run = run

    def prepare(self):
        """Before anything is there."""

    def begin(self):
        """Once the place is made."""

    def live(self, seconds):
        """While clients write."""
        time.sleep(seconds)

    def dead(self):
        """The server was killed."""

    def over(self):
        """Nothing more will happen."""

    def remove(self):
        """All is done."""


class Shimmed(Plain):
    """With the shim preloaded, and its three numbers in a file that both see."""

    in_memory = True

    def begin(self):
        root = self.run.place.root
        library, control = root / "shim.so", root / "control"
        source = pathlib.Path(__file__).with_name("shim.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl", "-lpthread"], check=True)
        control.write_bytes(bytes(24))
        with open(control, "r+b") as file:
            self.control = mmap.mmap(file.fileno(), 24)
        self.run.place.more = {"LD_PRELOAD": str(library), "CRASH_CONTROL": str(control), "CRASH_ROOT": str(self.run.place.data)}

    def set(self, at, value):
        self.control[at * 8 : at * 8 + 8] = struct.pack("=q", value)


class ClockBack(Shimmed):
    """The wall clock is set back by an hour, or by a day, while clients write. At the end it is right again."""

    offset = 0
    # When it is right again, days have passed for what was waiting.
    suppresses = frozenset(["it has waited for more than 24 hours"])

    def live(self, seconds):
        pick = self.run.random
        if pick.random() < 0.4:
            before = pick.random() * seconds
            time.sleep(before)
            self.offset -= pick.choice((3_600, 3_600, 86_400)) * 10**9
            self.set(0, self.offset)
            self.run.book.fact("clock set back")
            seconds -= before
        time.sleep(seconds)

    def over(self):
        self.set(0, 0)


class Refusing(Plain):
    """While the disaster lasts writes are refused and reads go on; when it is over, without a restart, writes are taken again."""

    refuses = True

    def happens(self, done):
        """Waits until a counter of the book has moved."""
        end = time.monotonic() + RECOVERS_SECONDS
        while time.monotonic() < end:
            if done():
                return True
            time.sleep(0.005)
        return False

    def strike(self):
        raise NotImplementedError

    def relieve(self):
        raise NotImplementedError

    def live(self, seconds):
        book, pick = self.run.book, self.run.random
        time.sleep(seconds / 2)
        self.strike()
        before = sum(book.refused.values())
        if self.happens(lambda: sum(book.refused.values()) > before + 5):
            book.fact("disasters that refused writes")
            self.reads()
        else:
            book.finding("wrong", "no write was refused, although the disaster struck")
        time.sleep(pick.random() * seconds / 2)
        if pick.random() < 0.5:
            book.fact("killed in the middle of the disaster")
            return
        self.relieve()
        before = sum(book.acknowledged.values())
        if self.happens(lambda: sum(book.acknowledged.values()) > before + 20):
            book.fact("went on without a restart")
        else:
            book.finding("wrong", f"no writes are taken {RECOVERS_SECONDS} s after the disaster is over")
        time.sleep(pick.random() * seconds / 2)

    def reads(self):
        api = Api(self.run.place.http, self.run.key)
        for brand in self.run.brands:
            for path in ("/tickets?limit=5", "/events?limit=5", "/customers?limit=5"):
                try:
                    status, answer = api.ask("GET", brand.path + path)
                except Gone as error:
                    status, answer = 0, error
                if status != 200:
                    self.run.book.finding("wrong", f"GET {path} is answered with {status} in the middle of the disaster: {answer}")

    def dead(self):
        """A server that is started in the middle of it either serves what there is, or says why not. Then it is over."""
        if self.struck() and self.run.random.random() < 0.5:
            process = self.run.place.serve()
            if process is None:
                self.run.book.fact("would not start in the middle of the disaster")
            else:
                self.run.book.fact("started in the middle of the disaster")
                self.reads()
                server.kill(process)
        self.relieve()


class ReadOnly(Refusing, Shimmed):
    """The disk turns read-only, as ext4 does with errors=remount-ro. (A mounted file system cannot be turned so from outside
    while somebody writes to it: EBUSY. So the shim does it.)"""

    def strike(self):
        self.set(1, 1)

    def relieve(self):
        self.set(1, 0)

    def struck(self):
        return self.control[8] != 0


class FullDisk(Refusing):
    """The data folder is on a small tmpfs. It is made as small as what is in it and a little more, and large again."""

    LARGE = 2 << 30

    def prepare(self):
        if os.geteuid() != 0:
            raise SystemExit("crash: a full disk is a tmpfs, and mounting one needs root")
        folder = self.run.root / "data"
        folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.LARGE}", "tmpfs", folder], check=True)
        self.folder, self.small = folder, False

    def size(self, size):
        subprocess.run(["mount", "-o", f"remount,size={size}", self.folder], check=True)

    def strike(self):
        there = os.statvfs(self.folder)
        room = int(64 * 1024 * (1 + self.run.random.random() * 30))
        while True:  # it grows while it is measured
            used = (there.f_blocks - there.f_bfree) * there.f_frsize
            if subprocess.run(["mount", "-o", f"remount,size={used + room}", self.folder], stderr=subprocess.DEVNULL).returncode == 0:
                break
            there = os.statvfs(self.folder)
        self.small = True

    def relieve(self):
        self.size(self.LARGE)
        self.small = False

    def struck(self):
        return self.small

    def remove(self):
        if os.path.ismount(self.run.root / "data"):
            subprocess.run(["umount", self.run.root / "data"], check=True)


class Unsynced(Shimmed):
    """SIGKILL is a power cut: what was written and not synced is gone, or half of it is."""

    def begin(self):
        super().begin()
        root = self.run.place.root
        self.journal, self.keep = root / "journal", root / "keep"
        self.keep.mkdir()
        self.run.place.more |= {"CRASH_JOURNAL": str(self.journal), "CRASH_KEEP": str(self.keep)}

    def dead(self):
        changes = Journal(self.journal, self.run.random)
        torn = self.run.random.random() < 0.5
        self.run.book.fact("power cuts that tore writes" if torn else "power cuts that dropped everything unsynced")
        self.run.book.fact("unsynced writes undone", changes.undo_data([self.run.place.data, self.keep], torn))
        self.run.book.fact("unsynced names undone", changes.undo_names(torn))
        for name in self.run.place.data.glob("*-shm"):  # memory that is shared through a file is nothing to a power cut
            name.unlink()
        shutil.rmtree(self.keep)
        self.keep.mkdir()
        self.journal.unlink(missing_ok=True)


class Journal:
    """What the shim noted."""

    def __init__(self, path, random):
        self.random, self.records, self.synced, self.made = random, [], {}, {}
        data = path.read_bytes() if path.exists() else b""
        at = begun = 0
        while at + RECORD.size <= len(data):
            kind, a, b, c, before, inode, offset, length, size, folder, upto = RECORD.unpack_from(data, at)
            at += RECORD.size
            if at + a + b + c + before > len(data):
                break  # cut off by the kill, before the change itself
            texts = []
            for part in (a, b, c):
                texts.append(data[at : at + part].decode())
                at += part
            if kind == BEGIN:
                begun = len(self.records)
                continue
            index = len(self.records)
            self.records.append((kind, texts, data[at : at + before], inode, offset, length, size, folder))
            at += before
            if kind == SYNC:
                self.synced[inode] = max(self.synced.get(inode, 0), begun + upto)
            elif kind == CREATE:
                self.made[inode] = index  # the inode had another life before

    def undo_data(self, folders, torn):
        """Puts files back to what was synced; torn: with some of the sectors that were written since."""
        paths = {}
        for folder in folders:
            for above, _, names in os.walk(folder):
                for name in names:
                    path = os.path.join(above, name)
                    paths[os.lstat(path).st_ino] = path
        undo = {}
        for index, (kind, _, before, inode, offset, length, size, _) in enumerate(self.records):
            if kind == DATA and inode in paths and index >= self.synced.get(inode, 0) and index >= self.made.get(inode, 0):
                undo.setdefault(inode, []).append((before, offset, length, size))
        for inode, changes in undo.items():
            self.undo_file(paths[inode], changes, torn)
        return sum(map(len, undo.values()))

    def undo_file(self, path, changes, torn):
        with open(path, "r+b", buffering=0) as file:
            now = os.fstat(file.fileno()).st_size
            later = {}
            if torn:
                for _, offset, length, _ in changes:
                    for sector in range(offset // SECTOR, -(-(offset + length) // SECTOR)):
                        later[sector] = os.pread(file.fileno(), SECTOR, sector * SECTOR)
            for before, offset, _, size in reversed(changes):
                os.pwrite(file.fileno(), before, offset)
                os.ftruncate(file.fileno(), size)
            share = self.random.choice((0.1, 0.5, 0.9, 1.0))
            if torn and self.random.random() < 0.8:
                os.ftruncate(file.fileno(), max(now, size) if self.random.random() < 0.8 else size)
                end = os.fstat(file.fileno()).st_size
                for sector, data in later.items():
                    if self.random.random() < share and sector * SECTOR < end:
                        os.pwrite(file.fileno(), data[: end - sector * SECTOR], sector * SECTOR)

    def undo_names(self, torn):
        """Takes back what was done to names in folders that were not synced since; torn: only from some moment on."""
        unsynced = [
            index
            for index, (kind, _, _, _, _, _, _, folder) in enumerate(self.records)
            if kind in (CREATE, UNLINK, RENAME, LINK, MKDIR) and index >= self.synced.get(folder, 0)
        ]
        if torn and unsynced:
            unsynced = unsynced[bisect.bisect(unsynced, self.random.choice(unsynced)) - self.random.randrange(2) :]
        for index in reversed(unsynced):
            kind, (a, b, c), _, inode, *_ = self.records[index]
            if kind in (CREATE, LINK):
                if is_inode(a, inode):
                    os.unlink(a)
            elif kind == UNLINK:
                if b and os.path.exists(b) and os.path.isdir(os.path.dirname(a)):
                    os.rename(b, a)
            elif kind == RENAME:
                if is_inode(b, inode) and os.path.isdir(os.path.dirname(a)):
                    os.rename(b, a)
                if c and os.path.exists(c):
                    os.rename(c, b)
            elif kind == MKDIR and os.path.isdir(a) and not os.listdir(a):
                os.rmdir(a)
        return len(unsynced)


def is_inode(path, inode):
    return os.path.lexists(path) and os.lstat(path).st_ino == inode


class Lying(Unsynced):
    """For the self-test: a disk whose fsync does nothing."""

    lie = 1

    def live(self, seconds):
        self.set(2, self.lie)
        super().live(seconds)


class LyingAboutFiles(Lying):
    """The same for the bytes of files alone: the database is honest."""

    lie = 2


KINDS = {"none": Plain, "unsynced": Unsynced, "full-disk": FullDisk, "read-only": ReadOnly, "clock-back": ClockBack}
