package io.headwater.esdb;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Direction;
import io.headwater.Idempotency;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.LogVisibility;
import io.headwater.Position;
import io.headwater.Support;
import io.headwater.spi.support.ComposedBackend;
import io.headwater.spi.support.Facets;
import io.headwater.spi.support.SharedCheckpoints;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;

/** An open store on a server. */
final class EsdbBackend extends ComposedBackend {
    private final Server server;
    private final LogHead head;
    private final LogBell bell;
    private final Parts parts;

    private EsdbBackend(StoreSettings settings, Server server, ServerInfo info, String storeId, LongSupplier nanoTime) {
        this.server = server;
        Namespace namespace = settings.namespace();
        Capabilities capabilities = capabilities(info, settings);
        SeenVersions seen = new SeenVersions(server, nanoTime);
        OwnStreams ownStreams = new OwnStreams(server, seen);
        StreamLook look = StreamLook.anyTime(server, seen);
        head = new LogHead(server, namespace, seen, nanoTime);
        StreamLocks locks = new StreamLocks(storeId);
        bell = new LogBell(server, namespace, head, settings.listens());
        LogScan scan = new LogScan(server, namespace);
        seen.whenLogWentBack(head::forget);
        seen.whenLogWentBack(scan::forget);
        CategoryHistory categories = new CategoryHistory(server, namespace, settings.categories(), nanoTime);
        SharedCheckpoints checkpoints =
                new SharedCheckpoints(storeId, settings.clock(), new EsdbCheckpoints(ownStreams, namespace));
        seen.whenLogWentBack(categories.links()::forget);
        seen.whenLogWentBack(checkpoints::readAgain);
        parts = new Parts(
                capabilities,
                storeId,
                new AppendEvents(server, locks, StreamLook.withinCall(server, seen), bell::appended)::append,
                new ReadStream(server, look)::read,
                new Log(
                        new ReadLog(server, namespace, head, categories),
                        head,
                        new PositionAtTime(scan, server, namespace)),
                checkpoints,
                Facets.of(
                        new EsdbSnapshots(
                                ownStreams, namespace, capabilities.limits().maxEventBytes()),
                        new EsdbCatalog(scan),
                        new EsdbAdmin(server, look, ownStreams, locks),
                        new LogPlace(server, head),
                        new EsdbDiagnostics(server, scan, head, categories, seen, capabilities.limits())));
    }

    private static Capabilities capabilities(ServerInfo info, StoreSettings settings) {
        return new Capabilities(
                        Map.of(),
                        Idempotency.RECENT,
                        LogVisibility.IMMEDIATE,
                        info.limits(settings.maxAppendSize()),
                        settings.namespace().reservedPrefix())
                .with(Support.NATIVE, Capability.STREAM_ADMIN, Capability.DIAGNOSTICS)
                .with(Support.EMULATED, Capability.SNAPSHOTS, Capability.STREAM_CATALOG, Capability.POSITION_AT_TIME);
    }

    /** Connects, and creates or checks the store. */
    static EsdbBackend open(StoreSettings settings, Connections connections, LongSupplier nanoTime) {
        Server server = connections.server(settings.namespace(), settings.callTimeout());
        boolean opened = false;
        try {
            EsdbBackend backend = server.with(context -> {
                ServerInfo info = server.discovery().leader(context).info();
                String storeId = new EsdbSchema(server, settings.namespace()).prepare(context, settings.create());
                server.check().expect(storeId);
                return new EsdbBackend(settings, server, info, storeId, nanoTime);
            });
            opened = true;
            return backend;
        } finally {
            if (!opened) {
                server.close();
            }
        }
    }

    /** The log of this store. */
    private record Log(ReadLog pages, LogHead end, PositionAtTime times) implements LogReader {
        @Override
        public LogPage read(Position from, Direction direction, LogFilter filter, int limit) {
            return pages.read(from, direction, filter, limit);
        }

        @Override
        public Position head() {
            return end.now();
        }

        @Override
        public Position positionAt(Instant time) {
            return times.of(time);
        }
    }

    @Override
    protected Parts parts() {
        return parts;
    }

    @Override
    public Position lastDecided() {
        return head.lastDecided();
    }

    @Override
    public AutoCloseable onAppend(Runnable wakeUp) {
        return bell.register(wakeUp);
    }

    @Override
    public Duration pollInterval() {
        return bell.pollInterval();
    }

    @Override
    public void close() {
        bell.close();
        server.close();
    }
}
