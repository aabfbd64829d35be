#!/bin/sh
# Checks the model of the DynamoDB log with Spin (6.5 or newer) and gcc.
#
#   ./run.sh                     everything
#   ./run.sh NAME...             these only, a pattern each: ./run.sh 'dy-inside*' 'dy-fault-*'
#
# A line per check: name, what is expected (holds, or fails for a seeded fault or a known defect), what came out, the number of
# states, the seconds it took, and the assertion that failed. The exit status is the number of checks that came out otherwise.
# MEMORY (MiB) and SECONDS_EACH bound a check; one that reaches a bound is "unfinished", and what it did see is held.
# KEEP=folder keeps the verifiers and the trails there: in such a folder, `./pan -r` or `spin -t -p ... MODEL` replays a trail.
here=$(cd "$(dirname "$0")" && pwd)
work=${KEEP:-$(mktemp -d)}
MEMORY=${MEMORY:-8000}
SECONDS_EACH=${SECONDS_EACH:-1800}
patterns=${*:-*}
bad=0
set -f

wanted() {
    for pattern in $patterns; do
        case $1 in $pattern) return 0 ;; esac
    done
    return 1
}

# check NAME holds|fails safety|progress MODEL FLAGS...
check() {
    name=$1; expected=$2; mode=$3; model=$4; shift 4
    wanted "$name" || return 0
    dir=$work/$name
    mkdir -p "$dir" && cd "$dir" || exit 1
    cp "$here/$model" .
    if [ "$mode" = progress ]; then
        set -- "$@" -DLIVE; build="-DNFAIR=4"; search="-a -f -E"
    else
        build="-DSAFETY -DNOFAIR"; search="-E"
    fi
    spin -a "$@" "$model" > spin.out 2>&1 || { cat spin.out; exit 1; }
    # shellcheck disable=SC2086
    gcc -O2 -w -DCOLLAPSE $build -DMEMLIM="$MEMORY" -o pan pan.c || exit 1
    began=$(date +%s)
    # shellcheck disable=SC2086
    timeout "$SECONDS_EACH" ./pan -m1000000 $search > pan.out 2>&1
    status=$?
    took=$(($(date +%s) - began))
    states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' pan.out)
    [ -n "$states" ] || states=$(sed -n 's/.*States= *\([0-9.e+]*\) .*/\1/p' pan.out | tail -1)
    why=$(sed -n 's/^pan:1: \(.*\) (at depth.*/\1/p' pan.out | tr -d ' ')
    if [ -n "$why" ]; then result=fails
    elif [ $status -ne 0 ] || grep -q 'Search not completed\|max search depth too small\|reached -DMEMLIM' pan.out; then result=unfinished
    else result=holds
    fi
    [ $result = "$expected" ] || bad=$((bad + 1))
    printf '%-34s %-6s %-10s %10s states %5d s  %s\n' "$name" "$expected" "$result" "$states" "$took" "$why"
    cd "$here" || exit 1
    [ -n "$KEEP" ] || rm -rf "$dir"
}

dy() { n=$1; e=$2; m=$3; shift 3; check "dy-$n" "$e" "$m" dynamodb_log.pml "$@"; }
c0() { echo "-DKIND0=$1 -DSTREAM0=$2 -DEXPECT0=$3"; }
c1() { echo "-DKIND1=$1 -DSTREAM1=$2 -DEXPECT1=$3"; }
c2() { echo "-DKIND2=$1 -DSTREAM2=$2 -DEXPECT2=$3"; }

