/*
 * The global log of the DynamoDB backend: the "ticketed log". See README.md for what is modelled and where each assumption comes
 * from. Settings, mends and seeded faults are macros (-D...); run.sh holds the combinations.
 *
 * Every append holds one event per stream, in one commit item. Versions here count from 0: an append at version v is the one that
 * finds v events.
 */
#ifndef WRITERS
#define WRITERS 2
#endif
#ifndef RETRY
#define RETRY 0       /* a call that ends with "outcome unknown" is made again, up to so many times, with a commit id of its own */
#endif
#ifndef READERS
#define READERS 1
#endif
#ifndef TICKETS
#define TICKETS 4
#endif
#ifndef LOSSES
#define LOSSES 1      /* replies of transactions lost in all; what was sent may still be carried out, at any time */
#endif
#ifndef STALLS
#define STALLS 0      /* writers that stop for ever, at any place: for progress only, as every beginning of a run is looked at anyway */
#endif
#ifndef DOUBLES
#define DOUBLES 0     /* ADD requests that the SDK repeats though the first was carried out */
#endif
#ifndef CONFLICTS
#define CONFLICTS 0   /* TransactionConflict without a cause that the model knows */
#endif
#ifndef ZOMBIES
#define ZOMBIES 0     /* requests that are carried out once more after they were cancelled with TransactionConflict: a late attempt of the SDK */
#endif
#define CALLS (WRITERS * (1 + RETRY))
#define WRITER(k) ((k) / (1 + RETRY))
#define VERSIONS 4
#define NONE 9
#define scavenged(e) (commit[e] == 255)      /* of stream 0 */

#define EXACT 1       /* stream STREAM, at version EXPECT */
#define ANY 2         /* stream STREAM */
#define GROUP 3       /* appends of two callers to streams 0 and 1, exact, with one ticket: what fails is dropped, the rest sent again */
#define MULTI 4       /* one append to streams 0 and 1, exact */
#define CHASE 5       /* as EXACT, by a caller that was given the event before by the log */
#define CHECKS 6      /* as EXACT, of stream 1, with a check that stream 0 is at version CHECKED */
#ifndef CHECKED
#define CHECKED 0
#endif
#ifndef INSIDE0
#define INSIDE0 0     /* 1: writer 0 first tries a transaction that takes the next ticket itself, without an ADD before it */
#endif
#ifndef INSIDE1
#define INSIDE1 0
#endif
#define INSIDE(w) ((w) == 0 && INSIDE0 || (w) == 1 && INSIDE1)

/* Slots: absent, a hole, or the commit id of a call. */
#define ABSENT 0
#define HOLE 1
#define OF(k) ((k) + 2)

/* Replies. */
#define DONE 1
#define BUSY 2        /* TransactionConflict */
#define FAILS 3       /* a condition is not met */

/* The table. An item that a transaction has prepared is locked: other writes to it are refused, reads see what was there. */
byte counter;
bool counterLock;
byte slot[TICKETS + 1];
byte slotParts[TICKETS + 1];
bool slotLock[TICKETS + 1];
byte hv[2], hp[2], hc[2], hids[2];     /* HEAD: version, last ticket, last commit id + 1, ids of recent appends as bits */
bool headLock[2];
byte commit[2 * VERSIONS];             /* commit items: commit id + 1 */
byte tb[2];                            /* HEAD: truncated before */
byte sb[2];                            /* HEAD: scavenged before (a mend) */

/* Replies to calls, with what stood in the way. */
byte rep[CALLS], repTicket[CALLS], repSlot[CALLS], repV[CALLS], repP[CALLS], repC[CALLS], repV2[CALLS], repP2[CALLS];

/* Of readers: the next ticket, and tickets that were passed as scavenged. */
byte upto[READERS];
byte skipped[READERS];
byte seen[2];                          /* events given by reader 0, by stream */

