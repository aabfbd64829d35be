package io.headwater.tck.rule;

/** Tries one property of a store. Returns when it holds, throws when it does not. */
@FunctionalInterface
public interface Check {

    /** Any exception is a failure of the rule; one of {@link Expect} says best what was expected. */
    void run(RuleContext rule) throws Exception;
}
