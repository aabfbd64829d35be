package io.headwater.tck.catalogue.support;

import io.headwater.RecordedEvent;
import io.headwater.StreamDeleted;
import io.headwater.StreamSlice;
import io.headwater.WrongExpectedVersion;
import io.headwater.tck.rule.Expect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers of a store by the question, to compare with those of another store, or of the same one later. Not thread-safe. */
public final class RecordedAnswers {
    private final Map<String, Object> answers = new LinkedHashMap<>();

    /** A question to a store. */
    @FunctionalInterface
    public interface Question {
        Object ask();
    }

    /** Asks, and notes the answer; that something is refused is an answer, too. */
    public void note(String question, Question asked) {
        answers.put(question, answer(asked));
    }

    /** As {@link #note}, of a question that is answered by a {@link StreamSlice}. */
    public void noteStream(String question, Question asked) {
        Object answer = answer(asked);
        if (answer instanceof StreamSlice slice) {
            answers.put(question + ", version and next", slice.version() + ", " + slice.next());
            events(question, slice.events());
        } else {
            answers.put(question + ", version and next", answer);
        }
    }

    /** Notes events, first by their places, so that a difference is easy to read. */
    public void events(String question, List<RecordedEvent> events) {
        answers.put(question + ", events", Follower.names(events));
        answers.put(question + ", all that the events hold", events);
    }

    private static Object answer(Question asked) {
        try {
            return asked.ask();
        } catch (WrongExpectedVersion conflict) {
            return "refused: " + conflict.violations();
        } catch (StreamDeleted deleted) {
            return "refused: " + deleted.stream() + " is tombstoned";
        }
    }

    /** Fails unless these are the answers to the same questions. */
    public void areSameAs(RecordedAnswers expected, String when) {
        expected.answers.forEach(
                (question, answer) -> Expect.equal(question + ", " + when, answer, answers.get(question)));
        Expect.equal("questions answered " + when, expected.answers.keySet(), answers.keySet());
    }
}
