package io.headwater.tck.fuzz;

import io.headwater.StreamId;
import java.util.function.BiFunction;

/**
 * A call about one stream that has nothing in it to make simpler.
 *
 * @param operation as in the script's text and in statistics
 * @param stream which
 * @param arguments of the call after the stream, for the script's text
 * @param call makes it
 */
record StreamStep(String operation, StreamId stream, String arguments, BiFunction<Subject, StreamId, Answer> call)
        implements Step {

    @Override
    public Answer on(Subject subject) {
        return call.apply(subject, stream);
    }

    @Override
    public Step renamed(Naming naming) {
        return new StreamStep(operation, naming.of(stream), arguments, call);
    }

    @Override
    public String code() {
        return "%s(%s, %s)".formatted(operation, Code.stream(stream), arguments);
    }
}
