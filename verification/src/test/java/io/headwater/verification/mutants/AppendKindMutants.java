package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofAppend;
import static io.headwater.verification.mutants.Mutant.ofFacet;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BulkImport;
import io.headwater.ExpectedVersion;
import io.headwater.Position;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import java.util.List;

/** What goes wrong for one kind of append only. */
final class AppendKindMutants {
    private static final int MANY_WRITES = 10;

    static final List<Mutant> ALL = List.of(
            ofFacet(
                    "an import expects nothing of a stream beyond version 5",
                    BulkImport.class,
                    bulk -> altered(
                            BulkImport.class,
                            bulk,
                            "appendAll",
                            args -> bulk.appendAll(requests(args[0]).stream()
                                    .map(AppendKindMutants::careless)
                                    .toList())),
                    "F2.14"),
            ofFacet(
                    "a held append that is in conflict is written",
                    HeldAppends.class,
                    holding -> altered(HeldAppends.class, holding, "hold", args -> anyway(holding, args)),
                    "T1.4"),
            ofAppend(
                    "the positions of more than ten writes are that of the first",
                    (backend, request) -> atFirst(backend.append(request)),
                    "A1.6"),
            ofFacet(
                    "a conflict of an import tells of one violation",
                    BulkImport.class,
                    bulk -> altered(
                            BulkImport.class,
                            bulk,
                            "appendAll",
                            args -> bulk.appendAll(requests(args[0])).stream()
                                    .map(AppendKindMutants::ofOneViolation)
                                    .toList()),
                    "F2.16",
                    "F2.17"),
            ofFacet(
                    "a held append that is in conflict tells of one violation",
                    HeldAppends.class,
                    holding -> altered(HeldAppends.class, holding, "hold", args -> {
                        HeldAppend held = holding.hold((AppendRequest) args[0]);
                        return altered(HeldAppend.class, held, "commit", none -> ofOneViolation(held.commit()));
                    }),
                    "T1.5"));

    private AppendKindMutants() {}

    private static AppendOutcome atFirst(AppendOutcome outcome) {
        if (!(outcome instanceof AppendOutcome.Appended appended)
                || appended.results().size() <= MANY_WRITES) {
            return outcome;
        }
        Position first = appended.first().position();
        return new AppendOutcome.Appended(appended.results().stream()
                .map(result -> new AppendResult(result.stream(), result.version(), first, result.replayed()))
                .toList());
    }

    private static AppendOutcome ofOneViolation(AppendOutcome outcome) {
        return outcome instanceof AppendOutcome.Conflict conflict
                ? new AppendOutcome.Conflict(conflict.violations().subList(0, 1))
                : outcome;
    }

    @SuppressWarnings("unchecked")
    private static List<AppendRequest> requests(Object list) {
        return (List<AppendRequest>) list;
    }

    private static AppendRequest careless(AppendRequest request) {
        boolean later =
                request.writes().get(0).expected() instanceof ExpectedVersion.Exactly exactly && exactly.version() > 5;
        return later
                ? AppendRequest.to(
                        request.writes().get(0).stream(),
                        ExpectedVersion.any(),
                        request.writes().get(0).events())
                : request;
    }

    private static HeldAppend anyway(HeldAppends holding, Object[] args) {
        AppendRequest request = (AppendRequest) args[0];
        HeldAppend held = holding.hold(request);
        return altered(HeldAppend.class, held, "commit", none -> {
            AppendOutcome outcome = held.commit();
            return outcome instanceof AppendOutcome.Conflict
                    ? holding.hold(AppendRequest.to(
                                    request.writes().get(0).stream(),
                                    ExpectedVersion.any(),
                                    request.writes().get(0).events()))
                            .commit()
                    : outcome;
        });
    }
}
