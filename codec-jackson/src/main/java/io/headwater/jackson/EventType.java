package io.headwater.jackson;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The event type under which events of this class are stored, read by {@link EventTypes.Builder#addAll}. It does not
 * change when the class is renamed or moved.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {
    /** The event type, written and read: a valid event type (P2). */
    String value();

    /** Older event types with the same shape, which are only read. Another shape requires an upcaster. */
    String[] aliases() default {};
}
