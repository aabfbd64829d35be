package io.headwater.tck.rule;

import io.headwater.AppendRequest;
import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.UnsupportedCapability;
import io.headwater.spi.CapabilityFacets;
import java.time.Instant;

/** Checks that a store refuses a capability that it does not declare (E2). One that works is a failure. */
public final class Refusals {
    private Refusals() {}

    /** Fails unless the store refuses this capability, which it does not declare. */
    public static void prove(Capability capability, RuleContext rule) {
        CapabilityFacets.of(capability)
                .ifPresentOrElse(facet -> noFacet(capability, facet, rule), () -> refusedCall(capability, rule));
    }

    private static void noFacet(Capability capability, Class<?> facet, RuleContext rule) {
        if (rule.store().facet(facet).isPresent()) {
            throw Declaration.lacking(capability).falsified("its facet " + facet.getSimpleName() + " is there");
        }
    }

    private static void refusedCall(Capability capability, RuleContext rule) {
        UnsupportedCapability refusal = refusal(capability, rule);
        Expect.that(
                refusal.missing().contains(capability),
                "the refusal names " + refusal.missing() + ", not " + capability);
    }

    private static UnsupportedCapability refusal(Capability capability, RuleContext rule) {
        try {
            call(capability, rule);
        } catch (UnsupportedCapability refusal) {
            return refusal;
        } catch (RuntimeException other) {
            throw Declaration.lacking(capability).falsified("it is not refused as such (" + other + ")");
        }
        throw Declaration.lacking(capability).falsified("it works");
    }

    private static void call(Capability capability, RuleContext rule) {
        switch (capability) {
            case MULTI_STREAM_APPEND -> appendToTwo(rule);
            case POSITION_AT_TIME -> rule.store().positionAt(Instant.now());
            default -> throw new IllegalStateException("no refusal is known for " + capability);
        }
    }

    private static void appendToTwo(RuleContext rule) {
        EventStore store = rule.store();
        StreamId one = rule.stream();
        AppendRequest request = AppendRequest.to(one, ExpectedVersion.any(), rule.event())
                .and(rule.stream(), ExpectedVersion.any(), rule.event());
        try {
            store.tryAppend(request);
        } finally {
            Expect.equal("version of '" + one + "' after a refused append", 0L, store.version(one));
        }
    }
}
