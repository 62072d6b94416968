# SPDX-License-Identifier: GPL-2.0-only
"""Scenario: a board serves NTP to a fleet, with and without an uplink of its own.

All of it in one guest, in virtual time: the clients are chronyd with clocks of their own
(fleet/ownclock.c), over a network with delays (netem). So every clock's error is known.
"""

import subprocess

import peers
import tree
import twin
import twin_holdover

MS = 10**6
SYNC = twin_holdover.SYNC
RTC_PPB = 3000
# The board warms up and cools down while there is no uplink, by 5 ppm
WANDER = "rtc-sync-wander.ko ppb=30000 swing_ppb=5000 period_s=21600"
# Gains of the clients' oscillators
CLIENTS_PPB = (40_000, -25_000, 5_000)
LEARN_S = 2700
PERIOD_S = 10
ONLINE, OFFLINE, BACK = 60, 540, 60     # samples
BAR_MS = 2

LIBRARIES = ("libbpf.so.1", "libelf.so.1", "libmnl.so.0", "libbsd.so.0", "libcap.so.2", "libm.so.6",
             "libxtables.so.12", "libc.so.6", "ld-linux-armhf.so.3", "libz.so.1", "libmd.so.0")

# As Debian's own file has it, but for what it would look up and where it would listen
DEBIAN = """
driftfile /tmp/{name}.drift
pidfile /tmp/{name}.pid
cmdport 0
makestep 1 3
maxupdateskew 100
rtcsync
"""

# Delays between the board and its clients alone: the kernel takes the time of what is sent
# after such a delay, as no network card does, and the board's uplink would seem lopsided
SCRIPT = """
# A client does not change the kernel's clock, so it need not become somebody else
echo "root:x:0:0::/:/bin/sh" >>/etc/passwd
echo "root:x:0:" >>/etc/group
ifconfig lo 127.0.0.1 up
insmod /modules/{wander}
insmod /modules/rtc-sync-simbus.ko counter_hz={hz} ppb={rtc_ppb} phase_ns=300000000
insmod /modules/rtc-sync.ko
insmod /modules/rtc-sync-i2c.ko
mkdir /tmp/rates
rtcsync serve -s /tmp/rates -l /tmp/serve.lock &
n=0
while [ "$(cat {sync}/state)" != locked ] && [ $n -lt 60 ]; do sleep 1; n=$((n + 1)); done
tc() {{ /opt/debian/ld-linux-armhf.so.3 --library-path /opt/debian /opt/debian/tc "$@" || echo "@@FAIL tc"; }}
tc qdisc add dev lo root handle 1: prio priomap 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
tc qdisc add dev lo parent 1:3 netem delay 3ms 1ms
tc filter add dev lo parent 1: protocol ip u32 match ip src 127.0.0.2 flowid 1:3
tc filter add dev lo parent 1: protocol ip u32 match ip dst 127.0.0.2 flowid 1:3
uplink() {{ ntpserver {base} {hz} & server=$!; }}
uplink
{configs}
chronyd -f /tmp/server.conf -l /tmp/server.log || echo "@@FAIL server"
sleep 10
{clients}
sleep {learn_s}
told() {{ echo "@@$1 $(cat {sync}/state {sync}/ntp {sync}/rtc_rate_ppb {sync}/stats/steps | tr '\\n' ' ')"; }}
told ONLINE
{fleet} {online} {base} {hz} {files}
kill $server
echo "@@OFF"
{fleet} {offline} {base} {hz} {files}
told OFFLINE
uplink
sleep 300
echo "@@ON"
{fleet} {back} {base} {hz} {files}
told BACK
echo "@@ALIVE $(ps | grep -c '[c]hronyd')"
"""


def text(name):
    """One of the files."""
    return (tree.TOP / "board/config/chrony" / name).read_text()


def _ownclock():
    target = tree.BUILD / "guest-lib" / "ownclock.so"
    source = tree.HERE / "fleet/ownclock.c"
    with tree.BUILDING:
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["arm-linux-gnueabihf-gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-fPIC",
                        "-shared", "-s", "-D_TIME_BITS=64", "-D_FILE_OFFSET_BITS=64", "-o", target,
                        source], check=True)
    return target


