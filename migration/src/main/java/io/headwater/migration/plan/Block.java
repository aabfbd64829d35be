package io.headwater.migration.plan;

/** Why a migration cannot be made, or cannot go on. */
public enum Block implements FindingCode {
    /** An event is over the limits of the target. */
    EVENT_TOO_LARGE("an event is larger than the target takes", "take a target with a higher limit"),
    /** An event has the id of zeros, which no append takes (A6). */
    EVENT_ID("an event has the id of zeros, which no store takes", "give the event another id in the source"),
    /** The target reserves the id of a stream (P2). */
    NAME(
            "the target keeps streams of its own under ids like that of a stream",
            "take a target that does not reserve it"),
    /** Two streams of the source would get one id. */
    NAME_COLLISION("two streams would get the same id", "give one of them another id"),
    /** A change of the plan cannot be made in an event. */
    CHANGE(
            "a change cannot be made in an event",
            "limit the change to the types of events that have such data, or leave the stream out"),
    /** Source and target are one store. */
    SAME_STORE("the source and the target are the same store", "name another target"),
    /** The source is not the one that the migration began with. */
    OTHER_SOURCE(
            "the source is not the store that the migration began with, or was restored to an earlier state",
            "begin a migration of another name into an empty target"),
    /** The plan is not the one that the migration began with. */
    OTHER_PLAN(
            "the plan differs from the one that the migration began with",
            "use that plan, or begin a migration of another name into an empty target"),
    /** The target has something else where a change belongs. */
    TARGET_DIVERGES(
            "the target has other events than the source in a stream",
            "let nothing else write to the target, and begin again with an empty one"),
    /** A tombstone cannot be made in the target. */
    TOMBSTONE(
            "a stream is tombstoned, which the target cannot express",
            "take a target with the capability 'stream administration'"),
    /** A loss was not accepted. */
    NOT_ACCEPTED("something would be lost that was not accepted", "accept it by its code, or take another target");

    private final String meaning;
    private final String remedy;

    Block(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
