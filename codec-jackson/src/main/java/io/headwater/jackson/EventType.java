package io.headwater.jackson;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name under which events of this class are stored, read by {@link EventTypes.Builder#addAll}. It stays when the class
 * is renamed or moved.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {
    /** The name, written and read: a valid event type (P2). */
    String value();

    /** Older names with the same shape, read only. For another shape there are upcasters. */
    String[] aliases() default {};
}
