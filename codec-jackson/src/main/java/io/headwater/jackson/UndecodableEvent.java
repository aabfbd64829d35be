package io.headwater.jackson;

import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stored event that this program cannot decode. The store works, and reading again has the same result: deploy code
 * that knows the event, add an alias or an upcaster, or set the event aside by {@link #stream()} and {@link
 * #version()}.
 *
 * <p>Messages, including those of the causes, contain names, locations and expected types, never a value of the
 * payload.
 */
public final class UndecodableEvent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why an event cannot be decoded. */
    public enum Reason {
        /** None of the requested classes is registered under the event's type. */
        UNKNOWN_TYPE,
        /** The payload is {@link io.headwater.ContentType#BINARY}. */
        BINARY,
        /** The payload is not well-formed JSON. */
        BROKEN_JSON,
        /** The JSON does not fit the class, or the class refused it. */
        MISFIT,
        /** An upcaster failed, or returned a type that it had not declared. */
        UPCASTER
    }

    private final StreamId stream;
    private final long version;
    private final String type;
    private final Reason reason;
    private final @Nullable String path;

    UndecodableEvent(RecordedEvent event, Problem problem) {
        super(
                "event '%s'@%s of type '%s' cannot be decoded: %s"
                        .formatted(event.stream(), event.version(), Text.printable(event.type()), problem.text()),
                problem.cause());
        this.stream = event.stream();
        this.version = event.version();
        this.type = event.type();
        this.reason = problem.reason();
        this.path = problem.path();
    }

    /** The problem, before it is known which event it concerns. */
    record Problem(
            Reason reason,
            String text,
            @Nullable String path,
            @Nullable Throwable cause) {

        static Problem of(Reason reason, String text) {
            return new Problem(reason, text, null, null);
        }
    }

    /** The stream that holds the event. */
    public StreamId stream() {
        return stream;
    }

    /** The event's version in its stream. */
    public long version() {
        return version;
    }

    /** The event's type as stored. */
    public String type() {
        return type;
    }

    /** Why it cannot be decoded. */
    public Reason reason() {
        return reason;
    }

    /**
     * The location in the JSON, such as {@code $.lines[2].price}, for a {@link Reason#MISFIT}; map keys are left out.
     */
    public Optional<String> path() {
        return Optional.ofNullable(path);
    }
}
