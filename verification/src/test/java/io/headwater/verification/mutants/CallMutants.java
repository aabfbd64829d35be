package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.BulkImport;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What goes wrong with one kind of call only. */
final class CallMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.ofFacet(
                    "truncating swallows an interrupt",
                    StreamAdmin.class,
                    admin -> altered(StreamAdmin.class, admin, "truncateBefore", args -> {
                        admin.truncateBefore((StreamId) args[0], (Long) args[1]);
                        LockSupport.parkNanos(1000);
                        return Thread.interrupted();
                    }),
                    "L2.9"),
            Mutant.of("an import wakes no reader", new String[] {"S8.2"}, ImportingQuietly::new));

    private CallMutants() {}

    private static final class ImportingQuietly extends ForwardingBackend {
        private volatile boolean importing;

        ImportingQuietly(Backend sound) {
            super(sound);
        }

        @Override
        public AutoCloseable onAppend(Runnable wakeUp) {
            return sound.onAppend(() -> {
                if (!importing) {
                    wakeUp.run();
                }
            });
        }

        @Override
        public <T> Optional<T> facet(Class<T> type) {
            return type == BulkImport.class
                    ? sound.facet(BulkImport.class).map(bulk -> type.cast(quiet(bulk)))
                    : sound.facet(type);
        }

        private BulkImport quiet(BulkImport bulk) {
            return requests -> {
                importing = true;
                try {
                    return bulk.appendAll(requests);
                } finally {
                    importing = false;
                }
            };
        }
    }
}
