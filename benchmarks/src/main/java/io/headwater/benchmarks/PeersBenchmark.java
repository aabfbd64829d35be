package io.headwater.benchmarks;

import static io.headwater.benchmarks.HeadwaterVariant.NAME;

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

/** Headwater on PostgreSQL, with other event stores on the same server. */
final class PeersBenchmark extends Benchmark implements AutoCloseable {
    private static final int SINGLE = 1;

    /** The number of writers for appends of several events. */
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
        List<Variant> variants = new ArrayList<>();
        for (int count : writers) {
            variants.add(variant(new HeadwaterVariant(target), batch, count));
            peers.forEach((peer, database) -> variants.add(variant(new PeerVariant(peer, database), batch, count)));
        }
        Comparison comparison = Comparison.run("peers append ×" + batch, variants, settings);
        report.add(comparison);
        for (int count : writers) {
            String what = "append %s × %s".formatted(NumberText.events(batch), NumberText.writers(count));
            for (Peer peer : peers.keySet()) {
                report.add(comparison.row(what, name(NAME, count), AHEAD, name(peer.name(), count)));
            }
        }
    }

    private Variant variant(AppendVariant variant, int batch, int writers) {
        return new Variant(
                name(variant.name(), writers), new AppendMeasurement(target, variant, batch, writers, folder));
    }

    private static String name(String variant, int writers) {
        return variant + ", " + NumberText.writers(writers);
    }

    /** A store that is read. */
    private record Filled(String name, PeerStore store, PeerCorpus corpus) {}

    private void reads(boolean streams, boolean log) throws Exception {
        try (StoreLocation site = StoreLocation.in(folder, target)) {
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

    private void fill(StoreLocation site, List<Filled> stores) throws Exception {
        stores.add(fill(NAME, new HeadwaterStore(EventStores.open(site.url())), event -> event.data().length));
        postgres.settle(site.path());
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
        List<Variant> variants = new ArrayList<>();
        for (Filled filled : stores) {
            Work work = reads.apply(filled.corpus(), filled.store());
            variants.add(new Variant(
                    filled.name(), time -> ClosedLoop.eventsPerSecond(List.of(work), time, Long.MAX_VALUE)));
        }
        Comparison comparison = Comparison.run("peers " + what, variants, settings);
        report.add(comparison);
        for (Filled filled : stores.subList(1, stores.size())) {
            report.add(comparison.row(what, NAME, AHEAD, filled.name()));
        }
    }

    @Override
    public void close() throws SQLException {
        for (PeerDatabase database : peers.values()) {
            database.close();
        }
    }
}
