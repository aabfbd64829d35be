package io.headwater.dynamodb;

import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of the streams of some appends. A HEAD that was read by itself may be lower than what its reader was shown before,
 * as the items of a transaction are seen one after the other: only a certain one makes a conflict.
 */
final class KnownHeads {
    private final Heads heads;
    private final Map<StreamId, StreamHead> known = new HashMap<>();
    private final Set<StreamId> certain = new HashSet<>();

    KnownHeads(Heads heads) {
        this.heads = heads;
    }

    /** Reads the HEADs that these appends need. An append with an exact expectation needs none: its write tells. */
    void read(List<PendingAppend> appends) {
        Set<StreamId> wanted = new HashSet<>();
        for (PendingAppend append : appends) {
            assumed(append).ifPresentOrElse(head -> assume(head, wanted), () -> wanted.addAll(append.streams()));
        }
        if (!wanted.isEmpty()) {
            known.putAll(heads.getAll(wanted));
        }
    }

    /** Reads the HEADs of all streams of these appends. */
    void readAll(List<PendingAppend> appends) {
        known.putAll(heads.getAll(
                appends.stream().flatMap(append -> append.streams().stream()).collect(Collectors.toSet())));
    }

    /** Of two appends to a stream the second needs the whole HEAD. */
    private void assume(StreamHead head, Set<StreamId> wanted) {
        if (known.putIfAbsent(head.stream(), head) != null) {
            wanted.add(head.stream());
        }
    }

    private static Optional<StreamHead> assumed(PendingAppend append) {
        if (append.request().isMultiStream()) {
            return Optional.empty();
        }
        StreamWrite write = append.request().writes().get(0);
        if (write.expected() instanceof ExpectedVersion.Exactly exactly) {
            return Optional.of(StreamHead.assumed(write.stream(), exactly.version()));
        }
        return write.expected() instanceof ExpectedVersion.NoStream
                ? Optional.of(StreamHead.none(write.stream()))
                : Optional.empty();
    }

    StreamHead get(StreamId stream) {
        StreamHead head = known.get(stream);
        if (head == null) {
            throw new IllegalStateException("HEAD of '" + stream + "' was not read");
        }
        return head;
    }

    boolean areCertain(Collection<StreamId> streams) {
        return certain.containsAll(streams);
    }

    /** Reads these as of one moment. */
    void ascertain(Collection<StreamId> streams) {
        known.putAll(heads.certain(streams));
        certain.addAll(streams);
    }

    /** A transaction that was refused told this. */
    void told(StreamId stream, Optional<Item> item) {
        StreamHead head = StreamHead.of(stream, item);
        known.put(stream, head);
        certain.add(stream);
        seen(stream, head.bounds().version());
    }

    void seen(StreamId stream, long version) {
        heads.versions().seen(stream, version);
    }
}
