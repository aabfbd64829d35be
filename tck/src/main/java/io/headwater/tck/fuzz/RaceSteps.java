package io.headwater.tck.fuzz;

import io.headwater.ExpectedVersion;
import io.headwater.StreamId;

/** Creates calls about one stream. */
final class RaceSteps {
    private RaceSteps() {}

    static Step delete(StreamId stream, ExpectedVersion expected) {
        return new StreamStep("delete", stream, Code.expected(expected), (subject, of) -> subject.delete(of, expected));
    }

    static Step tombstone(StreamId stream, ExpectedVersion expected) {
        return new StreamStep(
                "tombstone", stream, Code.expected(expected), (subject, of) -> subject.tombstone(of, expected));
    }

    static Step truncate(StreamId stream, long before) {
        return new StreamStep(
                "truncateBefore", stream, "" + before, (subject, of) -> subject.truncateBefore(of, before));
    }

    static Step scavenge() {
        return new PlainStep("scavenge", Subject::scavenge);
    }

    static Step loadSnapshot(StreamId stream, String name) {
        return new StreamStep(
                "loadSnapshot", stream, Code.quoted(name), (subject, of) -> subject.loadSnapshot(of, name));
    }

    static Step deleteSnapshot(StreamId stream, String name) {
        return new StreamStep(
                "deleteSnapshot", stream, Code.quoted(name), (subject, of) -> subject.deleteSnapshot(of, name));
    }
}