byte checkT;                           /* highest ticket of a check of stream 0 that was carried out */
byte retT;                             /* highest ticket of an append that has returned */
byte refused, dead;                    /* appends answered with a conflict, calls answered with "nothing was written": as bits */
byte copies[2 * WRITERS];
byte lost, stalls, doubles, conflicts, zombies, deleted;

byte kind[WRITERS], strm[WRITERS], expc[WRITERS];

#define A1(k) WRITER(k)
#define A2(k) (WRITERS + WRITER(k))

inline applyHead(s, a) {
    assert(hp[s] < t);                                 /* G5: the order of the stream is that of the log */
    assert(s != 0 || checkT < t);                      /* T5: so is that of checks: what a check did not see comes after it */
    hv[s]++; hp[s] = t; hc[s] = k + 1; hids[s] = hids[s] | (1 << (a));
    headLock[s] = false
}

inline applyCheck() {
    assert(hp[0] < t);                                 /* T5: what a check saw comes before it */
#ifndef FAULT_CHECK_NOT_RAISED
    hp[0] = t;
#endif
    checkT = t;
    headLock[0] = false
}

inline applyCounter() {
    assert(counter == t - 1);                          /* D4: a ticket is given once */
    counter = t;
    counterLock = false
}

inline applyCommit(s, e, a) {
    assert(commit[s * VERSIONS + e] == 0);             /* A5 */
    commit[s * VERSIONS + e] = k + 1;
    copies[a]++;
    assert(copies[a] == 1);                            /* I1, I5: one copy */
    assert(!((refused >> (a)) & 1));                   /* A4 */
    assert(!((skipped[0] >> t) & 1));                  /* G3: no reader has passed it as scavenged */
    assert(!((skipped[READERS - 1] >> t) & 1))
}

inline applySlot() {
#ifndef FAULT_SLOT_UNCONDITIONAL
    assert(slot[t] == ABSENT);                         /* a slot is written once */
#endif
    assert(upto[0] <= t && upto[READERS - 1] <= t);    /* G3: no reader has passed it */
    slot[t] = OF(k);
    slotParts[t] = (e1 != NONE) + 2 * (e2 != NONE);
    slotLock[t] = false
}

#ifdef FAULT_NO_LAST_TICKET
#define TOO_LATE(s) false
#else
#define TOO_LATE(s) (hp[s] >= t)
#endif
#ifdef FAULT_SLOT_UNCONDITIONAL
#define TAKEN false
#else
#define TAKEN (slot[t] != ABSENT)
#endif
#ifdef FAULT_INSIDE_UNCONDITIONAL
#define NOT_NEXT false
#else
#define NOT_NEXT (inside && counter != t - 1)
#endif
#define CHECK_FAILS (check && (hv[0] != CHECKED || TOO_LATE(0)))
#define LOCKED (slotLock[t] || (e1 != NONE && headLock[s1]) || (e2 != NONE && headLock[1]) || (check && headLock[0]) || (inside && counterLock))
#define UNMET (TAKEN || NOT_NEXT || CHECK_FAILS || (e1 != NONE && (hv[s1] != e1 || TOO_LATE(s1))) || (e2 != NONE && (hv[1] != e2 || TOO_LATE(1))))

/*
 * A TransactWriteItems on its way: HEADs, commit items and a slot. It may be carried out at any time, also when no caller waits any
 * more. It is carried out as a whole or not at all; what it writes is seen item by item, in any order.
 */
