package io.headwater.benchmarks;

import static io.headwater.benchmarks.HeadwaterEntrant.NAME;

import io.headwater.EventStores;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;

/** Headwater on PostgreSQL beside other event stores on the same server. */
final class PeersBenchmark extends Benchmark implements AutoCloseable {
    private static final int SINGLE = 1;

    /** Of appends of several events. */
    private static final int BULK_WRITERS = 8;

    private static final Goal AHEAD = Goal.atLeast(1);

    private final PostgresTarget postgres;
    private final Map<Peer, PeerDatabase> peers = new LinkedHashMap<>();

    PeersBenchmark(PostgresTarget target, Settings settings, Path folder, Report report) {
        super(target, settings, folder, report);
        this.postgres = target;
    }

    static List<Peer> found() {
        return ServiceLoader.load(Peer.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    void run(boolean appends, boolean streams, boolean log) throws Exception {
        for (Peer peer : found()) {
            peers.put(peer, PeerDatabase.create(postgres.database()));
            report.describe(peer.name(), peer.facts());
        }
        if (appends) {
            for (int batch : settings.batches()) {
                appends(batch, batch == SINGLE ? settings.writers() : List.of(BULK_WRITERS));
            }
        }
        if (streams || log) {
            reads(streams, log);
        }
    }

    private void appends(int batch, List<Integer> writers) throws Exception {
        List<Contestant> contestants = new ArrayList<>();
        for (int count : writers) {
            contestants.add(contestant(new HeadwaterEntrant(target), batch, count));
            peers.forEach(
                    (peer, database) -> contestants.add(contestant(new PeerEntrant(peer, database), batch, count)));
        }
        Contest contest = Contest.hold("peers append ×" + batch, contestants, settings);
        report.add(contest);
        for (int count : writers) {
            String what = "append %s × %s".formatted(Words.events(batch), Words.writers(count));
            for (Peer peer : peers.keySet()) {
                report.add(contest.row(what, name(NAME, count), AHEAD, name(peer.name(), count)));
            }
        }
    }

    private Contestant contestant(Entrant entrant, int batch, int writers) {
        return new Contestant(name(entrant.name(), writers), new AppendRun(target, entrant, batch, writers, folder));
    }

    private static String name(String entrant, int writers) {
        return entrant + ", " + Words.writers(writers);
    }

    /** A store that is read. */
    private record Filled(String name, PeerStore store, PeerCorpus corpus) {}

    private void reads(boolean streams, boolean log) throws Exception {
        try (Site site = Site.in(folder, target)) {
            List<Filled> stores = new ArrayList<>();
            try {
                fill(site, stores);
                if (streams) {
                    read("read streams of " + PeerCorpus.LENGTH, stores, PeerCorpus::streamReads);
                }
                if (log) {
                    read("read log", stores, PeerCorpus::logReads);
                }
            } finally {
                stores.forEach(filled -> filled.store().close());
            }
        }
    }

    private void fill(Site site, List<Filled> stores) throws Exception {
        stores.add(fill(NAME, new HeadwaterStore(EventStores.open(site.url())), event -> event.data().length));
        postgres.analyze(site.path());
        for (Map.Entry<Peer, PeerDatabase> entry : peers.entrySet()) {
            Peer peer = entry.getKey();
            if (peer.isRead()) {
                stores.add(fill(peer.name(), entry.getValue().open(peer), peer::size));
                entry.getValue().analyze();
            }
        }
    }

    private Filled fill(String name, PeerStore store, ToIntFunction<SampleEvent> size) throws Exception {
        settings.progress().accept("peers read, filling " + name);
        return new Filled(name, store, PeerCorpus.fill(store, settings.events(), size));
    }

    private void read(String what, List<Filled> stores, BiFunction<PeerCorpus, PeerStore, Work> reads)
            throws Exception {
        List<Contestant> contestants = new ArrayList<>();
        for (Filled filled : stores) {
            Work work = reads.apply(filled.corpus(), filled.store());
            contestants.add(
                    new Contestant(filled.name(), time -> Load.eventsPerSecond(List.of(work), time, Long.MAX_VALUE)));
        }
        Contest contest = Contest.hold("peers " + what, contestants, settings);
        report.add(contest);
        for (Filled filled : stores.subList(1, stores.size())) {
            report.add(contest.row(what, NAME, AHEAD, filled.name()));
        }
    }

    @Override
    public void close() throws SQLException {
        for (PeerDatabase database : peers.values()) {
            database.close();
        }
    }
}
