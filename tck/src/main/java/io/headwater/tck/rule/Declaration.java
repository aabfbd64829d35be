package io.headwater.tck.rule;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.EventStoreException;
import io.headwater.EventStoreException.Retry;
import io.headwater.Idempotency;
import io.headwater.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Something that a store declares, and what its author has to do if it is false.
 *
 * @param name a constant of {@link Capability}, or a component of {@link Capabilities} or {@link Limits}
 * @param statement what is declared, as text
 * @param remedy what to do if it is false
 */
public record Declaration(String name, String statement, String remedy) {

    /** The store supports this capability. */
    public static Declaration of(Capability capability) {
        return new Declaration(
                capability.name(),
                capability + " is declared",
                "make it work, or take " + capability + " out of capabilities()");
    }

    /** The store does not support this capability. */
    public static Declaration lacking(Capability capability) {
        return new Declaration(
                capability.name(),
                capability + " is not declared",
                "declare " + capability + " in capabilities(), or take away what does it");
    }

    /** For how long repeats are recognised. */
    public static Declaration of(Idempotency level) {
        return new Declaration(
                "idempotency", "idempotency " + level + " is declared", "declare the level that the storage keeps");
    }

    /** When an append is visible in the log. */
    public static Declaration ofLogVisibility(Capabilities declared) {
        String visibility = declared.logVisibility().isImmediate()
                ? "IMMEDIATE"
                : "within " + declared.logVisibility().bound().toMillis() + " ms";
        return new Declaration(
                "logVisibility",
                "log visibility " + visibility + " is declared",
                "declare LogVisibility.eventual with the time that it normally takes, or be faster");
    }

    /** A limit: a component of {@link Limits} and its value. */
    public static Declaration ofLimit(String name, long value) {
        return new Declaration(
                name,
                name + " " + value + " is declared",
                "declare in Limits what the storage takes, at least Limits.MIN, and no more");
    }

    /**
     * Runs this use of the store. If an expectation is broken, or the store fails in a way that calling again does not
     * change, the declaration is false.
     */
    public void holds(Expect.Call use) throws Exception {
        try {
            use.run();
        } catch (FalseDeclaration known) {
            throw known;
        } catch (RuleBroken broken) {
            throw falsified("it is not so (" + broken.getMessage() + ")");
        } catch (EventStoreException failure) {
            if (failure.retry() == Retry.NEVER) {
                throw surprise(failure);
            }
            throw failure;
        } catch (RuntimeException failure) {
            throw surprise(failure);
        }
    }

    private FalseDeclaration surprise(RuntimeException failure) {
        return falsified("using it fails (" + failure + ")", failure);
    }

    /** The declaration is false, as this text shows. */
    public FalseDeclaration falsified(String seen) {
        return falsified(seen, null);
    }

    private FalseDeclaration falsified(String seen, @Nullable Throwable cause) {
        return new FalseDeclaration(name, "%s, and %s: %s".formatted(statement, seen, remedy), cause);
    }
}
