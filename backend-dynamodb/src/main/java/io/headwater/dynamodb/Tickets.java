package io.headwater.dynamodb;

import io.headwater.StoreUnavailable;
import io.headwater.dynamodb.Outcome.Busy;
import io.headwater.dynamodb.Outcome.Done;
import io.headwater.dynamodb.Outcome.Lost;
import io.headwater.dynamodb.Outcome.Refused;
import java.time.Clock;

/** The counter of the log: each number is given once. */
final class Tickets {
    private static final String COUNTER = "counter";
    private static final String FENCE = "fence";

    private final Table table;
    private final Keys keys;
    private final Clock clock;

    Tickets(Table table, Keys keys, Clock clock) {
        this.table = table;
        this.keys = keys;
        this.clock = clock;
    }

    /** The last ticket that was given; 0 for none. */
    long last() {
        return table.get(keys.counter()).map(item -> item.number(COUNTER)).orElse(0L);
    }

    /** Takes the next ticket. One whose reply is lost is used for nothing, and readers fill its slot. */
    long take() {
        Backoff backoff = table.backoff();
        while (true) {
            Outcome outcome = table.write(add());
            if (outcome instanceof Done done) {
                return done.item().orElseThrow().number(COUNTER);
            }
            if (outcome instanceof Refused) {
                throw new StoreUnavailable("the store is fenced: a migration holds back all writes", null);
            }
            RuntimeException cause = outcome instanceof Busy busy ? busy.cause() : ((Lost) outcome).cause();
            if (backoff.isOver()) {
                throw DynamoErrors.unavailable("UpdateItem", table.name(), cause);
            }
            backoff.pause();
        }
    }

    private Write add() {
        return Write.update(keys.counter(), "ADD #" + COUNTER + " :one")
                .onlyIf("attribute_not_exists(#" + FENCE + ") OR #" + FENCE + ".#until < :now")
                .value("one", 1)
                .value("now", clock.millis());
    }
}
