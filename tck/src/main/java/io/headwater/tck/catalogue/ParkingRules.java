package io.headwater.tck.catalogue;

import static io.headwater.SubscriptionOptions.durable;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.FailurePolicy;
import io.headwater.ParkedEvent;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.tck.catalogue.support.Failing;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.Told;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;

/** Events that are put aside because their handler fails (S4). */
final class ParkingRules {
    static final RuleGroup GROUP = RuleGroup.of(
            "subscriptions: parking",
            must("S4.13", "a parked event is listed with its error and the number of attempts", rule -> {
                Parking parking = new Parking(rule, 4);
                Follower follower = parking.open(Failing.quick(1).thenPark());
                follower.passes(parking.failing.last);
                List<ParkedEvent> parked = parking.list();
                Expect.equal("parked", List.of("@4 after 2"), names(parked));
                ParkedEvent only = parked.get(0);
                Expect.equal("stream", parking.failing.stream, only.stream());
                Expect.equal("position", parking.failing.last, only.position());
                Expect.equal("type", "Happened", only.type());
                Expect.that(
                        only.error().contains(String.valueOf(parking.failing.failure.getMessage())),
                        "the error is " + only.error());
            }),
            must("S4.14", "later events of the stream of a parked event are parked behind it", rule -> {
                Parking parking = new Parking(rule, 2);
                Follower follower = parking.open(FailurePolicy.park());
                follower.passes(parking.failing.last);
                Expect.equal("parked", List.of("@2 after 1", "@3 after 0", "@4 after 0"), names(parking.list()));
                Expect.versions("begun", 1, 2, follower.begun());
            }),
            must("S4.15", "other streams continue when an event is parked", rule -> {
                Parking parking = new Parking(rule, 2);
                StreamId other = parking.otherStream();
                Follower follower = parking.open(FailurePolicy.park());
                follower.reaches(rule.append(other));
                follower.reaches(rule.append(other));
                Expect.versions("handled of the other stream", 1, 2, of(other, follower.handled()));
            }),
            must("S4.16", "the listener is notified of the parked event, and not of those parked behind it", rule -> {
                Parking parking = new Parking(rule, 2);
                Told told = new Told();
                Follower follower =
                        parking.open(parking.options(FailurePolicy.park()).listener(told));
                follower.passes(parking.failing.last);
                Expect.equal("told", List.of("park of @2"), told.list);
            }),
            must("S4.17", "replayed events are handled in order, and then their stream continues", rule -> {
                Parking parking = new Parking(rule, 2);
                Follower follower = parking.open(FailurePolicy.park());
                follower.passes(parking.failing.last);
                parking.failing.mend();
                Expect.equal("to replay", 3L, rule.store().subscriptions().replay(parking.name));
                follower.reaches(parking.failing.last);
                rule.eventually("nothing is parked", () -> parking.list().isEmpty());
                follower.reaches(rule.append(parking.failing.stream));
                follower.handledExactly(rule.logOf(parking.failing.stream));
            }),
            must("S4.18", "an event that fails in a replay stays parked, with those behind it", rule -> {
                Parking parking = new Parking(rule, 2);
                Told told = new Told();
                Follower follower =
                        parking.open(parking.options(FailurePolicy.park()).listener(told));
                follower.passes(parking.failing.last);
                rule.store().subscriptions().replay(parking.name);
                follower.waitFor("it was tried again", () -> told.list.size() > 1);
                Expect.equal(
                        "parked",
                        List.of(2L, 3L, 4L),
                        parking.list().stream().map(ParkedEvent::version).toList());
                Expect.versions("handled", 1, 1, follower.handled());
            }),
            must("S4.19", "a replay of one stream does not affect the parked events of others", rule -> {
                Parking parking = new Parking(rule, 4);
                StreamId other = parking.otherStream();
                Position last = rule.append(other);
                Follower follower = Follower.of(rule, parking.options(FailurePolicy.park()), event -> {
                    parking.failing.handle(event);
                    if (event.stream().equals(other)) {
                        throw new IllegalStateException("always");
                    }
                });
                follower.passes(last);
                Expect.equal("parked", 2, parking.list().size());
                parking.failing.mend();
                rule.store().subscriptions().replay(parking.name, parking.failing.stream);
                follower.reaches(parking.failing.last);
                rule.eventually("the stream is not parked", () -> parking.list().size() <= 1);
                Expect.equal("parked of the other stream", 1, parking.list().size());
                ParkedEvent left = parking.list().get(0);
                Expect.equal("stream of what is left", other, left.stream());
                Expect.equal("replay of it requested", false, left.replayRequested());
            }),
            must("S4.20", "dropped events are not handled, and their stream continues", rule -> {
                Parking parking = new Parking(rule, 2);
                Follower follower = parking.open(FailurePolicy.park());
                follower.passes(parking.failing.last);
                Expect.equal("dropped", 3L, rule.store().subscriptions().drop(parking.name));
                Expect.none("parked", parking.list());
                rule.eventually("a later event of the stream is handled", () -> {
                    follower.passes(rule.append(parking.failing.stream));
                    return follower.handled().size() > 1;
                });
                Expect.that(
                        of(parking.failing.stream, follower.handled()).stream()
                                .noneMatch(event -> event.version() >= 2 && event.version() <= 4),
                        "handled, versions 2 to 4 of which were dropped: " + Follower.names(follower.handled()));
            }),
            must("S4.21", "parked events stay parked when the subscription is closed and opened again", rule -> {
                Parking parking = new Parking(rule, 2);
                Follower follower = parking.open(FailurePolicy.park());
                follower.passes(parking.failing.last);
                follower.subscription().close();
                parking.failing.mend();
                Follower again = parking.open(FailurePolicy.park());
                again.passes(rule.append(parking.failing.stream));
                Expect.none("handled", again.handled());
                Expect.equal(
                        "parked",
                        List.of(2L, 3L, 4L, 5L),
                        parking.list().stream().map(ParkedEvent::version).toList());
            }));

    private ParkingRules() {}

    private static List<String> names(List<ParkedEvent> parked) {
        return parked.stream()
                .map(event -> "@%s after %s".formatted(event.version(), event.attempts()))
                .toList();
    }

    private static List<RecordedEvent> of(StreamId stream, List<RecordedEvent> events) {
        return events.stream().filter(event -> event.stream().equals(stream)).toList();
    }

    /** A durable subscription to a stream of four events, one of which cannot be handled, and to others of its category. */
    private static final class Parking {
        final Failing failing;
        final String name;
        private final RuleContext rule;

        Parking(RuleContext rule, long version) {
            this.rule = rule;
            this.failing = new Failing(rule, version, Integer.MAX_VALUE);
            this.name = rule.name();
        }

        StreamId otherStream() {
            return rule.stream(failing.stream.category().orElseThrow());
        }

        SubscriptionOptions options(FailurePolicy policy) {
            return durable(name)
                    .category(failing.stream.category().orElseThrow())
                    .onFailure(policy);
        }

        Follower open(FailurePolicy policy) {
            return open(options(policy));
        }

        Follower open(SubscriptionOptions options) {
            return failing.follower(options);
        }

        List<ParkedEvent> list() {
            return rule.store().subscriptions().parked(name).toList();
        }
    }
}
