package io.headwater.esdb;

import io.headwater.CodePoints;
import io.headwater.Payload;
import io.headwater.spi.support.ChangeJournal;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq.ProposedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The journals of subscriptions: a stream for each, of which a record is a change. The revision at which a change is
 * written is the fence: a process that has missed one is refused.
 */
final class EsdbCheckpoints implements ChangeJournal {
    private static final String TYPE = "headwater-change";
    private static final String JOURNAL = "subscription:";

    /** The bytes of the data of one append, well below the limit of every server. */
    private static final long MAX_BYTES = 650 << 10;

    private static final int MAX_RECORDS = 500;

    /** The number of journals from which on the log is asked which have changed. */
    private static final int MIN_JOURNALS = 5;

    private final OwnStreams streams;
    private final Namespace namespace;
    private final SubscriptionNames names;
    private final StreamSettings settings;
    private final JournalChanges changes;

    EsdbCheckpoints(OwnStreams streams, Namespace namespace) {
        this.streams = streams;
        this.namespace = namespace;
        this.names = new SubscriptionNames(streams, namespace);
        this.settings = new StreamSettings(streams);
        this.changes = new JournalChanges(streams.server(), namespace.stream(JOURNAL));
    }

    private String stream(String name) {
        return namespace.stream(JOURNAL + name);
    }

    @Override
    public Changes after(String name, long revision) {
        return streams.server().with(context -> {
            OwnStreams.Records records = streams.after(context, stream(name), revision);
            return new Changes(
                    records.first(),
                    records.all().stream().map(record -> record.data().bytes()).toList());
        });
    }

    @Override
    public boolean append(String name, long revision, List<byte[]> changes) {
        return streams.server().with(context -> {
            if (revision == NONE) {
                names.add(context, name);
            }
            return append(context, name, revision, changes);
        });
    }

    private boolean append(CallContext context, String name, long revision, List<byte[]> changes) {
        return streams.write(
                context,
                new NewRecords(
                        stream(name),
                        revision,
                        changes.stream().map(EsdbCheckpoints::message).toList()));
    }

    private static ProposedMessage message(byte[] change) {
        return EventMessage.proposed(UUID.randomUUID(), TYPE, Payload.binary(change));
    }

    @Override
    public boolean compact(String name, long revision, List<byte[]> whole) {
        return streams.server().with(context -> {
            long last = revision;
            for (List<byte[]> part : parts(whole)) {
                if (!append(context, name, last, part)) {
                    return false;
                }
                last += part.size();
            }
            settings.change(
                    context,
                    stream(name),
                    metadata -> metadata.withTruncateBefore(
                            Math.max(revision + 1, metadata.truncateBefore().orElse(0))));
            return true;
        });
    }

    private static List<List<byte[]>> parts(List<byte[]> whole) {
        List<List<byte[]>> parts = new ArrayList<>();
        List<byte[]> part = new ArrayList<>();
        long bytes = 0;
        for (byte[] change : whole) {
            bytes += change.length;
            if (!part.isEmpty() && (bytes > MAX_BYTES || part.size() == MAX_RECORDS)) {
                parts.add(part);
                part = new ArrayList<>();
                bytes = change.length;
            }
            part.add(change);
        }
        parts.add(part);
        return parts;
    }

    @Override
    public List<String> names() {
        return sorted(streams.server().with(names::all));
    }

    /** With few journals, each is read; with more, the log tells which have changed, unless it has grown too much since. */
    @Override
    public Journals journals(String mark) {
        if (mark.isEmpty()) {
            names.forget();
        }
        return streams.server().with(context -> {
            List<String> all = sorted(names.all(context));
            return all.size() < MIN_JOURNALS
                    ? new Journals(all, Set.copyOf(all), "")
                    : changes.since(context, mark, all);
        });
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().sorted(CodePoints::compare).toList();
    }

    /**
     * The names that were read.
     *
     * @param last the revision of the last record
     */
    private record KnownNames(Set<String> names, long last) {
        private static final KnownNames NOTHING = new KnownNames(Set.of(), NONE);

        KnownNames with(OwnStreams.Records records) {
            if (records.all().isEmpty()) {
                return new KnownNames(names, records.last());
            }
            Set<String> all = new LinkedHashSet<>(names);
            records.all().forEach(record -> all.add(record.data().text()));
            return new KnownNames(all, records.last());
        }
    }

    /** The names of all subscriptions that have a journal, in a stream with one record for each. */
    private static final class SubscriptionNames {
        private static final String STREAM = "subscriptions";
        private static final String TYPE = "headwater-subscription";

        private final OwnStreams streams;
        private final String stream;
        private volatile KnownNames known = KnownNames.NOTHING;

        SubscriptionNames(OwnStreams streams, Namespace namespace) {
            this.streams = streams;
            this.stream = namespace.stream(STREAM);
        }

        /** Of which records were read before, only the later ones are read. */
        List<String> all(CallContext context) {
            return List.copyOf(read(context).names());
        }

        /** Reads all records again the next time. */
        void forget() {
            known = KnownNames.NOTHING;
        }

        private KnownNames read(CallContext context) {
            KnownNames before = known;
            OwnStreams.Records records = streams.after(context, stream, before.last());
            KnownNames now =
                    records.first() == before.last() + 1 ? before.with(records) : KnownNames.NOTHING.with(records);
            known = now;
            return now;
        }

        void add(CallContext context, String name) {
            if (known.names().contains(name)) {
                // The journal is empty: the storage may have been restored to a state before it.
                forget();
            }
            KnownNames now = read(context);
            while (!now.names().contains(name) && !streams.write(context, added(name, now.last()))) {
                now = read(context);
            }
        }

        private NewRecords added(String name, long last) {
            Payload text = Payload.binary(name.getBytes(StandardCharsets.UTF_8));
            return new NewRecords(stream, last, List.of(EventMessage.proposed(UUID.randomUUID(), TYPE, text)));
        }
    }
}