proctype transaction(byte k; byte t; byte s1; byte e1; byte e2; bool check; bool inside) {
    bool h1, h2, c1, c2, ch, co, sl, mute;
    byte r;
prepare:
    atomic {
        if
        :: LOCKED || (conflicts < CONFLICTS) ->
            if :: !LOCKED -> conflicts++ :: else fi;
            r = BUSY
        :: !LOCKED && UNMET -> r = FAILS
        :: !LOCKED && !UNMET ->
            r = DONE;
            assert(!((dead >> k) & 1));                /* I5: what was answered with "nothing was written" is not */
            slotLock[t] = true;
            h1 = (e1 == NONE); c1 = h1; h2 = (e2 == NONE); c2 = h2;
            if :: !h1 -> headLock[s1] = true :: else fi;
            if :: !h2 -> headLock[1] = true :: else fi;
            ch = !check; co = !inside;
            if :: check -> headLock[0] = true :: else fi;
            if :: inside -> counterLock = true :: else fi
        fi;
        if
        :: r != DONE && !mute && rep[k] == 0 && repTicket[k] == t ->
            rep[k] = r; repSlot[k] = slot[t];
            if :: e1 != NONE -> repV[k] = hv[s1]; repP[k] = hp[s1]; repC[k] = hc[s1] :: else fi;
            if :: e2 != NONE -> repV2[k] = hv[1]; repP2[k] = hp[1] :: else fi
        :: else
        fi
    }
    if
    :: r == DONE
    :: r == FAILS -> goto over
    :: r == BUSY && !mute && zombies < ZOMBIES -> atomic { zombies++; mute = true; r = 0; goto prepare }
    :: r == BUSY -> goto over
    fi;
    do
    :: atomic { !h1 -> applyHead(s1, A1(k)); h1 = true }
    :: atomic { !h2 -> applyHead(1, A2(k)); h2 = true }
    :: atomic { !c1 -> applyCommit(s1, e1, A1(k)); c1 = true }
    :: atomic { !c2 -> applyCommit(1, e2, A2(k)); c2 = true }
    :: atomic { !ch -> applyCheck(); ch = true }
    :: atomic { !co -> applyCounter(); co = true }
    :: atomic { !sl -> applySlot(); sl = true }
    :: h1 && h2 && c1 && c2 && ch && co && sl -> break
    od;
    atomic { if :: !mute && rep[k] == 0 && repTicket[k] == t -> rep[k] = DONE :: else fi }
over:
    atomic { k = 0; t = 0; s1 = 0; e1 = 0; e2 = 0; h1 = 0; h2 = 0; c1 = 0; c2 = 0; ch = 0; co = 0; check = 0; inside = 0; sl = 0; mute = 0; r = 0 }
}

/* PutItem of a hole, if there is nothing. A slot that a transaction has prepared refuses it: it is tried again. */
inline fill(t, was) {
    atomic {
        !slotLock[t];
        was = slot[t];
#ifdef FAULT_HOLE_UNCONDITIONAL
        assert(was <= HOLE);                           /* G1: what was in the log stays there */
        slot[t] = HOLE
#else
        if :: was == ABSENT -> slot[t] = HOLE :: else fi
#endif
    }
}

inline forget() {
    rep[k] = 0; repTicket[k] = 0; repSlot[k] = 0; repV[k] = 0; repP[k] = 0; repC[k] = 0; repV2[k] = 0; repP2[k] = 0; was = 0
}

#if STALLS > 0
#define MAYSTALL if :: atomic { stalls < STALLS -> stalls++; goto stalled } :: skip fi
#else
#define MAYSTALL skip
#endif

