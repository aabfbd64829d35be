package io.headwater.migration;

import io.headwater.AppendRequest;
import io.headwater.Limits;
import io.headwater.StreamDeleted;
import io.headwater.migration.ImportedStream.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What to do with some lines, in their order: which are there already, which the store cannot take, and how the others are
 * appended. The states are advanced as if the appends were made.
 */
final class ImportPlan {
    private final ImportedStreams states;
    private final Limits limits;
    private final Lineage lineage;
    private final List<AppendGroup> groups = new ArrayList<>();
    private final List<BadLine> refused = new ArrayList<>();
    private List<EventLine> later = List.of();
    private int present;
    private int presentWithoutId;
    private int repeated;

    ImportPlan(ImportedStreams states, Limits limits, Lineage lineage) {
        this.states = states;
        this.limits = limits;
        this.lineage = lineage;
    }

    /** Plans these lines, or the first of them. At least one is decided. */
    ImportPlan over(List<EventLine> lines, boolean stopAtRefusal) {
        states.trim(() -> lines.stream().map(EventLine::stream).collect(Collectors.toSet()));
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0 && states.areTooMany()) {
                later = lines.subList(i, lines.size());
                break;
            }
            decide(lines.get(i));
            if (stopAtRefusal && !refused.isEmpty()) {
                break;
            }
        }
        return this;
    }

    private void decide(EventLine line) {
        try {
            refuseOversized(line);
            lineage.at(line, place(line, states.of(line.stream())) == Presence.STORED);
        } catch (BadLine e) {
            refuse(line, e);
        } catch (StreamDeleted e) {
            refuse(line, new BadLine(line.line(), String.valueOf(e.getMessage())));
        }
    }

    private void refuse(EventLine line, BadLine reason) {
        refused.add(reason);
        lineage.at(line, false);
    }

    private Presence place(EventLine line, ImportedStream state) throws BadLine {
        Presence presence = state.of(line);
        switch (presence) {
            case STORED -> {
                present++;
                presentWithoutId += line.idDerived() ? 1 : 0;
            }
            case REPEATED -> repeated++;
            case DIFFERENT -> throw new BadLine(line.line(), difference(line));
            case ABSENT -> {
                group(line, state);
                states.advance(state, line);
            }
        }
        return presence;
    }

    private static String difference(EventLine line) {
        return "stream '%s' has an event with the id %s already, which differs in type, data or metadata: %s"
                .formatted(
                        line.stream(),
                        line.event().id(),
                        line.idDerived()
                                ? "give the line an id of its own"
                                : "an event never changes, so give this one another id, or leave it out");
    }

    private void refuseOversized(EventLine line) throws BadLine {
        long most = Math.min(limits.maxEventBytes(), limits.maxAppendBytes());
        long size = line.event().size();
        if (size > most) {
            throw new BadLine(
                    line.line(),
                    String.format(
                            Locale.ROOT,
                            "the event has %,d bytes, over the store's limit of %,d: keep large contents elsewhere and refer to them",
                            size,
                            most));
        }
    }

    private void group(EventLine line, ImportedStream state) {
        AppendGroup last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
        if (last != null && last.takes(line, limits)) {
            last.add(line);
        } else {
            groups.add(new AppendGroup(state.expected(), line));
        }
    }

    List<AppendGroup> groups() {
        return groups;
    }

    List<AppendRequest> requests() {
        return groups.stream().map(AppendGroup::request).toList();
    }

    /** Lines that no store of this kind, or this stream, takes. */
    List<BadLine> refused() {
        return refused;
    }

    /** Lines that were left for another plan, because memory is short. */
    List<EventLine> later() {
        return later;
    }

    /** How many lines are in the store already. */
    int present() {
        return present;
    }

    /** How many of those have no id of their own. */
    int presentWithoutId() {
        return presentWithoutId;
    }

    /** How many lines say again what an earlier one said. */
    int repeated() {
        return repeated;
    }
}
