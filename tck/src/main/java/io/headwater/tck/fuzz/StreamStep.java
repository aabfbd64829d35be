package io.headwater.tck.fuzz;

import io.headwater.StreamId;
import java.util.function.BiFunction;

/**
 * A call about one stream that cannot be simplified.
 *
 * @param operation the name of the operation in the text of the script and in statistics
 * @param stream the stream
 * @param arguments the arguments after the stream, for the text of the script
 * @param call makes the call
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
