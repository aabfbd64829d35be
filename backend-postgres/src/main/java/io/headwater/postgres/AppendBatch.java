package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.StreamWrite;
import io.headwater.spi.Positions;
import io.headwater.spi.support.AppendDecision;
import io.headwater.spi.support.AppendSeries;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Appends to several streams, and many appends in one transaction: locks all their streams, decides one append after the
 * other, and writes all events at once.
 */
final class AppendBatch {
    static final String TAKE_TICKETS = "SELECT ticket, ${schema}.now_v1() FROM ${schema}.take_tickets_v1(?) AS ticket";

    /** The number of bits of a position for the place of an event in its append. */
    static final int PLACE_BITS = 16;

    private final Database database;

    AppendBatch(Database database) {
        this.database = database;
    }

    AppendOutcome append(AppendRequest request) {
        return appendAll(List.of(request)).get(0);
    }

    /** Appends within a transaction that the caller ends. */
    static AppendOutcome append(Session session, AppendRequest request) throws SQLException {
        return new Run(session, List.of(request)).run().orThrow().get(0);
    }

    List<AppendOutcome> appendAll(List<AppendRequest> requests) {
        if (requests.isEmpty()) {
            return List.of();
        }
        return database.transaction(session -> new Run(session, requests).run()).orThrow();
    }

    /** The number of an append, and when it was given, in microseconds since 1970. */
    private record Ticket(long number, long givenAt) {}

    /** One transaction. */
    private static final class Run {
        private final Session session;
        private final List<AppendRequest> requests;
        private final LockedStreams streams;
        private final NewRows rows = new NewRows();

        Run(Session session, List<AppendRequest> requests) throws SQLException {
            this.session = session;
            this.requests = requests;
            this.streams = LockedStreams.of(session, requests);
        }

        /** The tickets are taken after the locks: an earlier writer to one of the streams has lower ones. */
        AppendSeries run() throws SQLException {
            List<Ticket> tickets =
                    session.list(row -> new Ticket(row.getLong(1), row.getLong(2)), TAKE_TICKETS, requests.size());
            AppendSeries decided = decide(tickets);
            rows.insert(session);
            streams.grow();
            return decided;
        }

        private AppendSeries decide(List<Ticket> tickets) {
            Iterator<Ticket> ticket = tickets.iterator();
            long givenAt = tickets.get(0).givenAt;
            return AppendSeries.of(requests, request -> decide(request, ticket.next().number << PLACE_BITS, givenAt));
        }

        private AppendOutcome decide(AppendRequest request, long base, long givenAt) {
            return AppendDecision.decide(request, streams::get).orElseGet(() -> add(request, base, givenAt));
        }

        private AppendOutcome add(AppendRequest request, long base, long givenAt) {
            List<AppendResult> results = new ArrayList<>();
            long next = base;
            for (StreamWrite write : request.writes()) {
                GrowingStream stream = streams.get(write.stream());
                rows.add(stream, write.events(), next, givenAt);
                stream.add(write, Positions.of(next));
                next += write.events().size();
                results.add(new AppendResult(write.stream(), stream.version(), Positions.of(next - 1), false));
            }
            return new Appended(results);
        }
    }
}
