package io.headwater.tck.rule;

/** Checks one property of a store. Returns if it holds, and throws if it does not. */
@FunctionalInterface
public interface Check {

    /** Any exception is a failure of the rule; those of {@link Expect} say what was expected. */
    void run(RuleContext rule) throws Exception;
}
