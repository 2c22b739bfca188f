"""A private PostgreSQL: its configuration, its data folder and its command line."""

import subprocess

from infra.errors import OperatorError
from infra.home import LONGEST_SOCKET_FOLDER, Home, write
from infra.stack.software import Software
from infra.supervise.leftovers import names_ours
from infra.supervise.programs import Program

CONFIG = """\
# Written anew at every start by infra/stack/cluster.py.
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{sockets}'
hba_file = '{hba}'
external_pid_file = ''
max_connections = 200
password_encryption = 'scram-sha-256'

shared_preload_libraries = 'timescaledb'
timescaledb.telemetry_level = off
timescaledb.max_background_workers = 8
max_worker_processes = 24
max_locks_per_transaction = 512    # one lock a chunk, and old imports touch many

shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 128MB
jit = off                          # our queries are short; compiling them costs more than it saves
max_parallel_workers_per_gather = 1
random_page_cost = 1.1

# What was committed survives a power cut; sustained inserts should meet few checkpoints.
synchronous_commit = on
fsync = {fsync}
wal_compression = lz4
max_wal_size = {most_wal}
min_wal_size = 256MB
checkpoint_timeout = 15min
checkpoint_completion_target = 0.9

# Tables that are written all day: small, frequent vacuums.
autovacuum_naptime = 15s
autovacuum_vacuum_scale_factor = 0.05
autovacuum_analyze_scale_factor = 0.02
autovacuum_vacuum_cost_limit = 1000

timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
log_destination = 'stderr'
logging_collector = off            # supervisor keeps and rotates it
log_line_prefix = '%m [%p] %q%u@%d '
log_min_duration_statement = 1000
log_parameter_max_length = 0       # parameters hold payloads
log_parameter_max_length_on_error = 0
log_error_verbosity = terse        # details quote rows
log_lock_waits = on
log_checkpoints = on
"""
HBA = """\
# Written anew at every start by infra/stack/cluster.py.
local all all scram-sha-256
host  all all 127.0.0.1/32 scram-sha-256
"""


def prepare_cluster(home: Home, software: Software, *, durable: bool = True, small: bool = False) -> Program:
    """Writes the configuration, makes the data folder the first time, and says how the server runs. Without
    ``durable`` (tests) it does not wait for the disk: what it holds survives its own death, but not the machine's.
    ``small``: its log takes little disk, at the price of more checkpoints."""
    account = home.account
    data = home.postgres / "data"
    if not (data / "PG_VERSION").exists():
        _initdb(home, software)
    _refuse_other_major(home, software)
    _forget_stale_pid(home)
    config, hba = home.postgres / "postgresql.conf", home.postgres / "pg_hba.conf"
    sockets = str(home.postgres) if len(str(home.postgres)) <= LONGEST_SOCKET_FOLDER else ""
    fsync = "on" if durable else "off"
    most_wal = "384MB" if small else "4GB"
    text = CONFIG.format(port=home.ports["postgres"], sockets=sockets, hba=hba, fsync=fsync, most_wal=most_wal)
    write(config, text, account=account)
    write(hba, HBA, account=account)
    return Program(
        name="postgres",
        command=(software.postgres.program("postgres"), "-D", str(data), "-c", f"config_file={config}"),
        environment={"HOME": str(home.postgres), "LC_ALL": "C.UTF-8"},
        directory=home.postgres,
        user=account.name if account else None,
        stop_signal="INT",  # fast: ends sessions, writes a checkpoint, leaves
        stop_wait_s=60,
        stop_group=False,
        start_s=2,
        priority=10,
    )


def _initdb(home: Home, software: Software) -> None:
    account = home.account
    # Into a neighbour first: an initdb that is killed leaves a folder that looks like a cluster.
    fresh = home.postgres / "data.new"
    subprocess.run(["rm", "-rf", str(fresh)], check=True)
    password = home.postgres / "password"
    write(password, home.secret("postgres") + "\n", mode=0o600, account=account)
    command = [software.postgres.program("initdb"), "-D", str(fresh), "-U", "postgres", "-E", "UTF8"]
    ended = subprocess.run(
        [*command, "--locale=C.UTF-8", "-A", "scram-sha-256", f"--pwfile={password}", "--no-instructions", "-k"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=home.postgres,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
    password.unlink()
    if ended.returncode != 0:
        raise OperatorError(f"PostgreSQL's data folder could not be made:\n{(ended.stdout + ended.stderr)[-2000:]}")
    fresh.rename(home.postgres / "data")


def _forget_stale_pid(home: Home) -> None:
    """After a power cut the pid in postmaster.pid may be another process's by now, such as our own Kafka's, and
    PostgreSQL would refuse to start. Called when no server of this home runs."""
    file = home.postgres / "data" / "postmaster.pid"
    if file.exists() and not names_ours(file, home.postgres):
        file.unlink()


def _refuse_other_major(home: Home, software: Software) -> None:
    made_by = int((home.postgres / "data" / "PG_VERSION").read_text())
    if made_by != software.postgres.major:
        raise OperatorError(
            f"the data in {home.root} is of PostgreSQL {made_by}, but PostgreSQL {software.postgres.major} is what"
            " would run. Move it with pg_upgrade or pg_dump first; nothing was changed."
        )