proctype writer(byte w) {
    byte k, i, t, e1, e2, was, callAt, tries, u;
    bool inside, tried;
#ifdef FAULT_TICKET_AHEAD
    bool ahead;
    atomic { counter < TICKETS -> counter++; t = counter; ahead = true }
#endif
    do
    :: i <= RETRY ->
        atomic { k = w * (1 + RETRY) + i; callAt = retT; i++; e1 = NONE; e2 = NONE; tried = false; inside = false }
        if
        :: kind[w] == CHASE -> atomic { seen[strm[w]] >= expc[w]; callAt = retT }
        :: else
        fi;

        /* HEAD, by a consistent read. */
again:  atomic {
            if
            :: kind[w] == ANY ->
                e1 = hv[strm[w]];
                if :: (hids[strm[w]] >> w) & 1 -> goto replay :: else fi
            :: kind[w] == EXACT || kind[w] == CHASE || kind[w] == CHECKS ->
                e1 = expc[w];
                if
                :: hv[strm[w]] > e1 -> goto compare
                /* By a read of both HEADs in one transaction. */
                :: kind[w] == CHECKS && hv[0] > CHECKED && !headLock[0] && !headLock[1] && hv[1] <= e1 -> goto conflict
#ifndef MEND_LOW_HEAD
                :: hv[strm[w]] < e1 -> goto conflict
#endif
                :: else
                fi
            :: kind[w] == GROUP || kind[w] == MULTI ->
                e1 = (hv[0] == 0 -> 0 : NONE);
                e2 = (hv[1] == 0 -> 0 : NONE);
                if
                :: kind[w] == MULTI && (e1 == NONE || e2 == NONE) -> goto compare
                :: e1 == NONE && e2 == NONE -> goto compare
                :: else
                fi
            fi
        }
        MAYSTALL;

        /* ADD 1 to the counter; or the transaction does it, if no other process takes a ticket before. */
        atomic {
            if
            :: counter + 1 > TICKETS -> goto stalled
            :: counter + 1 <= TICKETS && INSIDE(w) && !tried -> tried = true; inside = true; t = counter + 1; goto send
            :: counter + 1 <= TICKETS && (!INSIDE(w) || tried) && !counterLock -> inside = false
            fi;
#ifdef FAULT_TICKET_AHEAD
            if :: ahead -> ahead = false :: else -> counter++; t = counter fi;
#else
            counter++;
            if :: doubles < DOUBLES && counter < TICKETS -> doubles++; counter++ :: skip fi;
            t = counter;
#endif
            assert(t > callAt)                         /* G5: real time */
        }
        MAYSTALL;
send:   atomic { rep[k] = 0; repTicket[k] = t; run transaction(k, t, strm[w], e1, e2, kind[w] == CHECKS, inside) }
        if
        :: atomic { rep[k] == DONE -> forget(); goto applied }
        :: atomic { rep[k] == BUSY && inside -> forget(); goto next }
        :: atomic { rep[k] == FAILS && inside -> forget(); if :: goto again :: goto giveUp fi }
        :: atomic {
            rep[k] == BUSY && !inside ->
            forget();
            if
            :: tries < 1 -> tries++; goto send         /* the same ticket */
            :: goto giveUp
            fi
           }
        :: atomic {
            rep[k] == FAILS && !inside ->
            if
            :: repSlot[k] == OF(k) -> forget(); goto success
            :: repSlot[k] != OF(k) && repSlot[k] != ABSENT -> forget(); goto again
            :: repSlot[k] == ABSENT && e1 != NONE && repV[k] != e1 && repC[k] == k + 1 -> forget(); goto success
            :: repSlot[k] == ABSENT && kind[w] == GROUP ->
                /* The parts that failed are left out, with the same ticket: what was sent before can never succeed. */
                if :: e1 != NONE && (repV[k] != e1 || repP[k] >= t) -> e1 = NONE :: else fi;
                if :: e2 != NONE && (repV2[k] != e2 || repP2[k] >= t) -> e2 = NONE :: else fi;
                forget();
                if
                :: e1 == NONE && e2 == NONE -> goto failed
                :: else -> goto send
                fi
            :: else -> forget(); goto failed
            fi
           }
        :: atomic { lost < LOSSES && inside -> lost++; forget(); goto next }
        :: atomic { lost < LOSSES && !inside -> lost++; forget(); goto resolve }
        :: atomic { stalls < STALLS -> stalls++; forget(); goto stalled }
        fi;

        /* HEAD is further, or its last ticket is higher: this ticket is given up. */
failed: fill(t, was);
        MAYSTALL;
        goto again;

        /* The next ticket, or that very one: what was sent is not carried out any more. */
next:   if
        :: atomic {
            counter < TICKETS && !counterLock ->
            counter++; u = counter; inside = false
           }
        :: goto giveUp                                 /* the counter cannot be reached */
        :: goto unknown
        :: counter == TICKETS && !counterLock -> goto stalled
        fi;
        assert(u >= t);
        if
        :: u > t ->
            /* By a read in a transaction, which waits for those that hold the slot. */
            atomic { !slotLock[t]; was = slot[t] };
            if
            :: was == OF(k) -> u = 0; goto success
            :: was != OF(k)
            fi
        :: else
        fi;
        atomic { t = u; u = 0; was = 0 }
        goto send;

resolve:
        if
        :: fill(t, was);
#ifdef FAULT_COMMIT_ID_NOT_COMPARED
            goto again
#else
            if
            :: was == OF(k) -> goto success
            :: was != OF(k) -> goto again
            fi
#endif
        :: goto unknown
        fi;

        /* It was busy for too long. */
giveUp:
#ifndef FAULT_GIVE_UP_WITHOUT_FILL
        fill(t, was);
        if
        :: was == OF(k) -> goto success
        :: else
        fi;
#endif
        dead = dead | (1 << k);
        break;

        /* The stream is further than expected: whose event is there? By a consistent read. */
compare:
        if
        :: kind[w] == GROUP || kind[w] == MULTI -> break    /* a conflict or a repeat: as for single appends */
        :: else
        fi;
#ifdef MEND_REREAD
        commit[strm[w] * VERSIONS + e1] != 0;
#endif
        atomic {
            if
#ifndef FAULT_COMMIT_ID_NOT_COMPARED
            :: commit[strm[w] * VERSIONS + e1] != 0 && WRITER(commit[strm[w] * VERSIONS + e1] - 1) == w -> goto replay
#endif
            :: else -> goto conflict
            fi
        }

conflict:
        atomic {
            assert(kind[w] != CHASE || hv[strm[w]] > expc[w]);       /* A4: the version that was seen is there */
            assert(copies[w] == 0);                                   /* I1 */
            refused = refused | (1 << w)
        }
        break;

success:
        /* Known from an item of the transaction; others may not be seen yet. */
#ifdef MEND_APPLIED
        atomic {
            (slot[t] == OF(k)
                && (!(slotParts[t] & 1) || ((scavenged(e1) || commit[strm[w] * VERSIONS + e1] == k + 1) && hp[strm[w]] >= t))
                && (!(slotParts[t] & 2) || (commit[VERSIONS + e2] == k + 1 && hp[1] >= t)))
        }
#endif
applied:
        atomic {
            assert(t > callAt);                                       /* G5: real time */
            if
            :: e1 != NONE && !scavenged(e1) -> assert(commit[strm[w] * VERSIONS + e1] == k + 1 && hv[strm[w]] > e1)      /* T4 */
            :: else
            fi;
            if :: t > retT -> retT = t :: else fi
        }
        break;

replay:
        skip;
        break;

unknown:
        MAYSTALL
    :: else -> break
    od;
stalled:
    atomic { i = 0; t = 0; e1 = 0; e2 = 0; was = 0; callAt = 0; tries = 0; u = 0; inside = false; tried = false }
}

