package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofAppend;
import static io.headwater.verification.mutants.Situations.end;
import static io.headwater.verification.mutants.Situations.isTombstoned;
import static io.headwater.verification.mutants.Situations.of;
import static io.headwater.verification.mutants.Situations.part;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamCheck;
import io.headwater.StreamWrite;
import io.headwater.spi.Backend;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.StreamPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Appends of each kind that go wrong in one situation only. */
final class AppendSituationMutants {
    private static final int SHORT_KEY = 100;

    static final List<Mutant> ALL = List.of(
            ofAppend(
                    "an exact version is compared with the number of events that are left",
                    (backend, request) -> backend.append(expecting(backend, request, AppendSituationMutants::byCount)),
                    "A3.15",
                    "A7.17"),
            ofAppend(
                    "a check is met by a tombstoned stream",
                    (backend, request) -> backend.append(new AppendRequest(
                            request.writes(),
                            request.checks().stream()
                                    .filter(check -> !isTombstoned(backend, check.stream()))
                                    .toList())),
                    "A7.16"),
            ofAppend(
                    "a repeat is refused if a stream that it checked is tombstoned",
                    (backend, request) -> {
                        request.checks().forEach(check -> end(backend, check.stream()));
                        return backend.append(request);
                    },
                    "I2.11"),
            of(
                    "an import takes an emptied stream for one that exists",
                    backend -> ofImports(
                            backend, request -> expecting(backend, request, AppendSituationMutants::byHistory)),
                    "F2.18"),
            of(
                    "a held append takes an emptied stream for one that exists",
                    backend -> part(
                            backend,
                            HeldAppends.class,
                            holding -> altered(
                                    HeldAppends.class,
                                    holding,
                                    "hold",
                                    args -> holding.hold(expecting(
                                            backend, (AppendRequest) args[0], AppendSituationMutants::byHistory)))),
                    "T1.6"),
            of(
                    "checks of an import are made before it",
                    backend -> ofImports(
                            backend, request -> new AppendRequest(request.writes(), notMet(backend, request))),
                    "F2.19"),
            of(
                    "a tombstoned stream refuses a whole import",
                    backend -> part(backend, BulkImport.class, bulk -> requests -> {
                        requests.stream()
                                .flatMap(request -> request.writes().stream())
                                .forEach(write -> end(backend, write.stream()));
                        return bulk.appendAll(requests);
                    }),
                    "F2.20"),
            ofAppend(
                    "keys of metadata are cut off",
                    (backend, request) -> backend.append(new AppendRequest(
                            request.writes().stream()
                                    .map(write -> new StreamWrite(
                                            write.stream(),
                                            write.expected(),
                                            write.events().stream()
                                                    .map(AppendSituationMutants::withShortKeys)
                                                    .toList()))
                                    .toList(),
                            request.checks())),
                    "P1.6"));

    private AppendSituationMutants() {}

    private static Backend ofImports(Backend backend, UnaryOperator<AppendRequest> change) {
        return part(
                backend,
                BulkImport.class,
                bulk -> requests -> bulk.appendAll(requests.stream().map(change).toList()));
    }

    private interface Misunderstanding {
        ExpectedVersion taken(ExpectedVersion expected, StreamPage end);
    }

    private static AppendRequest expecting(Backend backend, AppendRequest request, Misunderstanding taking) {
        List<StreamWrite> writes = new ArrayList<>();
        for (StreamWrite write : request.writes()) {
            writes.add(
                    isTombstoned(backend, write.stream())
                            ? write
                            : new StreamWrite(
                                    write.stream(),
                                    taking.taken(write.expected(), end(backend, write.stream())),
                                    write.events()));
        }
        return new AppendRequest(writes, request.checks());
    }

    private static ExpectedVersion byCount(ExpectedVersion expected, StreamPage end) {
        boolean live = end.first() <= end.version();
        return live && expected.equals(ExpectedVersion.exactly(end.version() - end.first() + 1))
                ? ExpectedVersion.any()
                : expected;
    }

    private static ExpectedVersion byHistory(ExpectedVersion expected, StreamPage end) {
        return expected.equals(ExpectedVersion.streamExists()) && end.version() > 0 ? ExpectedVersion.any() : expected;
    }

    private static List<StreamCheck> notMet(Backend backend, AppendRequest request) {
        return request.checks().stream()
                .filter(check -> isTombstoned(backend, check.stream())
                        || !check.expected()
                                .accepts(
                                        end(backend, check.stream()).version(),
                                        end(backend, check.stream()).first()
                                                <= end(backend, check.stream()).version()))
                .toList();
    }

    private static EventData withShortKeys(EventData event) {
        Map<String, String> cut = new LinkedHashMap<>();
        event.metadata()
                .entries()
                .forEach((key, value) -> cut.put(key.substring(0, Math.min(SHORT_KEY, key.length())), value));
        return event.metadata().raw().isPresent() ? event : event.withMetadata(cut);
    }
}