def _files():
    root = tree.tool("fetch/systemd") / "root"
    libraries = root / "usr/lib/arm-linux-gnueabihf"
    found = {f"opt/debian/{name}": libraries / name for name in LIBRARIES}
    return {**found, "opt/debian/tc": root / "usr/sbin/tc", "opt/peers/lib/ownclock.so": _ownclock()}


def heredoc(name, content):
    """Guest commands that write /tmp/NAME.conf."""
    return f"cat >/tmp/{name}.conf <<-'END'\n{content}END\n"


def _configs():
    server = DEBIAN.format(name="server") + "bindaddress 127.0.0.2\nallow 127.0.0.0/8\n"
    server += "server 127.0.0.1 iburst maxpoll 7\n" + text("server.conf")
    texts = [heredoc("server", server)]
    for number, _ in enumerate(CLIENTS_PPB):
        client = DEBIAN.format(name=f"client{number}").replace("rtcsync\n", "") + "port 0\n"
        client += text("client.conf").replace("rtc-board.lan", "127.0.0.2")
        texts.append(heredoc(f"client{number}", client))
    return "".join(texts)


def _clients(run):
    return "\n".join(
        f'OWNCLOCK="{ppb} {run.base_epoch} {run.board.counter_hz} /tmp/client{number}.clock" '
        "/opt/peers/lib/ld-linux-armhf.so.3 --library-path /opt/peers/lib "
        "--preload /opt/peers/lib/ownclock.so "
        f"/opt/peers/bin/chronyd -u root -f /tmp/client{number}.conf -l /tmp/client{number}.log "
        '|| echo "@@FAIL client"'
        for number, ppb in enumerate(CLIENTS_PPB))


def _script(run):
    return SCRIPT.format(
        sync=SYNC, hz=run.board.counter_hz, base=run.base_epoch, rtc_ppb=RTC_PPB,
        wander=WANDER, configs=_configs(),
        clients=_clients(run), learn_s=LEARN_S, fleet=f"fleet {PERIOD_S * 1000}",
        online=ONLINE, offline=OFFLINE, back=BACK,
        files=" ".join(f"/tmp/client{number}.clock" for number, _ in enumerate(CLIENTS_PPB)))


def errors(lines):
    """Lists of errors, ns: the server's and each client's, a sample each."""
    return [[int(word) for word in line.split("err_ns=")[1].split(",")]
            for line in lines if line.startswith("@@F ")]


def _judge(report, name, taken, count, server_ms):
    server = max(abs(sample[0]) for sample in taken) / MS
    apart = sorted(max(abs(client - sample[0]) for client in sample[1:]) / MS for sample in taken)
    report.check(f"{name}: the server is right to {server_ms} ms", len(taken) == count and
                 server <= server_ms, f"{len(taken)} samples, at most {server:.3f} ms off")
    report.check(f"{name}: each of {len(CLIENTS_PPB)} clients is within {BAR_MS} ms of it",
                 apart[-1] <= BAR_MS, f"half of the time {apart[len(apart) // 2]:.3f} ms, "
                 f"at most {apart[-1]:.3f} ms apart")


def fleet(report):
    """Online, offline for an hour and a half, and online again."""
    _, lines = twin.run("config-fleet", _script, overlays=(), rtcs=(), peers=True,
                        modules=("sch_netem", "sch_prio", "cls_u32"), files=_files(), limit_s=900,
                        carry=twin.modules("rtc-sync", "rtc-sync-i2c", "rtc-sync-simbus",
                                           "rtc-sync-wander"))
    taken = errors(lines)
    told = [twin.value(lines, f"@@{word} ").split()[0] for word in ("ONLINE", "OFFLINE", "BACK")]
    report.check("the engine takes over while there is no uplink",
                 told == ["standby", "holdover", "standby"], " ".join(told))
    alive = twin.value(lines, "@@ALIVE ")
    report.check("all of them live", alive == str(1 + len(CLIENTS_PPB)), alive)
    _judge(report, "online", taken[:ONLINE], ONLINE, 2)
    _judge(report, "offline", taken[ONLINE:ONLINE + OFFLINE], OFFLINE, 2)
    _judge(report, "online again", taken[ONLINE + OFFLINE:], BACK, 2)


SCENARIOS = {"a fleet": fleet}
