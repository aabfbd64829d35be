package io.headwater.esdb;

import io.headwater.InvalidRequest;
import io.headwater.spi.support.ChangeJournal.Journals;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which journals may have changed since an earlier look, by the records of the log since then. A mark is the place and the id of the
 * log's last record at that time. If that record is gone, or much was written since, all journals may have changed.
 */
final class JournalChanges {
    /** The number of records that are as cheap to read as a few journals. */
    private static final int PAGE = 500;

    private final Server server;
    private final String prefix;

    /** @param prefix with which the streams of journals begin; the name follows */
    JournalChanges(Server server, String prefix) {
        this.server = server;
        this.prefix = prefix;
    }

    Journals since(CallContext context, String mark, List<String> names) {
        if (!mark.isEmpty()) {
            List<EventMessage> records = recordsFrom(context, mark);
            if (!records.isEmpty() && mark(records.get(0)).equals(mark)) {
                return new Journals(
                        names, changed(records.subList(1, records.size())), mark(records.get(records.size() - 1)));
            }
        }
        List<EventMessage> last =
                server.look(context, ReadRequest.logBackwards(ReadRequest.END)).messages();
        return new Journals(names, Set.copyOf(names), last.isEmpty() ? "" : mark(last.get(0)));
    }

    /** The record of the mark and all after it, or nothing if these are too many. */
    private List<EventMessage> recordsFrom(CallContext context, String mark) {
        try {
            long place = Long.parseLong(mark.substring(0, mark.indexOf(' ')));
            ReadAnswer answer =
                    server.look(context, ReadRequest.logForwards(place).limit(PAGE));
            return answer.isCut() || answer.events().size() == PAGE ? List.of() : answer.messages();
        } catch (InvalidRequest e) {
            return List.of();
        }
    }

    private static String mark(EventMessage record) {
        return record.place() + " " + record.id();
    }

    private Set<String> changed(List<EventMessage> records) {
        return records.stream()
                .map(EventMessage::stream)
                .filter(stream -> stream.startsWith(prefix))
                .map(stream -> stream.substring(prefix.length()))
                .collect(Collectors.toSet());
    }
}
