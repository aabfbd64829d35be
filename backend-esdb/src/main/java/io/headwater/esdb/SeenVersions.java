package io.headwater.esdb;

import io.headwater.StoreUnavailable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of streams, of users and of the store itself, that this process wrote or read last, and what follows if the server shows an older one: a node that leads no
 * longer answers, or the server was restored.
 */
final class SeenVersions {
    private static final Logger LOG = LoggerFactory.getLogger(SeenVersions.class);
    private static final int REMEMBERED = 10_000;
    private static final int CHECKED = 32;
    private static final float LOAD = 0.75f;

    private final Server server;
    private final LongSupplier nanoTime;
    private final List<Runnable> forgetting = new CopyOnWriteArrayList<>();
    private final Map<String, Seen> seen = new LinkedHashMap<>(16, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > REMEMBERED;
        }
    };
    private volatile @Nullable String wentBack;

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime()} */
    SeenVersions(Server server, LongSupplier nanoTime) {
        this.server = server;
        this.nanoTime = nanoTime;
    }

    /** A version that was seen, and the time that was spent on looks that did not show it. */
    private record Seen(long version, BehindWait behind) {}

    /** Runs this when the log went back: what was remembered of it means nothing any more. */
    void whenLogWentBack(Runnable forget) {
        forgetting.add(forget);
    }

    /** A version was written or read. */
    void saw(String stream, long version) {
        synchronized (seen) {
            Seen before = seen.get(stream);
            if (before == null || before.version() < version) {
                seen.put(stream, new Seen(version, new BehindWait(nanoTime)));
            }
        }
    }

    /**
     * Takes the version that a look found. Returns whether it counts; if not, the look has to be made again.
     *
     * @throws StoreUnavailable if the log went back, or the time of the call is over
     */
    boolean accept(CallContext context, String stream, long version) {
        Optional<Seen> before = find(stream);
        if (before.isEmpty() || before.get().version() <= version) {
            before.ifPresent(known -> known.behind().reset());
            saw(stream, version);
            return true;
        }
        if (before.get().behind().more(context, server)) {
            return false;
        }
        throw wentBack("stream '%s'".formatted(stream), before.get().version(), version);
    }

    private Optional<Seen> find(String stream) {
        synchronized (seen) {
            return Optional.ofNullable(seen.get(stream));
        }
    }

    /** Returns streams that were seen last, and their versions. */
    Map<String, Long> last(int count) {
        synchronized (seen) {
            List<String> all = new ArrayList<>(seen.keySet());
            Map<String, Long> last = new LinkedHashMap<>();
            all.subList(Math.max(0, all.size() - count), all.size())
                    .forEach(stream -> find(stream).ifPresent(known -> last.put(stream, known.version())));
            return last;
        }
    }

    /**
     * Throws unless the streams that were seen last, and this one, have the versions that they had.
     *
     * @param place the place of the event that is missing at the end of the log
     */
    void checkLast(CallContext context, Optional<String> stream, long place) {
        Map<String, Long> versions = last(CHECKED);
        stream.flatMap(this::find).ifPresent(known -> versions.put(stream.get(), known.version()));
        versions.forEach((one, version) -> {
            long now = version(context, one);
            if (now < version) {
                throw wentBack("stream '%s'".formatted(one), version, now);
            }
        });
        if (stream.flatMap(this::find).isEmpty() && place > 0) {
            throw wentBack("its head", place, 0);
        }
    }

    /** Returns the version of a stream; the greatest if it is tombstoned. It is asked for only if no read tells it. */
    private long version(CallContext context, String stream) {
        ReadAnswer end = server.look(context, ReadRequest.backwards(stream));
        if (end.isTombstoned()) {
            return Long.MAX_VALUE;
        }
        OptionalLong last = end.revision();
        if (last.isPresent()) {
            return last.getAsLong() + 1;
        }
        StreamAsk.Answer told = server.ask(context, stream);
        return told.isTombstoned() ? Long.MAX_VALUE : told.revision() + 1;
    }

    /** Forgets all that was remembered of the log, and returns what to throw. */
    StoreUnavailable wentBack(String what, long from, long to) {
        synchronized (seen) {
            seen.clear();
        }
        forgetting.forEach(Runnable::run);
        StoreUnavailable failure = server.errors()
                .unavailable("the log went back, %s from %s to %s: was a backup restored?".formatted(what, from, to));
        wentBack = failure.getMessage();
        LOG.warn("{} Positions from before mean other events now, and subscriptions that came further end", wentBack);
        return failure;
    }

    /** Returns a text that says where the log was last found to have gone back; empty if it never was. */
    Optional<String> wentBack() {
        return Optional.ofNullable(wentBack);
    }
}
