package io.headwater.benchmarks;

import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.StreamId;
import io.kurrent.dbclient.AppendToStreamOptions;
import io.kurrent.dbclient.EventDataBuilder;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.StreamState;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** Appends to streams that no other measurement uses, each append with one request and its answer. */
final class EsdbAppends implements AppendVariant.Appends {
    static final String VENDOR = "vendor's client";

    /** What a writer expects. */
    enum Expecting {
        /** The version of a stream of its own. */
        EXACTLY,
        /** Nothing, of a stream that all writers share. */
        ANY;

        private String stream(Path folder, int number) {
            return folder.getFileName() + "-" + (this == EXACTLY ? number : 0);
        }
    }

    /** Appends events to a stream of this version, which any version may have. */
    private interface Write {
        void run(String stream, long version, SampleEvent event) throws Exception;
    }

    private final Path folder;
    private final Expecting expecting;
    private final Write write;
    private final AutoCloseable client;
    private final AtomicLong stored = new AtomicLong();

    private EsdbAppends(Path folder, Expecting expecting, Write write, AutoCloseable client) {
        this.folder = folder;
        this.expecting = expecting;
        this.write = write;
        this.client = client;
    }

    /** Headwater, used as applications use it. */
    static AppendVariant headwater(EsdbStorage storage, Expecting expecting) {
        return new DriverVariant(HeadwaterVariant.NAME, folder -> {
            EventStore store = EventStores.open(storage.url(folder));
            return new EsdbAppends(
                    folder,
                    expecting,
                    (stream, version, event) -> append(store, stream, version, expecting, event),
                    store);
        });
    }

    private static void append(EventStore store, String stream, long version, Expecting expecting, SampleEvent event) {
        ExpectedVersion expected =
                expecting == Expecting.ANY ? ExpectedVersion.any() : ExpectedVersion.exactly(version);
        Payload data = Payload.of(event.data(), ContentType.JSON);
        store.append(
                StreamId.of(stream),
                expected,
                new EventData(event.id(), event.type(), data, Metadata.of(event.metadata())));
    }

    /** The vendor's client with its defaults. */
    static AppendVariant vendor(EsdbStorage storage, Expecting expecting) {
        return new DriverVariant(VENDOR, folder -> {
            KurrentDBClient client = VendorReader.client(storage.url(folder));
            return new EsdbAppends(
                    folder,
                    expecting,
                    (stream, version, event) -> append(client, stream, version, expecting, event),
                    () -> client.shutdown().get());
        });
    }

    private static void append(
            KurrentDBClient client, String stream, long version, Expecting expecting, SampleEvent event)
            throws ExecutionException, InterruptedException {
        StreamState exact = version == 0 ? StreamState.noStream() : StreamState.streamRevision(version - 1);
        io.kurrent.dbclient.EventData data = EventDataBuilder.json(event.id(), event.type(), event.data())
                .metadataAsBytes(event.encodedMetadata())
                .build();
        AppendToStreamOptions options =
                AppendToStreamOptions.get().streamState(expecting == Expecting.ANY ? StreamState.any() : exact);
        client.appendToStream(stream, options, data).get();
    }

    @Override
    public Appender writer(int number) {
        String stream = expecting.stream(folder, number);
        AtomicLong version = new AtomicLong();
        return events -> {
            for (SampleEvent event : events) {
                write.run(stream, version.getAndIncrement(), event);
                stored.incrementAndGet();
            }
        };
    }

    /** Each append that returned was made. */
    @Override
    public long stored() {
        return stored.get();
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
