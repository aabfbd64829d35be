package io.headwater.jackson;

import io.headwater.InvalidRequest;
import io.headwater.jackson.UndecodableEvent.Problem;
import io.headwater.jackson.UndecodableEvent.Reason;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Describes Jackson's exceptions without the values that Jackson's own messages quote. */
final class JsonProblems {
    private JsonProblems() {}

    static Problem broken(JacksonException e) {
        String place = e.getLocation() == null
                ? ""
                : " at line %s, column %s"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        String what = e instanceof MismatchedInputException
                ? "its data has an object with two properties of one name"
                : "its data is not well-formed JSON";
        return Problem.of(Reason.BROKEN_JSON, what + place + "; correct the program that appended it");
    }

    static Problem misfit(RuntimeException e, RawEvent event, Class<?> type) {
        JsonPlace place = place(e);
        String text = "its data%s does not fit %s at %s: %s; correct the class, or add an upcaster"
                .formatted(upcast(event), type.getSimpleName(), place.path(), detail(e, place, event.json()));
        return new Problem(Reason.MISFIT, text, place.path(), refusal(e));
    }

    private static String upcast(RawEvent event) {
        return event.type().equals(event.recorded().type()) ? "" : ", upcast to '" + event.type() + "',";
    }

    private static JsonPlace place(RuntimeException e) {
        return new JsonPlace(e instanceof JacksonException j ? j.getPath() : List.of());
    }

    private static String detail(RuntimeException e, JsonPlace place, JsonNode json) {
        if (e instanceof UnrecognizedPropertyException) {
            return "the class has no such property";
        }
        if (e instanceof MismatchedInputException m && m.getTargetType() != null) {
            String found = place.kindIn(json);
            boolean key =
                    m instanceof InvalidFormatException f && f.getValue() instanceof String && found.equals("object");
            return (key ? "expected keys to be %s, found another" : "expected %s, found %s")
                    .formatted(m.getTargetType().getSimpleName(), found);
        }
        return "it was refused with " + thrown(e).getClass().getSimpleName();
    }

    /** The exception of the application's own code, if that was the cause. */
    private static @Nullable Throwable refusal(RuntimeException e) {
        return e instanceof MismatchedInputException ? null : new RedactedCause(thrown(e));
    }

    private static Throwable thrown(RuntimeException e) {
        return e instanceof JacksonException ? Objects.requireNonNullElse(e.getCause(), e) : e;
    }

    static InvalidRequest unwritable(RuntimeException e, Class<?> type) {
        InvalidRequest refusal =
                new InvalidRequest("an event of %s cannot be written as JSON at %s: %s; correct the class"
                        .formatted(
                                type.getName(),
                                place(e).path(),
                                thrown(e).getClass().getSimpleName()));
        refusal.addSuppressed(new RedactedCause(thrown(e)));
        return refusal;
    }
}
