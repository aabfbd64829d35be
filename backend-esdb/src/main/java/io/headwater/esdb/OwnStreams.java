package io.headwater.esdb;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.BackendFailure;
import io.headwater.EventStoreException;
import io.headwater.StoreClosed;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Streams that only stores write, and the metadata of streams. A record is written at the exact revision that was seen,
 * so it can land at one place only, and of several processes one writes it.
 */
final class OwnStreams {
    private static final int PAGE = 500;

    private final Server server;
    private final SeenVersions seen;

    OwnStreams(Server server, SeenVersions seen) {
        this.server = server;
        this.seen = seen;
    }

    Server server() {
        return server;
    }

    /**
     * Consecutive records of a stream.
     *
     * @param last the revision of the last record of the stream, or -1 if there is none; the last of these, if there are
     *     any
     */
    record Records(List<EventMessage> all, long last) {
        /** The revision of the first of these records, or the one that the next record will have. */
        long first() {
            return all.isEmpty() ? last + 1 : all.get(0).revision();
        }
    }

    /**
     * All records after a revision that can be read. If those directly after it are hidden, the first ones that are not;
     * if the stream has not reached it, because it was restored to an earlier state, all records.
     */
    Records after(CallContext context, String stream, long revision) {
        List<EventMessage> found = new ArrayList<>();
        long next = revision + 1;
        while (true) {
            ReadAnswer answer = look(context, ReadRequest.forwards(stream, next).limit(PAGE));
            if (!answer.isCut() && answer.lastRevision().orElse(-1) < next - 1) {
                found.clear();
                next = 0;
                continue;
            }
            next = add(answer, found, next);
            long last = answer.isCut() ? Long.MAX_VALUE : answer.lastRevision().orElse(-1);
            if (answer.events().isEmpty() || next > last) {
                return new Records(found, last);
            }
        }
    }

    /** Reads until the answer has what this process has seen of the stream. */
    private ReadAnswer look(CallContext context, ReadRequest request) {
        ReadAnswer answer;
        do {
            answer = server.look(context, request);
            refuseTombstoned(request.subject(), answer);
        } while (isBehind(context, request.subject(), answer));
        return answer;
    }

    /** The metadata of streams is not compared: a tombstone takes it away. */
    private boolean isBehind(CallContext context, String stream, ReadAnswer answer) {
        return !isMetadata(stream)
                && !answer.isCut()
                && !seen.accept(context, stream, answer.revision().orElse(NewRecords.NO_STREAM) + 1);
    }

    private static boolean isMetadata(String stream) {
        return stream.startsWith(EventMessage.METADATA_STREAM);
    }

    /** Adds what was read, and drops what lies before a hole. Returns the revision to read on from. */
    private static long add(ReadAnswer answer, List<EventMessage> found, long from) {
        long next = from;
        for (EventMessage record : answer.messages()) {
            if (record.revision() != next) {
                found.clear();
            }
            found.add(record);
            next = record.revision() + 1;
        }
        return next;
    }

    /** The last record of a stream, if it can be read, and its revision in any case. */
    Records last(CallContext context, String stream) {
        ReadAnswer answer = look(context, ReadRequest.backwards(stream));
        return new Records(answer.messages(), answer.revision().orElse(NewRecords.NO_STREAM));
    }

    private static void refuseTombstoned(String stream, ReadAnswer answer) {
        if (answer.isTombstoned()) {
            throw tombstoned(stream);
        }
    }

    /** A stream is tombstoned with its metadata; streams of the store itself only another client can tombstone. */
    private static EventStoreException tombstoned(String stream) {
        Optional<StreamId> owner = isMetadata(stream)
                ? StreamNames.id(stream.substring(EventMessage.METADATA_STREAM.length()))
                : Optional.empty();
        return owner.isPresent()
                ? new StreamDeleted(owner.get())
                : new BackendFailure(
                        "stream '%s' of the store itself was tombstoned by another client; open the store with another namespace"
                                .formatted(stream),
                        null);
    }

    /**
     * Writes records at their place, unless another record lies there. Determines the outcome of an attempt without
     * an answer.
     *
     * @return whether they are written
     * @throws AppendOutcomeUnknown if they may or may not be written
     */
    boolean write(CallContext context, NewRecords records) {
        Attempts attempts = new Attempts(context, records);
        try {
            boolean written = attempts.run();
            if (written && !isMetadata(records.stream())) {
                seen.saw(records.stream(), records.place() + records.records().size());
            }
            return written;
        } catch (StoreClosed | AppendOutcomeUnknown e) {
            throw e;
        } catch (EventStoreException e) {
            throw attempts.open ? unknown(records, e) : e;
        }
    }

    private static AppendOutcomeUnknown unknown(NewRecords records, Throwable cause) {
        return new AppendOutcomeUnknown(
                "the reply to a write to stream '%s' was lost, and its outcome could not be found out until callTimeout"
                        .formatted(records.stream()),
                cause);
    }

    /** What can be read at the place of records that were to be written. */
    private enum Place {
        /** The records. */
        OURS,
        /** Another record. */
        TAKEN,
        /** Nothing any more: the stream is longer. */
        HIDDEN,
        /** Nothing yet. */
        FREE
    }

    /** The attempts to write the same records. */
    private final class Attempts {
        private final CallContext context;
        private final NewRecords records;
        private boolean open;

        Attempts(CallContext context, NewRecords records) {
            this.context = context;
            this.records = records;
        }

        boolean run() {
            Backoff backoff = Backoff.whileUnavailable();
            while (true) {
                WriteAnswer answer = server.append(context, records);
                if (answer instanceof WriteAnswer.Written) {
                    return true;
                }
                noteOpen(answer);
                Optional<Boolean> decided = decided(place(), answer instanceof WriteAnswer.Refused);
                if (decided.isPresent()) {
                    return decided.get();
                }
                if (context.isOver()) {
                    throw server.errors()
                            .unavailable(
                                    "stream '%s' could not be written until callTimeout".formatted(records.stream()));
                }
                backoff.pause(context);
            }
        }

        private void noteOpen(WriteAnswer answer) {
            if (answer instanceof WriteAnswer.Tombstoned) {
                throw tombstoned(records.stream());
            }
            if (answer instanceof WriteAnswer.Unanswered) {
                open = true;
                context.holdInterrupts();
            }
        }

        /**
         * A refusal alone decides nothing, as it may tell of records that are not replicated and never will be. What is
         * hidden at the place the server still compares, so there a refusal decides.
         */
        private static Optional<Boolean> decided(Place place, boolean refused) {
            return switch (place) {
                case OURS -> Optional.of(true);
                case TAKEN -> Optional.of(false);
                case HIDDEN -> refused ? Optional.of(false) : Optional.empty();
                case FREE -> Optional.empty();
            };
        }

        private Place place() {
            ReadAnswer answer = look(context, ReadRequest.forwards(records.stream(), records.place()));
            List<EventMessage> found = answer.messages();
            if (found.isEmpty()) {
                return answer.lastRevision().orElse(-1) < records.place() ? Place.FREE : Place.HIDDEN;
            }
            if (found.get(0).revision() != records.place()) {
                return Place.HIDDEN;
            }
            return found.get(0).id().equals(id()) ? Place.OURS : Place.TAKEN;
        }

        private UUID id() {
            return EventMessage.id(records.records().get(0).getId());
        }
    }
}
