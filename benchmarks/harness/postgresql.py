"""A PostgreSQL of our own on loopback, durable as it comes (fsync on). Needs its server programs and psql."""
import glob
import os
import pwd
import shutil
import subprocess

from harness.processes import Running, answers, free_port


def program(name):
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}")) or [shutil.which(name)]
    if not found[-1]:
        raise RuntimeError(f"{name} is not installed; Debian: apt-get install postgresql")
    return found[-1]


class Cluster:
    """One cluster in a folder; runs as a user without rights when we are root, since it insists on that."""

    def __init__(self, folder):
        self.data = os.path.join(folder, "postgresql")
        self.port = free_port()
        self.user = {}
        os.makedirs(self.data, 0o700)
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(self.data, nobody.pw_uid, nobody.pw_gid)
            os.chmod(folder, 0o711)
        command = [program("initdb"), "-D", self.data, "-U", "aftercall", "-A", "trust", "--no-locale", "-E", "UTF8"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **self.user)

    def __enter__(self):
        command = [program("postgres"), "-D", self.data, "-p", str(self.port), "-k", "", "-h", "127.0.0.1"]
        command += ["-c", "shared_buffers=512MB", "-c", "max_wal_size=4GB", "-c", "maintenance_work_mem=512MB"]
        self.running = Running(command, self.data + ".log", **self.user)
        self.running.until(lambda: answers(self.port))
        self.pid = self.running.pid
        return self

    def __exit__(self, *_):
        self.running.__exit__()

    def psql(self, database, *arguments, **options):
        command = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.Popen([*command, "-U", "aftercall", "-d", database, *arguments], text=True, **options)

    def sql(self, database, statement):
        if self.psql(database, "-c", statement, stdout=subprocess.DEVNULL).wait():
            raise RuntimeError("PostgreSQL refused: " + statement)

    def create(self, name):
        """A new database; returns the settings by which a server finds it."""
        self.sql("postgres", f"create database {name}")
        return f"database.url=jdbc:postgresql://127.0.0.1:{self.port}/{name}\ndatabase.user=aftercall"

    def copy(self, database, table, rows):
        loading = self.psql(database, "-c", f"copy {table} from stdin", stdin=subprocess.PIPE)
        for row in rows:
            loading.stdin.write("\t".join(map(str, row)) + "\n")
        loading.stdin.close()
        if loading.wait():
            raise RuntimeError(f"PostgreSQL did not take the rows of {table}")
