package io.headwater.migration.plan;

/** What a finding of a plan is about. */
public sealed interface FindingCode permits Block, Loss, Note {

    /** The name of the constant: a code for scripts, and for the option that accepts a loss. */
    String name();

    /** What it means, as one sentence. */
    String meaning();

    /** What to do about it, as one sentence. */
    String remedy();
}
