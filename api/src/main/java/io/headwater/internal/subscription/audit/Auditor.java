package io.headwater.internal.subscription.audit;

import io.headwater.BackendFailure;
import io.headwater.DeliveryAudit;
import io.headwater.DeliveryAudit.Finding;
import io.headwater.DeliveryAudit.Kind;
import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.internal.subscription.audit.Digest.Difference;
import io.headwater.internal.subscription.log.EventSource;
import io.headwater.internal.subscription.log.LogPlace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares what a subscription recorded with the events of the store. One instance for each audit. */
public final class Auditor {
    private static final int PAGE = 1000;

    private final EventStore store;
    private final String name;
    private final EventSource source;
    private final List<Finding> findings = new ArrayList<>();
    private long handled;
    private long skipped;

    public Auditor(EventStore store, String name, EventSource source) {
        this.store = store;
        this.name = name;
        this.source = source;
    }

    /**
     * Compares these windows, at least one, with the store, and checks that they reach the checkpoint, which was read before
     * them. What a running subscription adds during the audit is left to the next audit.
     */
    public DeliveryAudit audit(Iterator<AuditWindow> windows, Position checkpoint) {
        AuditWindow window = windows.next();
        Position first = window.after();
        compare(window);
        Position end = window.upTo();
        while (checkpoint.isAfter(end) && windows.hasNext()) {
            window = windows.next();
            refuseGap(end, window.after());
            compare(window);
            end = window.upTo();
        }
        if (checkpoint.isAfter(end)) {
            refuseGap(end, checkpoint);
        }
        return new DeliveryAudit(name, first, end, handled, skipped, findings);
    }

    private void refuseGap(Position end, Position next) {
        if (next.isAfter(end)) {
            find(Kind.NOT_AUDITED, end, next, "the subscription ran here without an audit");
        } else if (end.isAfter(next)) {
            throw new BackendFailure(
                    "the audit records of subscription '%s' are damaged in the storage: they overlap at %s"
                            .formatted(name, next),
                    null);
        }
    }

    private void compare(AuditWindow window) {
        handled += window.handled();
        skipped += window.skipped();
        Set<Long> stored = new HashSet<>();
        Digest difference = expected(window, stored).minus(window.digest());
        difference.takeOut().forEach(event -> report(event, stored, window));
        if (!difference.isEmpty()) {
            find(
                    Kind.DIFFERS,
                    window.after(),
                    window.upTo(),
                    "%s events handled, %s in the store".formatted(window.handled(), stored.size()));
        }
    }

    private Digest expected(AuditWindow window, Set<Long> stored) {
        Digest digest = new Digest();
        Position reached = window.after();
        while (window.upTo().isAfter(reached)) {
            LogPage page = source.read(reached, PAGE);
            for (RecordedEvent event : page.events()) {
                if (!event.position().isAfter(window.upTo())) {
                    digest.add(event.position(), event.id());
                    stored.add(Digest.hash(event.position(), event.id()));
                }
            }
            reached = advanced(page, reached, window);
        }
        return digest;
    }

    private static Position advanced(LogPage page, Position from, AuditWindow window) {
        if (!page.scannedTo().isAfter(from)) {
            throw new InvalidRequest("the log ends at %s, before the audited end at %s".formatted(from, window.upTo()));
        }
        return page.scannedTo();
    }

    private void report(Difference difference, Set<Long> stored, AuditWindow window) {
        LogPlace place = LogPlace.read(store, difference.position());
        Optional<RecordedEvent> event = place.at();
        Kind kind = Kind.MISSING;
        if (difference.times() < 0) {
            boolean known = stored.contains(difference.hash())
                    || event.filter(found -> isOfAnother(window, found, difference))
                            .isPresent();
            kind = known ? Kind.REPEATED : Kind.NOT_IN_STORE;
        }
        String words = event.map(found -> "%s@%s '%s'".formatted(found.stream(), found.version(), found.type()))
                .orElse("no such event in the log");
        find(kind, place.positionBefore(), difference.position(), words);
    }

    /** Returns whether the event belongs to another window, in which it was handled. */
    private boolean isOfAnother(AuditWindow window, RecordedEvent event, Difference difference) {
        boolean outside =
                !event.position().isAfter(window.after()) || event.position().isAfter(window.upTo());
        return outside && source.accepts(event) && Digest.hash(event.position(), event.id()) == difference.hash();
    }

    private void find(Kind kind, Position after, Position upTo, String detail) {
        findings.add(new Finding(kind, after, upTo, detail));
    }
}
