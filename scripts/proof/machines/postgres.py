"""Two PostgreSQL servers, one of which follows the other."""

import pathlib
import shutil
import signal
import subprocess

import hosts

PASSWORD = "proof"
CONFIG = """
listen_addresses = '*'
unix_socket_directories = '{folder}'
shared_buffers = 128MB
max_connections = 200
wal_level = replica
hot_standby = on
wal_keep_size = 512MB
synchronous_commit = on
wal_sender_timeout = 5s
wal_receiver_timeout = 5s
"""
TRUST = "local all all trust\nhost all all 10.77.0.0/24 scram-sha-256\nhost replication all 10.77.0.0/24 scram-sha-256\n"


class Database:
    def __init__(self, host, root, bin_dir, user):
        self.host, self.bin, self.user = host, pathlib.Path(bin_dir), user
        self.folder = root / host
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.process = None
        self.folder.mkdir()
        shutil.chown(self.folder, user)

    def run(self, program, *words, env=None):
        command = ["ip", "netns", "exec", hosts.space(self.host), "runuser", "-u", self.user, "--"]
        command += ["env", "LC_ALL=C", f"PGPASSWORD={PASSWORD}", str(self.bin / program), *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/tmp")
        if done.returncode:
            raise RuntimeError(f"{program} on {self.host}: {done.stderr.strip()[-800:]}")
        return done.stdout

    def sql(self, text, database="postgres"):
        words = ["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", "postgres", "-d", database]
        return self.run("psql", *words, "-c", text).strip()

    def create(self):
        self.run("initdb", "-D", self.data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C")
        self.append("postgresql.conf", CONFIG.format(folder=self.folder))
        (self.data / "pg_hba.conf").write_text(TRUST)
        self.start()
        self.sql(f"CREATE ROLE dispatch LOGIN PASSWORD '{PASSWORD}'")
        self.sql(f"CREATE ROLE copy LOGIN REPLICATION PASSWORD '{PASSWORD}'")
        self.sql("CREATE DATABASE dispatch OWNER dispatch")

    def append(self, name, text):
        with open(self.data / name, "a") as file:
            file.write(text)

    def start(self):
        words = [self.bin / "postgres", "-D", self.data]
        self.process = hosts.Process(self.host, words, self.log, user=self.user)
        hosts.until(f"PostgreSQL on {self.host}", self.answers)

    def answers(self):
        if not self.process.running():
            raise RuntimeError(f"PostgreSQL on {self.host} ended: {self.log.read_text()[-800:]}")
        try:
            return self.sql("SELECT 1") == "1"
        except RuntimeError:
            return False

    def kill(self):
        """As if the machine had died: nothing is finished, nothing is said."""
        self.process.end(signal.SIGKILL)

    def stop(self):
        if self.process:
            self.process.end(signal.SIGINT)

    def follow(self, primary):
        """Becomes a standby of the primary, from a copy of it."""
        shutil.rmtree(self.data, ignore_errors=True)
        source = f"host={hosts.address(primary.host)} user=copy application_name=standby"
        self.run("pg_basebackup", "-D", self.data, "-d", source, "-R", "-X", "stream", "-c", "fast")
        self.append("postgresql.conf", f"unix_socket_directories = '{self.folder}'\n")
        # The copy has the primary's settings; once this one is promoted it must not wait for a standby that it has not.
        self.append("postgresql.auto.conf", "synchronous_standby_names = ''\n")
        # The password that pg_basebackup was given by the environment stands in no file yet.
        connection = f"{source} password={PASSWORD} connect_timeout=3"
        self.append("postgresql.auto.conf", f"primary_conninfo = '{connection}'\n")
        self.start()
        hosts.until("streaming", lambda: primary.sql("SELECT state FROM pg_stat_replication") == "streaming")

    def synchronous(self, on):
        self.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{'standby' if on else ''}'")
        self.sql("SELECT pg_reload_conf()")
        state = "sync" if on else "async"
        hosts.until(state, lambda: self.sql("SELECT sync_state FROM pg_stat_replication") == state)

    def promote(self):
        self.sql("SELECT pg_promote()")
        hosts.until("promotion", lambda: self.sql("SELECT pg_is_in_recovery()") == "f")
