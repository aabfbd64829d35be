package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofAppend;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofFacet;
import static io.headwater.verification.mutants.Mutant.ofReadStream;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Direction;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.StreamPage;
import io.headwater.spi.SubscriptionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pages that tell something wrong or are not full, and checks that are made too early. */
final class PageMutants {
    static final List<Mutant> ALL = List.of(
            ofReadStream(
                    "a stream that was never written begins at 0",
                    (backend, stream, direction, from, limit) -> {
                        StreamPage page = backend.readStream(stream, direction, from, limit);
                        return new StreamPage(page.version(), Math.min(page.first(), page.version()), page.events());
                    },
                    "R3.6",
                    "R3.7"),
            ofReadStream(
                    "a page without events begins at 1",
                    (backend, stream, direction, from, limit) -> {
                        StreamPage page = backend.readStream(stream, direction, from, limit);
                        return page.events().isEmpty() ? new StreamPage(page.version(), 1, List.of()) : page;
                    },
                    "R3.7"),
            ofFacet(
                    "large pages of streams lack the last",
                    StreamCatalog.class,
                    catalog -> altered(StreamCatalog.class, catalog, "streams", args -> {
                        List<StreamInfo> page = catalog.streams(
                                (String) args[0], ((Optional<?>) args[1]).map(StreamId.class::cast), (int) args[2]);
                        return page.size() > 10 ? page.subList(0, 10) : page;
                    }),
                    "F1.13"),
            ofCheckpoints(
                    "pages of records have a mebibyte",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "records",
                            args -> cut(store.records(
                                    (String) args[0], (String) args[1], (String) args[2], (int) args[3]))),
                    "K2.44"),
            ofAppend("checks are made before the append", PageMutants::checkedBefore, "A7.15"));

    private PageMutants() {}

    private static List<SubscriptionRecord> cut(List<SubscriptionRecord> records) {
        List<SubscriptionRecord> page = new ArrayList<>();
        int bytes = 0;
        for (SubscriptionRecord record : records) {
            bytes += record.fields().size();
            if (bytes < 1 << 20 || page.isEmpty()) {
                page.add(record);
            }
        }
        return page;
    }

    private static AppendOutcome checkedBefore(Backend backend, AppendRequest request) {
        boolean hold = request.checks().stream().allMatch(check -> version(backend, check.stream()) == 0);
        return backend.append(hold ? new AppendRequest(request.writes(), List.of()) : request);
    }

    private static long version(Backend backend, StreamId stream) {
        return backend.readStream(stream, Direction.FORWARDS, 0, 1).version();
    }
}
