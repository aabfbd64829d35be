package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Capability;
import io.headwater.Diagnostics;
import io.headwater.Payload;
import io.headwater.Snapshot;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import io.headwater.spi.CapabilityFacets;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The least that each capability is good for: whether it is there at all. How well it works is for the rules about it.
 */
public final class CapabilityUses {
    private CapabilityUses() {}

    /** Uses this capability, and fails when nothing comes of it. */
    public static void tryOut(Capability capability, RuleContext rule) {
        switch (capability) {
            case MULTI_STREAM_APPEND -> appendToTwo(rule);
            case STREAM_ADMIN -> delete(rule);
            case SCAVENGE -> rule.scavenger().scavenge();
            case SNAPSHOTS -> snapshot(rule);
            case STREAM_CATALOG -> list(rule);
            case POSITION_AT_TIME -> rule.store().positionAt(Instant.now());
            case BULK_IMPORT -> importOne(rule);
            case DIAGNOSTICS -> describe(rule);
            case REPLICATION -> replicate(rule);
        }
    }

    private static void appendToTwo(RuleContext rule) {
        StreamId one = rule.stream();
        StreamId two = rule.stream();
        Outcomes.appended(rule, request(rule, one, two));
        Expect.versions("first stream", 1, 1, rule.store().readStream(one).events());
        Expect.versions("second stream", 1, 1, rule.store().readStream(two).events());
    }

    private static AppendRequest request(RuleContext rule, StreamId one, StreamId two) {
        return AppendRequest.to(one, any(), rule.event()).and(two, any(), rule.event());
    }

    private static void delete(RuleContext rule) {
        StreamId stream = rule.stream();
        rule.write(stream, 1);
        rule.admin().delete(stream, any());
        Expect.none("deleted stream", rule.store().readStream(stream).events());
    }

    private static void snapshot(RuleContext rule) {
        StreamId stream = rule.stream();
        rule.write(stream, 1);
        Snapshot saved = new Snapshot(stream, "state", 1, Payload.json("{}"));
        rule.snapshots().save(saved);
        Expect.equal("snapshot", Optional.of(saved), rule.snapshots().load(stream, "state"));
    }

    private static void list(RuleContext rule) {
        StreamId stream = rule.stream();
        rule.write(stream, 1);
        int found = rule.facet(StreamCatalog.class)
                .streams(stream.value(), Optional.empty(), 1)
                .size();
        Expect.equal("streams listed of '" + stream + "'", 1, found);
    }

    private static void importOne(RuleContext rule) {
        StreamId stream = rule.stream();
        rule.facet(BulkImport.class).appendAll(List.of(AppendRequest.to(stream, any(), rule.event())));
        Expect.versions("imported stream", 1, 1, rule.store().readStream(stream).events());
    }

    private static void describe(RuleContext rule) {
        Map<String, String> facts = rule.facet(Diagnostics.class).describe();
        Expect.that(!facts.isEmpty(), "no facts are told");
    }

    private static void replicate(RuleContext rule) {
        StreamId stream = rule.stream();
        StreamId copy = rule.stream();
        rule.write(stream, 2);
        Copies copies = new Copies(rule);
        copies.applies(copies.of(stream, copy));
        Expect.versions("copied stream", 1, 2, rule.store().readStream(copy).events());
    }

    /**
     * Whether a backend can do this, whatever it declares, as seen without what Headwater builds above it; and how it
     * shows.
     */
    public static Optional<String> ability(Capability capability, Backend backend, RuleContext rule) {
        return CapabilityFacets.of(capability)
                .map(facet -> facet(backend, facet))
                .orElseGet(() -> call(capability, backend, rule));
    }

    private static Optional<String> facet(Backend backend, Class<?> facet) {
        return backend.facet(facet).isPresent()
                ? Optional.of("the backend has a facet " + facet.getSimpleName() + ", which applications cannot use")
                : Optional.empty();
    }

    /** A backend that does not declare it MAY throw any exception. */
    private static Optional<String> call(Capability capability, Backend backend, RuleContext rule) {
        try {
            boolean works = capability == Capability.POSITION_AT_TIME
                    ? backend.positionAt(Instant.now()) != null
                    : appendsToTwo(backend, rule);
            return works ? Optional.of("the backend does it, and applications cannot use it") : Optional.empty();
        } catch (RuntimeException refused) {
            return Optional.empty();
        }
    }

    private static boolean appendsToTwo(Backend backend, RuleContext rule) {
        StreamId one = rule.stream();
        StreamId two = rule.stream();
        return backend.append(request(rule, one, two)) instanceof AppendOutcome.Appended
                && rule.store().version(one) == 1
                && rule.store().version(two) == 1;
    }
}
