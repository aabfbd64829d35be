package io.headwater.verification.mutants;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Direction;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.State;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.StreamPage;
import io.headwater.verification.Proxies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Streams that are listed because a call named them, although none was written. */
final class NeverWrittenMutants {
    private static final Set<StreamId> NAMED = ConcurrentHashMap.newKeySet();

    /** How a stream is named. */
    private enum Way {
        READ,
        CHECKED,
        IMPORTED,
        SUMMARISED,
        TRUNCATED,
        HELD
    }

    static final List<Mutant> ALL = List.of(
            listing("read", Way.READ, "R2.4"),
            listing("checked", Way.CHECKED, "A7.18"),
            listing("part of an import", Way.IMPORTED, "F2.21"),
            listing("of a snapshot", Way.SUMMARISED, "Z1.21"),
            listing("truncated", Way.TRUNCATED, "D3.13"),
            listing("of a held append", Way.HELD, "T1.7"));

    private NeverWrittenMutants() {}

    private static Mutant listing(String what, Way way, String killer) {
        return Mutant.of(
                "a stream that was " + what + " is listed", new String[] {killer}, sound -> new Naming(sound, way));
    }

    private static final class Naming extends ForwardingBackend {
        private final Way naming;

        Naming(Backend sound, Way naming) {
            super(sound);
            this.naming = naming;
        }

        private void named(Way way, StreamId stream) {
            if (way == naming) {
                NAMED.add(stream);
            }
        }

        @Override
        public AppendOutcome append(AppendRequest request) {
            AppendOutcome outcome = sound.append(request);
            if (outcome instanceof Conflict) {
                request.writes().forEach(write -> named(Way.CHECKED, write.stream()));
            }
            request.checks().forEach(check -> named(Way.CHECKED, check.stream()));
            return outcome;
        }

        @Override
        public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
            named(Way.READ, stream);
            return sound.readStream(stream, direction, from, limit);
        }

        @Override
        public <T> Optional<T> facet(Class<T> type) {
            Optional<T> found = sound.facet(type);
            if (type == StreamCatalog.class) {
                return found.map(part -> type.cast(Proxies.altered(
                        StreamCatalog.class,
                        (StreamCatalog) part,
                        "streams",
                        args -> listed((StreamCatalog) part, args))));
            }
            if (type == SnapshotStore.class) {
                return found.map(part ->
                        type.cast(Proxies.altered(SnapshotStore.class, (SnapshotStore) part, "save", args -> {
                            named(Way.SUMMARISED, ((Snapshot) args[0]).stream());
                            return ((SnapshotStore) part).save((Snapshot) args[0]);
                        })));
            }
            return found.map(part -> type.cast(writing(type, part)));
        }

        private Object writing(Class<?> type, Object part) {
            if (type == StreamAdmin.class) {
                return Proxies.altered(StreamAdmin.class, (StreamAdmin) part, "truncateBefore", args -> {
                    named(Way.TRUNCATED, (StreamId) args[0]);
                    ((StreamAdmin) part).truncateBefore((StreamId) args[0], (Long) args[1]);
                    return true;
                });
            }
            if (type == HeldAppends.class) {
                return Proxies.altered(HeldAppends.class, (HeldAppends) part, "hold", args -> {
                    AppendRequest request = (AppendRequest) args[0];
                    request.writes().forEach(write -> named(Way.HELD, write.stream()));
                    return ((HeldAppends) part).hold(request);
                });
            }
            return type == BulkImport.class ? importing((BulkImport) part) : part;
        }

        private BulkImport importing(BulkImport bulk) {
            return requests -> {
                requests.stream()
                        .flatMap(request -> request.writes().stream())
                        .forEach(write -> named(Way.IMPORTED, write.stream()));
                return bulk.appendAll(requests);
            };
        }

        private boolean isUnwritten(StreamId stream) {
            try {
                return sound.readStream(stream, Direction.BACKWARDS, Long.MAX_VALUE, 1)
                                .version()
                        == 0;
            } catch (StreamDeleted tombstoned) {
                return false;
            }
        }

        private List<StreamInfo> listed(StreamCatalog catalog, Object[] args) {
            @SuppressWarnings("unchecked")
            Optional<StreamId> after = (Optional<StreamId>) args[1];
            List<StreamInfo> all = new ArrayList<>(catalog.streams((String) args[0], after, (Integer) args[2]));
            NAMED.stream()
                    .filter(stream -> stream.value().startsWith((String) args[0]))
                    .filter(this::isUnwritten)
                    .forEach(stream -> all.add(new StreamInfo(stream, 0, 0, State.DELETED)));
            all.sort(Comparator.comparing(StreamInfo::stream));
            return all;
        }
    }
}
