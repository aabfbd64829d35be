package io.headwater.esdb;

import io.headwater.CodePoints;
import io.headwater.Payload;
import io.headwater.spi.support.ChangeJournal;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq.ProposedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    /** The names of all subscriptions that have a journal, in a stream with one record for each. */
    private static final class SubscriptionNames {
        private static final String STREAM = "subscriptions";
        private static final String TYPE = "headwater-subscription";

        private final OwnStreams streams;
        private final String stream;

        SubscriptionNames(OwnStreams streams, Namespace namespace) {
            this.streams = streams;
            this.stream = namespace.stream(STREAM);
        }

        List<String> all(CallContext context) {
            return names(streams.after(context, stream, NONE));
        }

        private static List<String> names(OwnStreams.Records records) {
            return records.all().stream()
                    .map(record -> record.data().text())
                    .distinct()
                    .toList();
        }

        void add(CallContext context, String name) {
            OwnStreams.Records records = streams.after(context, stream, NONE);
            while (!names(records).contains(name) && !streams.write(context, added(name, records.last()))) {
                records = streams.after(context, stream, NONE);
            }
        }

        private NewRecords added(String name, long last) {
            Payload text = Payload.binary(name.getBytes(StandardCharsets.UTF_8));
            return new NewRecords(stream, last, List.of(EventMessage.proposed(UUID.randomUUID(), TYPE, text)));
        }
    }
}