mended="-DMEND_APPLIED -DMEND_REREAD -DMEND_LOW_HEAD -DMEND_SCAVENGED"
same="$(c0 EXACT 0 0) $(c1 EXACT 0 0)"
apart="$(c0 EXACT 0 0) $(c1 EXACT 1 0)"
one="-DWRITERS=1 $(c0 EXACT 0 0)"
dy same-stream        holds safety $same $mended -DTICKETS=3
dy any                holds safety $(c0 ANY 0 0) $(c1 ANY 0 0) $mended -DTICKETS=3
dy two-readers        holds safety $apart $mended -DTICKETS=3 -DREADERS=2 -DLOSSES=0
dy early-expectation  holds safety $(c0 EXACT 0 0) $(c1 EXACT 0 1) $mended -DTICKETS=3
dy call-again         holds safety $one $mended -DTICKETS=3 -DRETRY=1 -DLOSSES=2 -DZOMBIES=1 -DCONFLICTS=1
dy add-repeated       holds safety $(c0 ANY 0 0) $(c1 ANY 0 0) $mended -DTICKETS=3 -DDOUBLES=1 -DLOSSES=0
dy busy               holds safety $same $mended -DTICKETS=2 -DLOSSES=0 -DCONFLICTS=1 -DZOMBIES=1
dy four-tickets       holds safety $(c0 ANY 0 0) $(c1 ANY 0 0) $mended -DTICKETS=4 -DLOSSES=0
dy three-writers      holds safety $(c0 EXACT 0 0) $(c1 EXACT 0 0) $(c2 EXACT 0 0) -DWRITERS=3 $mended -DTICKETS=2 -DLOSSES=0
dy group              holds safety $(c0 GROUP 0 0) $(c1 EXACT 0 0) $mended -DTICKETS=3 -DLOSSES=0
dy group-lost         holds safety $(c0 GROUP 0 0) $(c1 EXACT 0 0) $mended -DTICKETS=2 -DLOSSES=1
dy multi              holds safety $(c0 MULTI 0 0) $(c1 ANY 1 0) $mended -DTICKETS=3 -DLOSSES=0
dy multi-lost         holds safety $(c0 MULTI 0 0) $(c1 ANY 1 0) $mended -DTICKETS=2 -DLOSSES=1
dy chase              holds safety $(c0 EXACT 0 0) $(c1 CHASE 0 1) $mended -DTICKETS=3
dy delete             holds safety $one $mended -DTICKETS=3 -DDELETE -DREADERS=2
dy check              holds safety $(c0 ANY 0 0) $(c1 CHECKS 1 0) $mended -DTICKETS=3 -DLOSSES=0
dy check-lost         holds safety $(c0 ANY 0 0) $(c1 CHECKS 1 0) $mended -DTICKETS=2 -DLOSSES=1
dy check-later        holds safety $(c0 ANY 0 0) $(c1 CHECKS 1 0) $mended -DTICKETS=3 -DLOSSES=0 -DCHECKED=1
dy inside             holds safety $same $mended -DTICKETS=3 -DLOSSES=0 -DINSIDE0=1
dy inside-any         holds safety $(c0 ANY 0 0) $(c1 ANY 0 0) $mended -DTICKETS=2 -DINSIDE0=1
dy inside-both        holds safety $apart $mended -DTICKETS=2 -DINSIDE0=1 -DINSIDE1=1
dy inside-two-readers holds safety $apart $mended -DTICKETS=2 -DREADERS=2 -DLOSSES=0 -DINSIDE0=1
dy inside-group       holds safety $(c0 GROUP 0 0) $(c1 EXACT 0 0) $mended -DTICKETS=2 -DLOSSES=0 -DINSIDE0=1
dy inside-call-again  holds safety $one $mended -DTICKETS=2 -DRETRY=1 -DLOSSES=1 -DZOMBIES=1 -DINSIDE0=1
dy inside-busy        holds safety $same $mended -DTICKETS=2 -DLOSSES=0 -DZOMBIES=1 -DINSIDE0=1
dy inside-check       holds safety $(c0 ANY 0 0) $(c1 CHECKS 1 0) $mended -DTICKETS=2 -DLOSSES=0 -DINSIDE1=1
dy inside-chase       holds safety $(c0 EXACT 0 0) $(c1 CHASE 0 1) $mended -DTICKETS=2 -DINSIDE0=1 -DINSIDE1=1
dy inside-progress    holds progress $(c0 ANY 0 0) $(c1 ANY 1 0) $mended -DTICKETS=2 -DSTALLS=2 -DLOSSES=1 -DINSIDE0=1
dy progress           holds progress $(c0 ANY 0 0) $(c1 ANY 1 0) $mended -DTICKETS=2 -DSTALLS=2 -DLOSSES=1
dy progress-hot       holds progress $(c0 ANY 0 0) $(c1 ANY 0 0) $mended -DTICKETS=2 -DSTALLS=2 -DLOSSES=0

# The design before the mends.
dy design-reply-before-applied  fails safety $apart -DTICKETS=2
dy design-low-head              fails safety $(c0 EXACT 0 0) $(c1 CHASE 0 1) -DTICKETS=3 -DLOSSES=0 -DMEND_APPLIED -DMEND_REREAD
dy design-ids-not-there-yet     fails safety $one -DTICKETS=3 -DRETRY=1 -DMEND_APPLIED -DMEND_LOW_HEAD
dy design-passed-as-scavenged   fails safety $one -DTICKETS=3 -DDELETE -DMEND_APPLIED -DMEND_LOW_HEAD -DMEND_REREAD

dy fault-hole-not-written       fails safety $apart $mended -DTICKETS=3 -DFAULT_HOLE_NOT_WRITTEN
dy fault-not-contiguous         fails safety $apart $mended -DTICKETS=3 -DFAULT_NOT_CONTIGUOUS
dy fault-hole-unconditional     fails safety $apart $mended -DTICKETS=3 -DFAULT_HOLE_UNCONDITIONAL
dy fault-slot-unconditional     fails safety $apart $mended -DTICKETS=3 -DFAULT_SLOT_UNCONDITIONAL
dy fault-no-last-ticket         fails safety $(c0 EXACT 0 0) $(c1 EXACT 0 1) $mended -DTICKETS=3 -DFAULT_NO_LAST_TICKET
dy fault-ticket-ahead           fails safety $apart $mended -DTICKETS=3 -DFAULT_TICKET_AHEAD
dy fault-commit-id              fails safety $same $mended -DTICKETS=3 -DFAULT_COMMIT_ID_NOT_COMPARED
dy fault-give-up-without-fill   fails safety $apart $mended -DTICKETS=3 -DLOSSES=0 -DZOMBIES=1 -DCONFLICTS=2 -DFAULT_GIVE_UP_WITHOUT_FILL
dy fault-check-not-raised       fails safety $(c0 ANY 0 0) $(c1 CHECKS 1 0) $mended -DTICKETS=3 -DLOSSES=0 -DFAULT_CHECK_NOT_RAISED
dy fault-inside-unconditional   fails safety $apart $mended -DTICKETS=3 -DINSIDE0=1 -DLOSSES=0 -DFAULT_INSIDE_UNCONDITIONAL
dy fault-inside-give-up         fails safety $apart $mended -DTICKETS=2 -DINSIDE0=1 -DFAULT_GIVE_UP_WITHOUT_FILL
dy fault-no-reader-fills        fails progress $(c0 ANY 0 0) $(c1 ANY 1 0) $mended -DTICKETS=2 -DSTALLS=2 -DLOSSES=0 -DFAULT_NO_READER_FILLS

[ -n "$KEEP" ] || rm -rf "$work"
exit $bad
