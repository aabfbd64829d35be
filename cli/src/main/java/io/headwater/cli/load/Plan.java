package io.headwater.cli.load;

import io.headwater.AppendRequest;
import io.headwater.Limits;
import io.headwater.StreamDeleted;
import io.headwater.cli.ndjson.BadLine;
import io.headwater.cli.ndjson.EventLine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What to do with some lines, in their order: which are there already, which the store cannot take, and how the others are
 * appended. The states are advanced as if the appends were made.
 */
final class Plan {
    private final StreamStates states;
    private final Limits limits;
    private final List<AppendGroup> groups = new ArrayList<>();
    private final List<BadLine> refused = new ArrayList<>();
    private List<EventLine> later = List.of();
    private int present;

    Plan(StreamStates states, Limits limits) {
        this.states = states;
        this.limits = limits;
    }

    /** Plans these lines, or the first of them. At least one is decided. */
    Plan over(List<EventLine> lines, boolean stopAtRefusal) {
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
            StreamState state = states.of(line.stream());
            if (state.has(line)) {
                present++;
            } else {
                group(line, state);
                states.advance(state, line);
            }
        } catch (BadLine e) {
            refused.add(e);
        } catch (StreamDeleted e) {
            refused.add(new BadLine(line.line(), String.valueOf(e.getMessage())));
        }
    }

    private void refuseOversized(EventLine line) throws BadLine {
        long most = Math.min(limits.maxEventBytes(), limits.maxAppendBytes());
        long size = line.event().size();
        if (size > most) {
            throw new BadLine(
                    line.line(),
                    "the event has %,d bytes, over the store's limit of %,d: keep large contents elsewhere and refer to them"
                            .formatted(size, most));
        }
    }

    private void group(EventLine line, StreamState state) {
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
}