/* What reader r finds of one part of the slot's append. */
inline where(s, v, found) {
    v = 0;
    do
    :: v < VERSIONS && commit[(s) * VERSIONS + v] == slot[upto[r]] - 1 -> break
    :: v < VERSIONS && commit[(s) * VERSIONS + v] != slot[upto[r]] - 1 -> v++
    :: v == VERSIONS -> break
    od;
    found = (v < VERSIONS)
}

proctype reader(byte r) {
    byte was, v1, v2;
    bool f1, f2;
end_reader:
    do
    :: atomic { upto[r] <= counter && slot[upto[r]] == HOLE -> upto[r]++ }
    :: atomic {
        upto[r] <= counter && slot[upto[r]] > HOLE ->
        /* The payload: commit items, by consistent reads that are repeated until all are there. */
        f1 = true; f2 = true;
        v1 = 0;
        if
        :: slotParts[upto[r]] & 1 -> where(strm[WRITER(slot[upto[r]] - 2)], v1, f1)
        :: else
        fi;
        if
        :: slotParts[upto[r]] & 2 -> where(1, v2, f2)
        :: else
        fi;
        if
        :: f1 && f2 ->
            if
            :: r == 0 && (slotParts[upto[r]] & 1) ->
                assert(v1 == seen[strm[WRITER(slot[upto[r]] - 2)]]);   /* T2, G5: dense and in order */
                seen[strm[WRITER(slot[upto[r]] - 2)]]++
            :: else
            fi;
            if
            :: r == 0 && (slotParts[upto[r]] & 2) -> assert(v2 == seen[1]); seen[1]++
            :: else
            fi;
            upto[r]++
#ifdef DELETE
        /* Or HEAD says that it was removed. */
#ifdef MEND_SCAVENGED
        :: !f1 && sb[0] > 0 && strm[WRITER(slot[upto[r]] - 2)] == 0 -> upto[r]++; seen[0]++
#else
        :: !f1 && tb[0] > 0 && strm[WRITER(slot[upto[r]] - 2)] == 0 ->
            skipped[r] = skipped[r] | (1 << upto[r]); upto[r]++; seen[0]++
#endif
#endif
        :: else
        fi;
        v1 = 0; v2 = 0; f1 = false; f2 = false
       }
        /* It was waited for, for as long as one likes. */
#ifdef FAULT_HOLE_NOT_WRITTEN
    :: atomic { upto[r] <= counter && slot[upto[r]] == ABSENT -> upto[r]++ }
#else
#ifdef FAULT_NOT_CONTIGUOUS
    :: atomic { upto[r] < counter && slot[upto[r]] == ABSENT && slot[upto[r] + 1] != ABSENT -> upto[r]++ }
#endif
#ifdef FAULT_HOLE_UNCONDITIONAL
    :: upto[r] <= counter && slot[upto[r]] == ABSENT -> fill(upto[r], was); was = 0
#else
#ifdef LIVE
    :: upto[r] > counter -> skip                       /* looks again, later */
#endif
#ifdef FAULT_NO_READER_FILLS
    :: upto[r] <= counter && slot[upto[r]] == ABSENT -> skip
#else
    /* What was seen before does not count: the put has a condition. */
    :: atomic { upto[r] <= counter && slot[upto[r]] == ABSENT && !slotLock[upto[r]] -> slot[upto[r]] = HOLE }
#endif
#endif
#endif
    od
}

#ifdef DELETE
/* Empties stream 0 (HEAD only), then removes what is hidden. */
proctype deleter() {
end_deleter:
    atomic { hv[0] == 1 && !headLock[0] -> tb[0] = 1 }
#ifdef MEND_SCAVENGED
end_scavenger:
    commit[0] != 0;                    /* it has read what it removes */
    sb[0] = 1;
    commit[0] = 255
#endif
}
#endif

#ifdef LIVE
ltl decided { <>[] (upto[0] > counter) }
#endif

init {
    atomic {
        upto[0] = 1; upto[READERS - 1] = 1;
        kind[0] = KIND0; strm[0] = STREAM0; expc[0] = EXPECT0;
#if WRITERS > 1
        kind[1] = KIND1; strm[1] = STREAM1; expc[1] = EXPECT1;
#endif
#if WRITERS > 2
        kind[2] = KIND2; strm[2] = STREAM2; expc[2] = EXPECT2;
#endif
        byte n = 0;
        do :: n < READERS -> run reader(n); n++ :: else -> break od;
        n = 0;
        do :: n < WRITERS -> run writer(n); n++ :: else -> break od;
        n = 0;
#ifdef DELETE
        run deleter();
#endif
    }
}
